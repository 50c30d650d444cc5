import type { Scoring } from "../../contracts/scoring.ts";
import { DS1, DS2 } from "../../data/splits/mitdb.ts";
import type { ScoredRecord } from "../../scoring/summary/record.ts";
import { summarise } from "../../scoring/summary/summary.ts";

/**
 * The figures of de Chazal's sets, as far as their records are among these: by what a record's samples are (`mitdb`), never
 * by its name. Of copies of one recording the first counts alone: a set has each patient's beats once.
 */
export function splitsOf(results: readonly (ScoredRecord & { readonly mitdb: string | null })[]): Scoring["splits"] {
  const once = results.filter(({ mitdb }, i) => results.findIndex((other) => other.mitdb === mitdb) === i);
  const sets = Object.entries({ DS1, DS2 })
    .map(([name, set]) => ({ name, among: once.filter(({ mitdb }) => mitdb !== null && set.includes(mitdb)) }))
    .filter(({ among }) => among.length > 0);
  return Object.fromEntries(
    sets.map(({ name, among }) => [name, { records: among.map(({ record }) => record), ...summarise(among) }]),
  );
}
