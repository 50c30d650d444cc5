import { expect, test } from "vitest";
import { GAINS_MM_PER_MV, SPEEDS_MM_PER_S, sweepGeometry } from "../drawing/calibration.ts";
import { millivoltsOfY, positionOfX, spanOf, stripOf, xOfPosition, yOfMillivolts } from "./strip.ts";

const SCALES = SPEEDS_MM_PER_S.flatMap((speedMmPerS) =>
  GAINS_MM_PER_MV.map((gainMmPerMv) => ({ speedMmPerS, gainMmPerMv })),
);
const RANGE = { low: -0.3, high: 1.4 };

test.each(SCALES)(
  "at $speedMmPerS mm/s and $gainMmPerMv mm/mV a place on the strip is a sample and a voltage, and back",
  (of) => {
    for (const [rateHz, width, ratio] of [
      [250, 1000, 1],
      [360, 390, 2],
      [125, 1700, 1.25],
    ]) {
      const usual = sweepGeometry({ ...of, scale: 1.5 }, width, 180, ratio);
      const strip = stripOf(usual, rateHz, 20_000, RANGE);
      const { left, width: wide, pxPerMv } = strip.geometry;
      expect(strip.from).toBe(20_000 - spanOf(usual, rateHz));
      expect(xOfPosition(strip, strip.from)).toBe(left);
      expect(xOfPosition(strip, strip.to)).toBeLessThanOrEqual(left + wide);
      // An interval of 812 ms as the paper has it.
      const apart = xOfPosition(strip, strip.from + 0.812 * rateHz) - left;
      expect(apart).toBeCloseTo(0.812 * of.speedMmPerS * usual.pxPerMm, 6);
      for (let position = strip.from; position < strip.to; position += 7) {
        expect(positionOfX(strip, xOfPosition(strip, position))).toBe(position);
        for (const aside of [-0.49, 0.49])
          expect(positionOfX(strip, xOfPosition(strip, position + aside))).toBe(position);
      }
      for (const mv of [-0.3, 0, 0.01, 1.4]) expect(millivoltsOfY(strip, yOfMillivolts(strip, mv))).toBeCloseTo(mv, 9);
      expect(yOfMillivolts(strip, 0) - yOfMillivolts(strip, 0.5)).toBeCloseTo(0.5 * pxPerMv, 6);
      // A gain that is too large for the lead is halved, and halved again: what is measured stays.
      expect(Math.log2((of.gainMmPerMv * usual.pxPerMm) / pxPerMv) % 1).toBeCloseTo(0, 9);
      expect(yOfMillivolts(strip, RANGE.high)).toBeGreaterThanOrEqual(0);
      expect(yOfMillivolts(strip, RANGE.low)).toBeLessThanOrEqual(strip.geometry.height);
    }
  },
);
