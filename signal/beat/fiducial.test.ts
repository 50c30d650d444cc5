import { expect, test } from "vitest";
import { WINDOW_LENGTH, WINDOW_R_INDEX as R } from "../events.ts";
import { fiducialOffset } from "./fiducial.ts";

/** Half the foot of a sharp wave, and of a broad one, samples. */
const SHARP = 4;
const BROAD = 12;

/** A window with waves of a height, at so many samples from R, each a triangle of so wide a half foot. */
function windowOf(...waves: readonly [at: number, height: number, halfFoot?: number][]): Float64Array {
  const window = new Float64Array(WINDOW_LENGTH);
  for (const [at, height, halfFoot = SHARP] of waves) {
    for (let i = -halfFoot; i <= halfFoot; i++) window[R + at + i] += height * (1 - Math.abs(i) / halfFoot);
  }
  return window;
}

test("a mark stands at the QRS's first wave that is nearly as large as its largest, up or down", () => {
  expect(fiducialOffset(windowOf([2, 1]))).toBeCloseTo(0.016);
  expect(fiducialOffset(windowOf([-9, -0.8], [2, 1]))).toBeCloseTo(-0.072);
  expect(fiducialOffset(windowOf([-9, -0.4], [2, 1]))).toBeCloseTo(0.016);
  expect(fiducialOffset(windowOf([-9, 1], [2, -0.9]))).toBeCloseTo(-0.072);
});

test("sharpness counts as size does: a small sharp wave before a broad one has the mark, a broad bulge before a sharp wave has not", () => {
  expect(fiducialOffset(windowOf([-8, 0.5], [4, -1, BROAD]))).toBeCloseTo(-0.064);
  expect(fiducialOffset(windowOf([-10, 0.8, BROAD], [4, -1]))).toBeCloseTo(0.032);
});

test("its scale changes nothing, nor does what lies beyond the QRS", () => {
  const window = windowOf([-9, -0.8], [2, 1], [40, 3]);
  expect(fiducialOffset(window)).toBeCloseTo(-0.072);
  expect(fiducialOffset(window.map((value) => value * 0.01))).toBeCloseTo(-0.072);
});

test("where nothing is to be seen it stands at R", () => {
  expect(fiducialOffset(new Float64Array(WINDOW_LENGTH))).toBe(0);
});
