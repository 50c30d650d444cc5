import { LABELS, type RowSet } from "../../data/kachuee/dataset.ts";
import { ROW_LENGTH } from "../../data/kachuee/rows.ts";
import { checkGenerator } from "../../model/augmentation/two-sample-test/check-generator.ts";
import type { MinoritySummary } from "./report.ts";

const GALLERY = 6;
/** Fewer beats make no generator and no test of one. */
const FEWEST_ROWS = 100;

/** The generator of a class, fitted on half of its rows, and the two-sample test against the other half; null where there are too few. */
export function describeMinority(
  set: RowSet,
  beatClass: (typeof LABELS)[number],
  seed: number,
): MinoritySummary | null {
  const label = LABELS.indexOf(beatClass);
  const own = Array.from(set.labels.keys()).filter((i) => set.labels[i] === label);
  if (own.length < FEWEST_ROWS) return null;
  const rows = new Float32Array(own.length * ROW_LENGTH);
  own.forEach((i, place) => rows.set(set.rows.subarray(i * ROW_LENGTH, (i + 1) * ROW_LENGTH), place * ROW_LENGTH));
  const check = checkGenerator(rows, { seed, layout: "padded", rowLength: ROW_LENGTH });
  const { generator, twoSample, control, oneGaussian } = check;
  const { axes, chosen, candidates } = generator;
  const gallery = { real: firstOf(check.real), synthetic: firstOf(check.synthetic) };
  return { beatClass, rows: own.length, axes, chosen, candidates, twoSample, control, oneGaussian, gallery };
}

const firstOf = (rows: Float32Array): number[][] =>
  Array.from({ length: GALLERY }, (_, i) =>
    Array.from(rows.subarray(i * ROW_LENGTH, (i + 1) * ROW_LENGTH), (value) => Number(value.toFixed(3))),
  );
