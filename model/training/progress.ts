import type { OnStep } from "../fitting/fit.ts";

/** Tells of `fits` fits, several under way at once, as one share that is done. */
export interface Progress {
  readonly onStep: (what: string, ...step: Parameters<OnStep>) => void;
  /** Of the gate's records, which are read while the last fits go on. */
  readonly onRecord: (done: number, total: number) => void;
}

/** `tell`: `loss` is NaN where nothing is fitted; `done`: share of all fits, 0 to 1. */
export function createProgress(
  fits: number,
  epochs: number,
  tell: (what: string, loss: number, done: number) => void,
): Progress {
  const shares = new Map<string, number>();
  const done = (): number => [...shares.values()].reduce((sum, share) => sum + share, 0) / fits;
  return {
    onStep(what, loss, epoch, step, steps) {
      shares.set(what, (epoch + step / steps) / epochs);
      tell(what, loss, done());
    },
    onRecord: (record, records) => tell(`gate: noisy copies of record ${record}/${records}`, Number.NaN, done()),
  };
}
