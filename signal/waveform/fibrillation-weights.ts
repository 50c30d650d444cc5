/** A logistic regression over standardised features, in the order of FIBRILLATION_FEATURES. */
export interface FibrillationWeights {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  readonly weights: readonly number[];
  readonly offset: number;
}

/** Written by `npm run train -- --model fibrillation`; 18 features. */
// oxfmt-ignore
export const FIBRILLATION_WEIGHTS: FibrillationWeights = {
  mean: [-1.31119, 0.793595, 2.4038, 3.77819, -0.736155, 2.68984, 2.07735, 0.734618, -1.93674, 0.249717, 0.123604, 0.893445, 0.359852, 0.207309, 0.152761, 0.50744, 1.63478, 1.43392],
  deviation: [0.741532, 0.0938657, 0.433175, 0.488919, 0.251351, 0.598704, 0.639554, 0.183457, 0.40975, 0.169073, 0.0479883, 0.500477, 0.177503, 0.126427, 0.10625, 0.286728, 1.21458, 1.14924],
  weights: [0.670766, -0.497677, 1.95671, 1.19102, -0.601124, 1.89056, -0.413696, -2.23343, -2.18191, -0.748751, 3.21378, 2.4198, 0.861059, 0.963304, -1.74248, -0.863332, -0.841987, -0.705297],
  offset: -8.74177,
};
