/** Of a tree of three levels. */
export const SPLITS = 7;
export const LEAVES = 8;

/**
 * Boosted trees of three levels over the features of FIBRILLATION_FEATURES, the splits of a tree level by level. What lies above a
 * split's threshold goes right: from split n to 2n + 2, else to 2n + 1.
 */
export interface FibrillationTrees {
  /** [trees · SPLITS]: index of a feature, and what it is compared with. */
  readonly features: readonly number[];
  readonly thresholds: readonly number[];
  /** [trees · LEAVES], as `offset` in logits. */
  readonly leaves: readonly number[];
  readonly offset: number;
}

/** How much a window of these features looks like ventricular fibrillation, 0 to 1. */
export function fibrillationProbability(
  described: ArrayLike<number>,
  at: number,
  { features, thresholds, leaves, offset }: FibrillationTrees,
): number {
  let logit = offset;
  for (let split = 0, leaf = 0; leaf < leaves.length; split += SPLITS, leaf += LEAVES) {
    let node = 0;
    while (node < SPLITS) {
      node = 2 * node + 1 + Number(described[at + features[split + node]] > thresholds[split + node]);
    }
    logit += leaves[leaf + node - SPLITS];
  }
  return 1 / (1 + Math.exp(-logit));
}
