import type { FalseS, FalseSOpening } from "../../contracts/false-s.ts";
import type { Opening } from "../../model/card/live-schema.ts";

/** The hold-out that a database's groups of the report split are of. */
const HOLD_OUTS: Readonly<Record<string, string>> = { mitdb: "DS2", "challenge-2017": "challenge-2017 report" };

/** The hold-outs that a run looked at. */
export const holdOutsIn = ({ split, groups }: FalseS): string[] =>
  split === "development" ? [] : [...new Set(groups.map(({ database }) => HOLD_OUTS[database]))];

/** What a look at them leaves in the model's card, by the names of the JSON and in short. */
export function openingsOf(result: FalseS): (Omit<Opening, "hash"> & { readonly figures: FalseSOpening })[] {
  const { command, date, groups } = result;
  return holdOutsIn(result).map((split) => ({
    date,
    command,
    split,
    figures: {
      falseS: groups
        .filter(({ database }) => HOLD_OUTS[database] === split)
        .map(({ name, records, hours, calledS, falseS, calledPerHour, falsePerHour }) => ({
          name,
          records,
          hours,
          calledS,
          falseS,
          calledPerHour,
          falsePerHour,
        })),
    },
  }));
}
