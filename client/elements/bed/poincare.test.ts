import { expect, test } from "vitest";
import type { Beat } from "../../../contracts/beat.ts";
import { beatOf } from "../../../testing/client/messages.ts";
import { poincare } from "./poincare.ts";

/** Beats at these intervals, ms, one behind another. */
function beatsAt(intervals: readonly number[], classes: Readonly<Record<number, Beat["beatClass"]>> = {}): Beat[] {
  let timeMs = 0;
  return intervals.map((rrMs, i) => {
    timeMs += rrMs;
    return beatOf(i, { timeMs, rrMs, beatClass: classes[i] ?? "N" });
  });
}

test("SD1 is of the change from beat to beat, SD2 of what goes on", () => {
  const alternating = beatsAt(Array.from({ length: 101 }, (_, i) => (i % 2 === 0 ? 780 : 820)));
  const turns = poincare(alternating);
  expect(turns.sd1Ms).toBeCloseTo(40 / Math.SQRT2, 0);
  expect(turns.sd2Ms).toBeCloseTo(0, 5);
  const rising = poincare(beatsAt(Array.from({ length: 101 }, (_, i) => 700 + i)));
  expect(rising.sd1Ms).toBeCloseTo(0, 5);
  expect(rising.sd2Ms).toBeGreaterThan(35);
});

test("what was rejected, or has beats missing in between, makes no pair", () => {
  expect(poincare(beatsAt([800, 800, 800, 800])).pairs).toHaveLength(2);
  expect(poincare(beatsAt([800, 800, 800, 800], { 2: "Q" })).pairs).toHaveLength(0);
  const [a, b, c, d] = beatsAt([800, 800, 800, 800]);
  expect(poincare([a, b, d]).pairs).toHaveLength(0);
  expect(poincare([a, b, c, { ...d, epoch: "another" }]).pairs).toHaveLength(1);
});

test("a ventricular beat is in the plot and not in SD1 and SD2; of few beats they are not known", () => {
  const beats = beatsAt(
    Array.from({ length: 100 }, () => 800),
    { 50: "V" },
  );
  expect(poincare(beats).pairs.filter(({ beatClass }) => beatClass === "V")).toHaveLength(1);
  expect(poincare(beats).sd1Ms).toBe(0);
  expect(poincare(beats.slice(0, 55)).sd1Ms).toBeNull();
});
