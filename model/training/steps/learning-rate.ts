/** Cosine schedule (Loshchilov & Hutter, "SGDR", ICLR 2017, eq. 5, without restarts): from `rate` to 0 as `progress` goes 0 to 1. */
export const cosineRate = (rate: number, progress: number): number =>
  rate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));

/** tfjs's optimisers keep the rate in a protected field and have no schedule of their own. */
export function setLearningRate(optimizer: object, rate: number): void {
  Object.assign(optimizer, { learningRate: rate });
}
