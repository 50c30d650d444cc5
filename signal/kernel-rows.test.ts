import fc from "fast-check";
import { expect, test } from "vitest";
import { KernelRows, kernelRows } from "./kernel-rows.ts";

const HALF_WIDTH = 14.4;
const SCALE = 1024 / 2.88;

/** Weights and their sum for an output, zeros behind the end included. */
function rowFor(rows: KernelRows, output: number, ratio: number): number[] {
  const centre = output * ratio;
  const first = Math.ceil(centre - HALF_WIDTH);
  const row = rows.rowOf(output, centre, first, Math.floor(centre + HALF_WIDTH) - first + 1);
  return [...rows.weights.subarray(row * rows.width, (row + 1) * rows.width), rows.sums[row]];
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

test("a row holds as many weights as inputs lie within the kernel, none of them beyond", () => {
  const [weights, sum] = [rowFor(new KernelRows(2.88, HALF_WIDTH, SCALE), 1000, 2.88).slice(0, -1), 0];
  expect(weights.filter((weight) => weight !== 0)).toHaveLength(29);
  expect(weights.reduce((total, weight) => total + weight, sum)).toBeCloseTo(2.88, 2);
});

test("resamplers of a rate share their rows, those of another do not", () => {
  expect(kernelRows(2.88, HALF_WIDTH, SCALE)).toBe(kernelRows(2.88, HALF_WIDTH, SCALE));
  expect(kernelRows(2.88, HALF_WIDTH, SCALE)).not.toBe(kernelRows(2, 10, SCALE));
});
