import type { Scoring } from "../../contracts/scoring.ts";
import { SPLITS, splitOf } from "../../data/splits/splits.ts";
import type { ScoredRecord } from "../../scoring/summary/record.ts";
import { summarise } from "../../scoring/summary/summary.ts";

/**
 * The figures of each split (data/splits), as far as its records are among these: by what a record's samples are (`identity`), never
 * by its name. Of copies of one recording the first counts alone: a split has each patient's beats once.
 */
export function splitsOf(results: readonly (ScoredRecord & { readonly identity: string | null })[]): Scoring["splits"] {
  const once = results.filter(({ identity }, i) => results.findIndex((other) => other.identity === identity) === i);
  const sets = SPLITS.map((split) => ({
    name: split.name,
    among: once.filter(({ identity }) => splitOf(identity) === split),
  })).filter(({ among }) => among.length > 0);
  return Object.fromEntries(
    sets.map(({ name, among }) => [name, { records: among.map(({ record }) => record), ...summarise(among) }]),
  );
}
