import { expect, test } from "vitest";
import { ROW_LENGTH } from "../../classifier.ts";
import { syntheticRows } from "../../../../testing/model/synthetic-rows.ts";
import { withDrawnRows } from "./drawn-rows.ts";

const all = syntheticRows(1500, 1);
/** Of class 0 all, of class 1 150, of class 2 50; the last 300 rows are another part's. */
const indices = all.indices.filter((index, _, own) => {
  const label = all.labels[index];
  const before = own.subarray(0, index).filter((other) => all.labels[other] === label).length;
  return index < 1200 && before < [Infinity, 150, 50, 0, 0][label];
});
const counts = (labels: Uint8Array, chosen: Uint32Array): number[] =>
  [0, 1, 2, 3, 4].map((label) => chosen.filter((index) => labels[index] === label).length);

test("fills the classes of the training part that are rare but not too rare", () => {
  const data = { ...all, indices };
  const before = counts(all.labels, indices);
  expect(before.slice(1)).toEqual([150, 50, 0, 0]);
  const more = withDrawnRows(data, 200, 1);
  expect(counts(more.labels, more.indices)).toEqual([before[0], 200, 50, 0, 0]);
  expect(more.rows.length).toBe(all.rows.length + 50 * ROW_LENGTH);
  expect(more.rows.subarray(0, all.rows.length)).toEqual(all.rows);
  const drawn = more.rows.subarray(all.rows.length);
  expect(drawn.every((value) => value >= 0 && value <= 1)).toBe(true);
  expect(drawn.some((value) => value > 0.5)).toBe(true);

  expect(withDrawnRows(data, 200, 1)).toEqual(more);
  expect(withDrawnRows(data, 200, 2).rows).not.toEqual(more.rows);
});

test("other parts' rows have no say in what is drawn", () => {
  const spoilt = all.rows.slice();
  spoilt.fill(0.9, 1200 * ROW_LENGTH);
  const more = withDrawnRows({ ...all, indices }, 200, 1);
  const other = withDrawnRows({ ...all, rows: spoilt, indices }, 200, 1);
  expect(other.rows.subarray(all.rows.length)).toEqual(more.rows.subarray(all.rows.length));
});
