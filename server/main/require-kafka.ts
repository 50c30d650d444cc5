import { BedsideError } from "../../contracts/errors.ts";
import type { Config } from "../config.ts";

/** Throws BAD_CONFIG for a process of its own on a bus that lives in one process. */
export function requireKafka({ BUS }: Pick<Config, "BUS">): void {
  if (BUS === "kafka") return;
  throw new BedsideError(
    "BAD_CONFIG",
    "variable BUS is memory, a bus within one process: set BUS=kafka (a broker: `npm run kafka`), or use `npm start`",
  );
}
