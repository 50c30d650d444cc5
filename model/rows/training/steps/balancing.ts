import { BEAT_CLASSES } from "../../../../contracts/beat.ts";
import type { Random } from "../../../../kit/random.ts";
import type { TrainingRows } from "./batch.ts";

/** What a class counts for: (n of the largest class / n of its own) to the power of `balance`. */
export function classWeights({ labels, indices }: TrainingRows, balance: number): number[] {
  const counts = BEAT_CLASSES.map(() => 0);
  for (const index of indices) counts[labels[index]]++;
  const largest = Math.max(...counts);
  return counts.map((count) => (largest / Math.max(1, count)) ** balance);
}

/**
 * The rows of an epoch: each as often as its class's weight by `oversampling` says, the fraction drawn; 0: each once.
 */
export function epochIndices(data: TrainingRows, oversampling: number, random: Random): number[] {
  if (oversampling === 0) return Array.from(data.indices);
  const times = classWeights(data, oversampling);
  return Array.from(data.indices).flatMap((index) => {
    const wanted = times[data.labels[index]];
    const copies = Math.floor(wanted) + (random.uniform() < wanted % 1 ? 1 : 0);
    return Array.from({ length: copies }, () => index);
  });
}
