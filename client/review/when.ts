import { toldTimeZone } from "../format.ts";

/** Unix ms as "26 Nov 2026, 14:05:09" in the ward's time zone. */
export const when = (unixMs: number): string =>
  new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium", timeZone: toldTimeZone() }).format(
    unixMs,
  );
