import { type FitLive, fittedLive } from "../fit.ts";
import type { PreparedRecord } from "../records/prepare.ts";
import type { Recipe } from "../settings.ts";
import type { JobPool } from "./pool.ts";

/** A fit that is done is read; the others are jobs. */
export function fitInPool(pool: JobPool): FitLive {
  return async (live, onStep) => {
    let fitted = await fittedLive(live);
    if (!fitted) {
      await pool.run("fit", live, onStep);
      fitted = await fittedLive(live);
    }
    onStep?.(Number.NaN, live.epochs - 1, 1, 1);
    return fitted ?? [];
  };
}

/** All records through the signal chain, with the recipe's copies, in the order given. */
export function prepareInPool(
  pool: JobPool,
  { copies, otherLeads }: Pick<Recipe, "copies" | "otherLeads">,
  { dir, records, seed }: { readonly dir: string; readonly records: readonly string[]; readonly seed: number },
  onProgress: (done: number, total: number) => void,
): Promise<PreparedRecord[]> {
  let done = 0;
  return Promise.all(
    records.map(async (name) => {
      const record = await pool.run("prepare", { dir, name, seed, copies, otherLeads });
      onProgress(++done, records.length);
      return record;
    }),
  );
}
