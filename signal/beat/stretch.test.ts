import { expect, test } from "vitest";
import { CHAIN_RATE_HZ, WINDOW_LENGTH, WINDOW_R_INDEX } from "../events.ts";
import { Stretch } from "./stretch.ts";

/** A Gaussian of `heightMv` and width 20 ms (standard deviation), `late` samples behind R. */
const bump = (heightMv: number, late = 0): Float64Array =>
  Float64Array.from(
    { length: WINDOW_LENGTH },
    (_, i) => heightMv * Math.exp(-0.5 * ((i - WINDOW_R_INDEX - late) / CHAIN_RATE_HZ / 0.02) ** 2),
  );

function likeness(window: Float64Array, other: Float64Array, reach: number): number {
  const stretch = new Stretch(-12, 15, reach);
  stretch.take(window);
  return stretch.likeness(other);
}

test("likeness is 1 for the same shape in any size and at any level, −1 for it upside down, 0 where one is flat", () => {
  expect(likeness(bump(3), bump(1), 0)).toBeCloseTo(1, 6);
  expect(
    likeness(
      bump(3).map((value) => value + 5),
      bump(1),
      0,
    ),
  ).toBeCloseTo(1, 6);
  expect(likeness(bump(-3), bump(1), 0)).toBeCloseTo(-1, 6);
  expect(likeness(bump(3), new Float64Array(WINDOW_LENGTH), 3)).toBe(0);
});

test("it forgives a shift to either side within its reach, no more", () => {
  for (const late of [-3, 3]) {
    expect(likeness(bump(1, late), bump(1), 3)).toBeCloseTo(1, 3);
    expect(likeness(bump(1, late), bump(1), 1)).toBeLessThan(0.9);
  }
});

test("one stretch is compared with many windows, and each taken stretch replaces the one before", () => {
  const stretch = new Stretch(-12, 15, 0);
  stretch.take(bump(-1));
  stretch.take(bump(1, 2));
  const once = stretch.likeness(bump(1));
  expect(stretch.likeness(bump(2, 2))).toBeCloseTo(1, 6);
  expect(stretch.likeness(bump(1))).toBe(once);
});
