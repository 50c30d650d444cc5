import { LABELS, type RowSet } from "./dataset.ts";

export type RowCounts = Readonly<Record<(typeof LABELS)[number], number>>;

/** Rows of each class in Kaggle's two MIT-BIH files together, as Kachuee et al. 2018 made them: 109,446. */
export const PUBLISHED_COUNTS: RowCounts = { N: 90_589, S: 2_779, V: 7_236, F: 803, Q: 8_039 };

/** Rows of each class among `indices` (default: all). */
export function countRows({ labels }: Pick<RowSet, "labels">, indices?: ArrayLike<number>): RowCounts {
  const counts = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
  if (indices === undefined) for (const label of labels) counts[LABELS[label]]++;
  else for (let i = 0; i < indices.length; i++) counts[LABELS[labels[indices[i]]]]++;
  return counts;
}
