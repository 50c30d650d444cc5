import { expect, test } from "vitest";
import { WINDOW_LENGTH, WINDOW_R_INDEX as R } from "../events.ts";
import { fiducialOffset } from "./fiducial.ts";

/** A window with waves of a height, at so many samples from R, each as wide as ± 3. */
function windowOf(...waves: readonly [at: number, height: number][]): Float64Array {
  const window = new Float64Array(WINDOW_LENGTH);
  for (const [at, height] of waves) {
    for (let i = -3; i <= 3; i++) window[R + at + i] += height * (1 - Math.abs(i) / 4);
  }
  return window;
}

test("a mark stands at the QRS's first deflection that is nearly as large as its largest, up or down", () => {
  expect(fiducialOffset(windowOf([2, 1]))).toBeCloseTo(0.016);
  expect(fiducialOffset(windowOf([-9, -0.7], [2, 1]))).toBeCloseTo(-0.072);
  expect(fiducialOffset(windowOf([-9, -0.4], [2, 1]))).toBeCloseTo(0.016);
  expect(fiducialOffset(windowOf([-9, 1], [2, -0.8]))).toBeCloseTo(-0.072);
});

test("its scale changes nothing, nor does what lies beyond the QRS", () => {
  const window = windowOf([-9, -0.7], [2, 1], [40, 3]);
  expect(fiducialOffset(window)).toBeCloseTo(-0.072);
  expect(fiducialOffset(window.map((value) => value * 0.01))).toBeCloseTo(-0.072);
});

test("where nothing is to be seen it stands at R", () => {
  expect(fiducialOffset(new Float64Array(WINDOW_LENGTH))).toBe(0);
});
