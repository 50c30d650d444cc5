/** A logistic regression over AtrialFeatures; `pWave`: of likeness beyond NEUTRAL_P_WAVE, where it is known. */
export interface AtrialFibrillationWeights {
  readonly entropy: number;
  readonly irregularShare: number;
  readonly lnMeanRr: number;
  readonly offset: number;
  readonly pWave: number;
}

/** Written by `npm run train -- --model atrial-fibrillation`. */
export const ATRIAL_FIBRILLATION_WEIGHTS: AtrialFibrillationWeights = {
  entropy: 2.643,
  irregularShare: 3.965,
  lnMeanRr: -4.112,
  offset: -13.34,
  pWave: -8.35,
};
