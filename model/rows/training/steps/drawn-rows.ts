import { BEAT_CLASSES } from "../../../../contracts/beat.ts";
import { fitBeatGenerator } from "../../../augmentation/gmm/generator.ts";
import { ROW_LENGTH } from "../../classifier.ts";
import type { TrainingRows } from "./batch.ts";

/** Classes of fewer training rows say too little to draw from. */
const FEWEST = 100;

/**
 * The training rows, with the classes that have fewer than `wanted` filled up to it by rows drawn from mixtures of
 * Gaussians (model/augmentation/gmm), fitted on the class's own training rows alone. Rows of other parts stay where they are.
 */
export function withDrawnRows(data: TrainingRows, wanted: number, seed: number): TrainingRows {
  const drawn = BEAT_CLASSES.flatMap((_, label) => {
    const own = data.indices.filter((index) => data.labels[index] === label);
    if (own.length < FEWEST || own.length >= wanted) return [];
    const rows = new Float32Array(own.length * ROW_LENGTH);
    own.forEach((index, place) => {
      rows.set(data.rows.subarray(index * ROW_LENGTH, (index + 1) * ROW_LENGTH), place * ROW_LENGTH);
    });
    const generator = fitBeatGenerator(rows, { seed, layout: "padded", rowLength: ROW_LENGTH });
    return [{ label, count: wanted - own.length, rows: generator.generate(wanted - own.length, seed) }];
  });
  const more = drawn.reduce((sum, { count }) => sum + count, 0);
  const known = data.labels.length;
  const rows = new Float32Array((known + more) * ROW_LENGTH);
  const labels = new Uint8Array(known + more);
  rows.set(data.rows);
  labels.set(data.labels);
  let next = known;
  for (const one of drawn) {
    rows.set(one.rows, next * ROW_LENGTH);
    labels.fill(one.label, next, next + one.count);
    next += one.count;
  }
  const indices = new Uint32Array(data.indices.length + more);
  indices.set(data.indices);
  for (let i = 0; i < more; i++) indices[data.indices.length + i] = known + i;
  return { rows, labels, indices };
}
