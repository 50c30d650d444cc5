import fc from "fast-check";
import { expect, test } from "vitest";
import { sweepGeometry } from "./calibration.ts";
import { chooseFit, factorWords, fitted, type Range, USUAL_FIT } from "./fit.ts";

/** 120 px high, 0 mV at 74; 10 mm/mV are 37.8 px, a box 3.78. */
const GEOMETRY = sweepGeometry({ speedMmPerS: 25, gainMmPerMv: 10, scale: 1 }, 400, 120, 1);
const ROOM = { top: 20, bottom: 117 };
const chosen = (low: number, high: number, current = USUAL_FIT) => chooseFit({ low, high }, GEOMETRY, ROOM, current);
const boxes = (lowerPx: number): number => lowerPx / GEOMETRY.pxPerMm;

test.each([
  ["a usual one as it is", -0.3, 1.2, 1, 0],
  ["a tall R lower", -0.1, 2, 1, 7],
  ["a deep S higher", -1.6, 0.4, 1, -6],
  ["one as tall as the trace at half the gain", -1.5, 2.2, 1 / 2, 0],
  ["a taller one at half the gain, and lower", -0.5, 3.9, 1 / 2, 6],
  ["a very tall one at a quarter", -4, 4, 1 / 4, 0],
  ["one beyond all that at an eighth, in the middle", -20, 20, 1 / 8, -1],
])("%s", (_, low, high, factor, steps) => {
  const fit = chosen(low, high);
  expect(fit.factor).toBe(factor);
  expect(boxes(fit.lowerPx)).toBeCloseTo(steps);
});

test("where nothing is known it stays as it is", () => {
  const current = { factor: 1 / 2, lowerPx: 5 };
  expect(chosen(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, current)).toBe(current);
});

test("a signal that would just fit again does not jump back; one with room to spare does", () => {
  const half = chosen(-1.5, 2.2);
  expect(chosen(-1, 1.4)).toBe(USUAL_FIT);
  expect(chosen(-1, 1.4, half)).toBe(half);
  expect(chosen(-0.3, 1, half)).toEqual(USUAL_FIT);
});

test("whatever fits is laid within the room, by whole boxes, and to look again changes nothing", () => {
  const mv = fc.double({ min: -5, max: 5, noNaN: true });
  fc.assert(
    fc.property(mv, mv, mv, mv, (a, b, c, d) => {
      const range = (x: number, y: number): Range => ({ low: Math.min(x, y), high: Math.max(x, y) });
      const before = chooseFit(range(c, d), GEOMETRY, ROOM, USUAL_FIT);
      const { low, high } = range(a, b);
      const fit = chosen(low, high, before);
      const { baselineY, pxPerMv } = fitted(GEOMETRY, fit);
      expect(Math.abs(boxes(fit.lowerPx) - Math.round(boxes(fit.lowerPx)))).toBeLessThan(1e-9);
      if (high - low < 7) {
        expect(baselineY - high * pxPerMv).toBeGreaterThanOrEqual(ROOM.top);
        expect(baselineY - low * pxPerMv).toBeLessThanOrEqual(ROOM.bottom);
      }
      expect(chosen(low, high, fit)).toEqual(fit);
    }),
  );
});

test("the factor in words", () => {
  expect([1, 1 / 2, 1 / 4, 1 / 8].map((factor) => factorWords({ factor, lowerPx: 0 }))).toEqual(["", "×½", "×¼", "×⅛"]);
});
