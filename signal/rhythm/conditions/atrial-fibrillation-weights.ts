/** A logistic regression over AtrialFeatures; `pWave` and `withPWave`, to be added, where P waves are known. */
export interface AtrialFibrillationWeights {
  readonly entropy: number;
  readonly irregularShare: number;
  readonly lnMeanRr: number;
  readonly offset: number;
  readonly pWave: number;
  readonly withPWave: number;
}

export const ATRIAL_FIBRILLATION_WEIGHTS: AtrialFibrillationWeights = {
  entropy: 2.529,
  irregularShare: 4.097,
  lnMeanRr: -4.379,
  offset: -13.206,
  pWave: -10,
  withPWave: 1.25,
};
