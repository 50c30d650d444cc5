import { BEAT_CLASSES } from "../../contracts/beat.ts";
import { createRandom } from "../../kit/random.ts";
import { ROW_LENGTH } from "../../model/rows/classifier.ts";
import type { TrainingRows } from "../../model/rows/training/steps/batch.ts";

/**
 * Made-up rows for tests: each class has a bump of its own place and width behind the R peak, drawn with noise. With
 * `shuffled`, labels have nothing to do with the rows.
 */
export function syntheticRows(count: number, seed: number, shuffled = false): TrainingRows {
  const random = createRandom(seed, "synthetic rows");
  const rows = new Float32Array(count * ROW_LENGTH);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row++) {
    const kind = Math.floor(random.uniform() * BEAT_CLASSES.length);
    labels[row] = shuffled ? Math.floor(random.uniform() * BEAT_CLASSES.length) : kind;
    const centre = 25 + 15 * kind + 2 * random.normal();
    const width = 3 + 2 * kind;
    const length = 130 + Math.round(10 * random.uniform());
    for (let i = 0; i < length; i++) {
      const r = 0.6 * Math.exp(-((i / 2) ** 2));
      const bump = 0.5 * Math.exp(-(((i - centre) / width) ** 2));
      const value = 0.2 + r + bump + 0.05 * random.normal();
      rows[row * ROW_LENGTH + i] = Math.min(1, Math.max(0, value));
    }
  }
  return { rows, labels, indices: Uint32Array.from({ length: count }, (_, i) => i) };
}
