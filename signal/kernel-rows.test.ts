import fc from "fast-check";
import { expect, test } from "vitest";
import { GROUP, KernelRows, kernelRows } from "./kernel-rows.ts";

const HALF_WIDTH = 14.4;
const SCALE = 1024 / 2.88;

function lookUp(rows: KernelRows, output: number, ratio: number): number {
  const centre = output * ratio;
  const first = Math.ceil(centre - HALF_WIDTH);
  return rows.rowOf(output, centre, first, Math.floor(centre + HALF_WIDTH) - first + 1);
}

/** Weights and their sum, zeros behind the end included. */
const contentOf = (rows: KernelRows, row: number): number[] => [
  ...rows.weights.subarray(row * rows.width, (row + 1) * rows.width),
  rows.sums[row],
];

/** The row of an output that is a group of its own. */
function rowFor(rows: KernelRows, output: number, ratio: number): number[] {
  rows.beginGroup();
  return contentOf(rows, lookUp(rows, output, ratio));
}

test.each([2.88, 2.06, 1.0240001])(
  "at %d inputs to an output, a row used again is what it would be afresh, to the bit",
  (ratio) => {
    const used = new KernelRows(ratio, HALF_WIDTH, SCALE);
    for (let output = 0; output < 3000; output++) rowFor(used, output * (1 + (output % 13) * 1000), ratio);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 }), (output) => {
        expect(rowFor(used, output, ratio)).toEqual(rowFor(new KernelRows(ratio, HALF_WIDTH, SCALE), output, ratio));
      }),
      { numRuns: 300 },
    );
  },
);

test.each([2.88, 1.6, 1.0240001])("at %d inputs to an output, a group's rows stay while others are made", (ratio) => {
  const used = new KernelRows(ratio, HALF_WIDTH, SCALE);
  fc.assert(
    fc.property(fc.array(fc.nat(200), { minLength: GROUP, maxLength: GROUP }), (outputs) => {
      used.beginGroup();
      const rows = outputs.map((output) => lookUp(used, output, ratio));
      const alone = outputs.map((output) => rowFor(new KernelRows(ratio, HALF_WIDTH, SCALE), output, ratio));
      expect(rows.map((row) => contentOf(used, row))).toEqual(alone);
    }),
    { numRuns: 1000 },
  );
});

test("a row holds as many weights as inputs lie within the kernel, none of them beyond", () => {
  const [weights, sum] = [rowFor(new KernelRows(2.88, HALF_WIDTH, SCALE), 1000, 2.88).slice(0, -1), 0];
  expect(weights.filter((weight) => weight !== 0)).toHaveLength(29);
  expect(weights.reduce((total, weight) => total + weight, sum)).toBeCloseTo(2.88, 2);
});

test("resamplers of a rate share their rows, those of another do not", () => {
  expect(kernelRows(2.88, HALF_WIDTH, SCALE)).toBe(kernelRows(2.88, HALF_WIDTH, SCALE));
  expect(kernelRows(2.88, HALF_WIDTH, SCALE)).not.toBe(kernelRows(2, 10, SCALE));
});

test("rates beyond those that are remembered get few rows, with the same weights", () => {
  const ratios = Array.from({ length: 40 }, (_, i) => 2 + (i + 1) / 127);
  const all = ratios.map((ratio) => kernelRows(ratio, HALF_WIDTH, SCALE));
  expect(all.filter(({ sums }) => sums.length > GROUP * 2).length).toBeLessThanOrEqual(16);
  for (const [i, rows] of all.entries()) {
    for (const output of [0, 1, 50, 51, 99_999]) {
      expect(rowFor(rows, output, ratios[i])).toEqual(
        rowFor(new KernelRows(ratios[i], HALF_WIDTH, SCALE), output, ratios[i]),
      );
    }
  }
});
