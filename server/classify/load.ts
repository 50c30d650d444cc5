import { BedsideError } from "../../contracts/errors.ts";
import type { RowClassifier } from "../../model/rows/classifier.ts";
import type { PoolModel } from "./pool.ts";

/** The model of rows. Throws BAD_MODEL or ENGINE_UNAVAILABLE. */
export async function loadRows(folder: string, engine: PoolModel["engine"]): Promise<RowClassifier> {
  const place = "../../model/rows/load.ts";
  const found = (await import(place).catch(() => null)) as {
    loadRowClassifier(folder: string, engine: string): Promise<RowClassifier>;
  } | null;
  if (!found) throw new BedsideError("BAD_MODEL", `there is no model of rows in ${folder}`);
  return found.loadRowClassifier(folder, engine);
}
