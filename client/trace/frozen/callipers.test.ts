import { expect, test } from "vitest";
import { syntheticRecord } from "../../../data/synthetic/record.ts";
import { GAINS_MM_PER_MV, SPEEDS_MM_PER_S, sweepGeometry } from "../drawing/calibration.ts";
import {
  callipersAt,
  differenceMv,
  edgeNear,
  intervalMs,
  levelOf,
  marchOut,
  ratePerMin,
  withLevel,
  withTime,
} from "./callipers.ts";
import { millivoltsOfY, positionOfX, stripOf, xOfPosition, yOfMillivolts } from "./strip.ts";

const SCALES = SPEEDS_MM_PER_S.flatMap((speedMmPerS) =>
  GAINS_MM_PER_MV.map((gainMmPerMv) => ({ speedMmPerS, gainMmPerMv })),
);
const RATE = 360;

/** 20 s of the generator: where its R peaks are is known. */
const { leads, annotations } = syntheticRecord([{ rhythm: "sinus", seconds: 20, bpm: 74 }], {
  samplingRateHz: RATE,
  seed: 5,
  noiseMv: 0,
  wanderMv: 0,
});
const millivolts = Float32Array.from(leads[0].samples, (adu) => (adu - leads[0].baselineAdu) / leads[0].gainAduPerMv);
const samples = { at: (position: number): number => millivolts[position] ?? Number.NaN };
const peaks = annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample);
const stripAt = (of: (typeof SCALES)[number], ratio = 1) =>
  stripOf(sweepGeometry({ ...of, scale: 1.5 }, 900, 180, ratio), RATE, millivolts.length, { low: -0.4, high: 1.3 });

test.each(SCALES)(
  "an RR and an R wave that are known are measured at $speedMmPerS mm/s and $gainMmPerMv mm/mV, by the pixels they stand at",
  (of) => {
    const strip = stripAt(of);
    const seen = peaks.filter((peak) => peak > strip.from + 40 && peak < strip.to - 40);
    // At 50 mm/s less than three beats find room.
    const [one, other] = seen.length >= 2 ? seen : [strip.from + 50, strip.from + 300];
    let callipers = callipersAt([0, 0], 1);
    // Laid by hand: to the nearest half pixel.
    const atHalf = (px: number): number => Math.round(px * 2) / 2;
    callipers = withTime(callipers, 0, positionOfX(strip, atHalf(xOfPosition(strip, one))));
    callipers = withTime(callipers, 1, positionOfX(strip, atHalf(xOfPosition(strip, other))));
    const pxPerSample = strip.geometry.pxPerSecond / RATE;
    const most = Math.max(1, Math.ceil(0.5 / pxPerSample));
    const offBy = Math.abs(intervalMs(callipers, RATE) - ((other - one) / RATE) * 1000);
    expect(offBy).toBeLessThanOrEqual((most / RATE) * 1000 + 1e-9);
    // Laid by key, which moves by samples, it is right to the sample.
    const exact = withTime(withTime(callipers, 0, one), 1, other);
    expect(intervalMs(exact, RATE)).toBeCloseTo(((other - one) / RATE) * 1000, 9);
    expect(ratePerMin(intervalMs(exact, RATE))).toBeCloseTo((60 * RATE) / (other - one), 9);
    const height = samples.at(one) - samples.at(one - 30);
    const level = (position: number): number =>
      millivoltsOfY(strip, atHalf(yOfMillivolts(strip, samples.at(position))));
    const measured = withLevel(withLevel(exact, 0, 0, level(one - 30)), 0, 1, level(one));
    const offMv = Math.abs((differenceMv(measured, 0, samples) ?? Number.NaN) - height);
    expect(offMv).toBeLessThanOrEqual(0.5 / strip.geometry.pxPerMv + 1e-6);
  },
);

test("a level follows the signal at its edge in time until it is laid by hand; none is known where samples are missing", () => {
  const callipers = callipersAt([peaks[3], peaks[4] + 40], 2);
  expect(levelOf(callipers, 0, 0, samples)).toBeCloseTo(samples.at(peaks[3]), 6);
  expect(differenceMv(callipers, 0, samples)).toBeCloseTo(samples.at(peaks[4] + 40) - samples.at(peaks[3]), 6);
  const moved = withTime(withLevel(callipers, 0, 0, 0.2), 0, peaks[2]);
  expect([levelOf(moved, 0, 0, samples), moved.levels[1]]).toEqual([0.2, [null, null]]);
  expect(levelOf(withLevel(moved, 0, 0, null), 0, 0, samples)).toBeCloseTo(samples.at(peaks[2]), 6);
  expect(differenceMv(withTime(callipers, 1, 1e6), 0, samples)).toBeNull();
});

test("edges may cross; on one sample there is no rate", () => {
  expect(intervalMs(callipersAt([500, 140], 1), RATE)).toBe(1000);
  expect(ratePerMin(1000)).toBe(60);
  expect(ratePerMin(intervalMs(callipersAt([500, 500], 1), RATE))).toBeNull();
});

test("the interval is marched out both ways over what is seen, unless that were a grey field", () => {
  const strip = stripAt({ speedMmPerS: 12.5, gainMmPerMv: 10 });
  const [one, other] = [strip.from + 500, strip.from + 200];
  const marks = marchOut(callipersAt([one, other], 1), strip);
  expect(marks.map((mark) => mark - strip.from).slice(0, 3)).toEqual([800, 1100, 1400]);
  expect(marks.every((mark) => (mark - one) % 300 === 0 && mark >= strip.from && mark < strip.to)).toBe(true);
  expect(marchOut(callipersAt([one, one + 5], 1), strip)).toEqual([]);
  expect(marchOut(callipersAt([one, one], 1), strip)).toEqual([]);
});

test("a hand takes the nearest edge within its reach", () => {
  const strip = stripAt({ speedMmPerS: 25, gainMmPerMv: 10 });
  const callipers = withLevel(withLevel(callipersAt([strip.from + 300, strip.from + 700], 1), 0, 0, 0), 0, 1, 0.5);
  const take = (x: number, y: number) => edgeNear(callipers, 0, strip, samples, { x, y }, 10);
  const [x, y] = [xOfPosition(strip, strip.from + 300), yOfMillivolts(strip, 0.5)];
  expect(take(x + 9, 5)).toEqual({ kind: "time", which: 0 });
  expect(take(x + 9, y - 3)).toEqual({ kind: "level", which: 1 });
  expect(take(x + 2, y - 3)).toEqual({ kind: "time", which: 0 });
  expect(take(x + 20, 5)).toBeNull();
  expect(take(xOfPosition(strip, strip.from + 700) - 4, 5)).toEqual({ kind: "time", which: 1 });
});
