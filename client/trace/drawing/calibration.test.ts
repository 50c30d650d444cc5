import { expect, test } from "vitest";
import {
  calibrationPulse,
  CSS_PX_PER_MM,
  fittingScale,
  GAINS_MM_PER_MV,
  millivoltsToY,
  SPEEDS_MM_PER_S,
  sweepGeometry,
  sweepPlace,
} from "./calibration.ts";

const STANDARD = { speedMmPerS: 25, gainMmPerMv: 10, scale: 1 };

test("25 mm of paper are a second, 10 mm a millivolt, at 96 px an inch", () => {
  const geometry = sweepGeometry(STANDARD, 800, 200, 1);
  expect(CSS_PX_PER_MM).toBeCloseTo(3.7795, 4);
  expect(geometry.pxPerSecond).toBeCloseTo(25 * CSS_PX_PER_MM);
  expect(millivoltsToY(geometry, 0) - millivoltsToY(geometry, 1)).toBeCloseTo(10 * CSS_PX_PER_MM);
});

test("device pixels, scale, speed and gain multiply", () => {
  const geometry = sweepGeometry({ speedMmPerS: 50, gainMmPerMv: 5, scale: 1.5 }, 800, 200, 2);
  expect(geometry.pxPerMm).toBeCloseTo(3 * CSS_PX_PER_MM);
  expect(geometry.pxPerSecond).toBeCloseTo(150 * CSS_PX_PER_MM);
  expect(geometry.pxPerMv).toBeCloseTo(15 * CSS_PX_PER_MM);
  expect([geometry.left + geometry.width, geometry.height]).toEqual([1600, 400]);
});

test("the sweep begins again at the left when the width is full", () => {
  const geometry = sweepGeometry(STANDARD, 800, 200, 1);
  const lapSeconds = geometry.width / geometry.pxPerSecond;
  expect(sweepPlace(geometry, 0)).toEqual({ lap: 0, x: geometry.left });
  const { lap, x } = sweepPlace(geometry, 3.25 * lapSeconds);
  expect(lap).toBe(3);
  expect(x).toBeCloseTo(geometry.left + geometry.width / 4);
});

test("a small tile shows smaller paper, a large one larger, within limits", () => {
  expect(fittingScale(10_000, 10_000)).toBe(1.6);
  expect(fittingScale(100, 50)).toBe(0.7);
  const scale = fittingScale(700, 180);
  expect(scale).toBeLessThanOrEqual(700 / (158 * CSS_PX_PER_MM));
  expect(scale).toBeGreaterThan(1);
});

const SCALES = SPEEDS_MM_PER_S.flatMap((speedMmPerS) =>
  GAINS_MM_PER_MV.map((gainMmPerMv) => [speedMmPerS, gainMmPerMv] as const),
);

test.each(SCALES)("at %d mm/s and %d mm/mV boxes, pulse and trace agree", (speedMmPerS, gainMmPerMv) => {
  for (const [scale, height, ratio] of [
    [1.5, 180, 1],
    [1.5, 216, 2],
    [0.7, 60, 1],
  ]) {
    const geometry = sweepGeometry({ speedMmPerS, gainMmPerMv, scale }, 800, height, ratio);
    const mm = CSS_PX_PER_MM * scale * ratio;
    expect(sweepPlace(geometry, 0.2).x - geometry.left).toBeCloseTo(0.2 * speedMmPerS * mm);
    expect(millivoltsToY(geometry, -0.5) - millivoltsToY(geometry, 0)).toBeCloseTo(0.5 * gainMmPerMv * mm);
    const pulse = calibrationPulse(geometry);
    expect(pulse.to - pulse.from).toBeCloseTo(0.2 * speedMmPerS * mm);
    expect(pulse.foot - pulse.top).toBeCloseTo(pulse.mv * gainMmPerMv * mm);
    expect(pulse.from).toBeGreaterThan(mm);
    expect(pulse.to).toBeLessThan(geometry.left - mm);
    expect(pulse.top).toBeGreaterThanOrEqual(ratio);
    expect(pulse.foot).toBeLessThanOrEqual(geometry.height - ratio);
  }
});

test("the pulse is 1 mV; less only where that finds no room", () => {
  const mvAt = (gainMmPerMv: number, height: number): number =>
    calibrationPulse(sweepGeometry({ speedMmPerS: 25, gainMmPerMv, scale: 1.5 }, 800, height, 1)).mv;
  expect(GAINS_MM_PER_MV.map((gain) => mvAt(gain, 180))).toEqual([1, 1, 1, 1, 0.5]);
  expect(mvAt(40, 240)).toBe(1);
  expect(mvAt(40, 100)).toBe(0.2);
  const low = sweepGeometry({ speedMmPerS: 25, gainMmPerMv: 40, scale: 1.5 }, 800, 100, 1);
  expect(calibrationPulse(low).foot).toBe(low.baselineY);
});
