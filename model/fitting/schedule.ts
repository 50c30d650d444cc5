/** How the learning rate goes; all but `learningRate` and `floor` in epochs. */
export interface Schedule {
  /** The highest. */
  readonly learningRate: number;
  /** Its whole length. */
  readonly epochs: number;
  /** It rises in a line so long; default: it starts at its highest. */
  readonly warmup?: number;
  /** It starts again from half there; default: never. */
  readonly restart?: number;
  /** What it falls to, as a share of the highest; default: 0. */
  readonly floor?: number;
}

/**
 * The learning rate after so many epochs: a line up, then half a cosine down (Loshchilov & Hutter, "SGDR", ICLR 2017, eq. 5),
 * and another half from `restart` on.
 */
export function learningRateAt(epoch: number, schedule: Schedule): number {
  const { learningRate, epochs, warmup = 0, restart = Number.POSITIVE_INFINITY, floor = 0 } = schedule;
  if (epoch < warmup) return learningRate * ((epoch + 0.01) / warmup);
  const again = epoch >= restart;
  const [from, to] = again ? [restart, epochs] : [warmup, Math.min(restart, epochs)];
  const progress = Math.min(1, (epoch - from) / Math.max(1e-9, to - from));
  return (again ? 0.5 : 1) * learningRate * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}

/** tfjs's optimisers keep the rate in a protected field and have no schedule of their own. */
export function setLearningRate(optimizer: object, rate: number): void {
  Object.assign(optimizer, { learningRate: rate });
}
