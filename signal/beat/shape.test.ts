import { expect, test } from "vitest";
import { CHAIN_RATE_HZ, WINDOW_LENGTH, WINDOW_R_INDEX } from "../events.ts";
import { deviation, difference, qrsArea, qrsPeakToPeak, qrsSpread } from "./shape.ts";

/** A Gaussian of `heightMv` and width `seconds` (standard deviation), `late` samples behind R. */
const bump = (heightMv: number, seconds: number, late = 0): Float64Array =>
  Float64Array.from(
    { length: WINDOW_LENGTH },
    (_, i) => heightMv * Math.exp(-0.5 * ((i - WINDOW_R_INDEX - late) / CHAIN_RATE_HZ / seconds) ** 2),
  );
const flat = new Float64Array(WINDOW_LENGTH);

test("QRS spread grows with width, not with size or offset", () => {
  const narrow = qrsSpread(bump(1, 0.011));
  expect(qrsSpread(bump(5, 0.011))).toBeCloseTo(narrow, 4);
  expect(qrsSpread(bump(1, 0.011).map((value) => value + 9))).toBeCloseTo(narrow, 6);
  expect(qrsSpread(bump(1, 0.022)) / narrow).toBeCloseTo(2, 0);
  expect(qrsSpread(flat)).toBe(0);
});

test("sizes are in mV and mV·s", () => {
  expect(qrsPeakToPeak(bump(1.5, 0.015))).toBeCloseTo(1.5, 2);
  expect(qrsArea(bump(1, 0.015))).toBeCloseTo(0.015 * Math.sqrt(2 * Math.PI), 4);
  const raised = bump(1, 0.015).map((value) => value + 0.3);
  expect(difference(raised, bump(1, 0.015), -28, -8)).toBeCloseTo(0.3, 10);
  expect(deviation(raised, -28, -12)).toBeLessThan(1e-9);
});
