import type { Random } from "../../kit/random.ts";

/** One pass over the training data. */
export interface Pass {
  readonly steps: number;
  /** Takes a step each time it is asked for the next, and gives its loss. */
  readonly losses: Iterable<number>;
}

/** Takes all steps of a pass, and returns the mean loss; `onStep` hears of each one's loss, its number from 1, and how many there are. */
export async function runPass(
  { steps, losses }: Pass,
  onStep: (loss: number, step: number, steps: number) => void = () => {},
): Promise<number> {
  let sum = 0;
  let done = 0;
  for (const loss of losses) {
    sum += loss;
    onStep(loss, ++done, steps);
    // Lets timers and signals through: a step itself never waits.
    await new Promise(setImmediate);
  }
  return sum / done;
}

/** Factors: 0 for the share left out, for the others what makes up for it. (tf.dropout of tfjs 4.22 lets no gradient through.) */
export const dropoutMask = (length: number, share: number, random: Random): Float32Array =>
  Float32Array.from({ length }, () => (random.uniform() < share ? 0 : 1 / (1 - share)));
