/** What the optimiser remembers of the gradients, entry by entry of the parameters. */
export interface Moments {
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Steps taken. */
  steps: number;
}

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;
/** Gradients longer than this are shortened to it. */
const LONGEST = 1;

/**
 * One step of Adam (Kingma & Ba 2015) with decoupled weight decay (Loshchilov & Hutter 2019), in place. `decay` is the
 * decay of each parameter. A plain loop: with some 80,000 parameters it takes no time, and its state is plain to save.
 */
export function adamStep(
  parameters: Float32Array,
  gradient: Float32Array,
  moments: Moments,
  learningRate: number,
  decay: Float32Array,
): void {
  const { first, second } = moments;
  moments.steps++;
  let squares = 0;
  for (const value of gradient) squares += value * value;
  const clip = Math.min(1, LONGEST / (Math.sqrt(squares) + 1e-12));
  const rate = (learningRate * Math.sqrt(1 - BETA2 ** moments.steps)) / (1 - BETA1 ** moments.steps);
  for (let i = 0; i < parameters.length; i++) {
    const g = gradient[i] * clip;
    first[i] += (1 - BETA1) * (g - first[i]);
    second[i] += (1 - BETA2) * (g * g - second[i]);
    parameters[i] -= (rate * first[i]) / (Math.sqrt(second[i]) + EPSILON) + learningRate * decay[i] * parameters[i];
  }
}
