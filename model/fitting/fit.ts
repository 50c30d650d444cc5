import { type EpochLog, loadCheckpoint, saveCheckpoint } from "./checkpoint.ts";
import { type Pass, runPass } from "./pass.ts";

/** What learns, of whatever kind: `W` its weights, `S` what it goes on from. */
export interface Trainer<W, S> {
  /** The pass of an epoch, from 0. */
  pass(epoch: number): Pass | Promise<Pass>;
  /** A copy of the weights that are scored and kept. */
  weights(): W;
  /** What another trainer goes on from to the same bits; a trainer without takes all its epochs or starts again. */
  state?(): S;
  dispose?(): void;
}

/** Hears of each step: its loss, the epoch from 0, and how much of the epoch is done. */
export type OnStep = (loss: number, epoch: number, step: number, steps: number) => void;

export interface FitOptions<W, S> {
  /** Starts, or goes on from where another trainer was. */
  readonly start: (state: S | null) => Trainer<W, S>;
  readonly epochs: number;
  /** Epochs without a better score after which it ends; default: all epochs are run. */
  readonly patience?: number;
  /** Scores weights on a validation part; none: the last epoch is the best. */
  readonly score?: (weights: W) => Promise<EpochLog["validation"]>;
  /** Where it is cached (fitFile). */
  readonly file: string;
  readonly onStep?: OnStep;
  readonly onEpoch?: (log: EpochLog) => void;
}

export interface Fit<W> {
  /** Weights after each epoch. */
  readonly snapshots: readonly W[];
  readonly log: readonly EpochLog[];
  /** Epochs up to the best one. */
  readonly bestEpochs: number;
}

/**
 * Trains until the schedule's end, or until the score has not been better for some epochs. What was fitted is cached, beside
 * a log of its epochs: a fit that is done is not done again, one that was stopped goes on if its trainer can.
 */
export async function fit<W, S>(options: FitOptions<W, S>): Promise<Fit<W>> {
  const { epochs, patience = epochs, file, score } = options;
  const found = await loadCheckpoint<W, S>(file);
  const [snapshots, log] = [[...(found?.snapshots ?? [])], [...(found?.log ?? [])]];
  const isDone = (): boolean => log.length >= epochs || log.length - bestEpochs(log) >= patience;
  if (!isDone()) {
    const trainer = options.start(found?.state ?? null);
    try {
      while (!isDone()) {
        const epoch = log.length;
        const begun = performance.now();
        const loss = await runPass(await trainer.pass(epoch), (...step) =>
          options.onStep?.(step[0], epoch, step[1], step[2]),
        );
        const weights = trainer.weights();
        const validation = (await score?.(weights)) ?? null;
        const line = { epoch, loss, validation, seconds: (performance.now() - begun) / 1000 };
        snapshots.push(weights);
        log.push(line);
        const state = trainer.state?.() ?? null;
        if (state !== null || isDone()) await saveCheckpoint(file, { log, snapshots, state });
        options.onEpoch?.(line);
      }
    } finally {
      trainer.dispose?.();
    }
  }
  return { snapshots, log, bestEpochs: bestEpochs(log) };
}

/** What is best: accuracy and macro-F1 together, since a rare class's F1 alone jumps with a handful of rows. */
const merit = ({ validation, epoch }: EpochLog): number =>
  validation ? validation.accuracy + validation.macroF1 : epoch;

function bestEpochs(log: readonly EpochLog[]): number {
  let best = 0;
  log.forEach((line, index) => {
    if (index === 0 || merit(line) > merit(log[best])) best = index;
  });
  return log.length === 0 ? 0 : best + 1;
}
