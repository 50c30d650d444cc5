import type { ErrorRecord, Evaluation } from "../../contracts/report.ts";
import type { Scoring } from "../../contracts/scoring.ts";
import { SCORED_CLASSES } from "../../scoring/figures.ts";

const TOLD = 5;
const COUNTED = ["S", "V"] as const;

type ScoredOne = Pick<Scoring["perRecord"][number], "record" | "beats">;

/** The five records with most missed and falsely called S and V, the worst first; undefined where there is no such error. */
export function mostErrors(perRecord: readonly ScoredOne[]): Evaluation["mostErrors"] {
  const each = perRecord.map(errorsOf).toSorted((a, b) => total(b) - total(a));
  const all = each.reduce((sum, one) => sum + total(one), 0);
  if (all === 0) return undefined;
  const records = each.slice(0, TOLD).filter((one) => total(one) > 0);
  return { share: records.reduce((sum, one) => sum + total(one), 0) / all, records };
}

function errorsOf({ record, beats: { order, confusion, classes } }: ScoredOne): ErrorRecord {
  const at = (name: (typeof order)[number]): number => order.indexOf(name);
  const missed: Record<string, number> = {};
  const falselyCalled: Record<string, number> = {};
  for (const name of COUNTED) {
    const hits = confusion[at(name)][at(name)];
    missed[name] = classes[name].support - hits;
    // As +P counts them: references of a scored class, and beats that are none.
    const rows = [...SCORED_CLASSES, "O" as const].filter((row) => row !== name);
    falselyCalled[name] = rows.reduce((sum, row) => sum + confusion[at(row)][at(name)], 0);
  }
  return { record, missed, falselyCalled };
}

const total = ({ missed, falselyCalled }: ErrorRecord): number =>
  [...Object.values(missed), ...Object.values(falselyCalled)].reduce((sum, n) => sum + n, 0);
