import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { amplitudeScale, scaleAmplitude } from "./amplitude/amplitude-scale.ts";
import { baselineShift } from "./amplitude/baseline-shift.ts";
import { leadPolarity, reversePolarity } from "./amplitude/lead-polarity.ts";
import { baselineWander } from "./noise/baseline-wander.ts";
import { dropout } from "./noise/dropout.ts";
import { addMainsHum } from "./noise/mains-hum.ts";
import { noiseAtChainRate } from "./noise/recorded-noise.ts";
import { stretchTime } from "./time/stretch.ts";
import { shiftTime } from "./time/time-shift.ts";
import { warpTime } from "./time/time-warp.ts";
import type { Step } from "./step.ts";

const RATE_HZ = 125;
const bump = (at: number, width = 6): Float32Array =>
  Float32Array.from({ length: 187 }, (_, i) => Math.exp(-0.5 * ((i - at) / width) ** 2));
const peakOf = (samples: Float32Array): number => samples.indexOf(Math.max(...samples));
const largest = (samples: Float32Array): number => Math.max(...samples.map(Math.abs));
const run = (step: Step, samples: Float32Array, seed: number): Float32Array =>
  step.apply({ samples, rateHz: RATE_HZ, signalPower: 0.125, fixedAt: 62 }, createRandom(seed, step.name));
const flat = new Float32Array(187);
const seeds = fc.nat(1e6);

test("wander stays within the peak asked for and hardly moves within 40 ms", () => {
  fc.assert(
    fc.property(seeds, fc.double({ min: 0.01, max: 2, noNaN: true }), (seed, peak) => {
      const wander = run(baselineWander({ probability: 1, peak: [peak, peak] }), flat, seed);
      expect(largest(wander)).toBeLessThanOrEqual(peak * (1 + 1e-6));
      for (let i = 5; i < wander.length; i++) {
        expect(Math.abs(wander[i] - wander[i - 5])).toBeLessThanOrEqual(2 * Math.PI * 0.5 * 0.04 * peak * 1.01);
      }
    }),
    { numRuns: 30 },
  );
});

test.each([
  [50, 360, 3],
  [60, 360, 2],
  [60, 125, 1],
  [60, 100, 0],
])(
  "hum of %d Hz at %d Hz has %d tones below half the rate, the first of the height asked for",
  (hertz, rate, tones) => {
    const hum = addMainsHum(new Float32Array(10 * rate), rate, hertz, 0.2, 0.7);
    const heightAt = (frequency: number): number => {
      const sum = [Math.cos, Math.sin].map((wave) =>
        hum.reduce((total, value, i) => total + value * wave((2 * Math.PI * frequency * i) / rate), 0),
      );
      return (2 * Math.hypot(...sum)) / hum.length;
    };
    const heights = [1, 2, 3].map((k) => heightAt(k * hertz));
    if (tones > 0) expect(heights[0]).toBeCloseTo(0.2, 3);
    const power = hum.reduce((sum, value) => sum + value * value, 0) / hum.length;
    const inTones = heights.slice(0, tones).reduce((sum, height) => sum + height ** 2 / 2, 0);
    expect(power).toBeCloseTo(inTones, 5);
  },
);

test("gain, zero line and polarity: exact, within their ranges", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const scaled = largest(run(amplitudeScale({ probability: 1, factor: [0.5, 2] }), bump(62), seed));
      expect(scaled).toBeGreaterThanOrEqual(0.5 - 1e-6);
      expect(scaled).toBeLessThanOrEqual(2 + 1e-6);
      const shifted = run(baselineShift({ probability: 1, offset: [-0.2, 0.1] }), flat, seed);
      expect(shifted[0]).toBeGreaterThanOrEqual(-0.2 - 1e-6);
      expect(shifted[0]).toBeLessThanOrEqual(0.1 + 1e-6);
      expect(new Set(shifted).size).toBe(1);
    }),
  );
  expect(scaleAmplitude(Float32Array.of(1, -2), 1.5)).toEqual(Float32Array.of(1.5, -3));
  expect(reversePolarity(reversePolarity(bump(62)))).toEqual(bump(62));
  expect(run(leadPolarity({ probability: 0 }), bump(62), 1)).toEqual(bump(62));
});

test("a dropout is one flat stretch of the length asked for, the rest is untouched", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 16, max: 400 }), (seed, milliseconds) => {
      const ramp = Float32Array.from({ length: 187 }, (_, i) => i);
      const changed = run(dropout({ probability: 1, milliseconds: [milliseconds, milliseconds] }), ramp, seed);
      const moved = Array.from(changed, (value, i) => value !== ramp[i]);
      const length = Math.round((milliseconds / 1000) * RATE_HZ);
      expect(moved.filter(Boolean)).toHaveLength(length - 1);
      const from = moved.indexOf(true);
      expect(new Set(changed.subarray(from - 1, from - 1 + length)).size).toBe(1);
    }),
  );
});

test("a peak moves by the shift, stays at the fixed sample when stretched, and widens by the factor", () => {
  expect(peakOf(shiftTime(bump(62), 7))).toBe(69);
  expect(peakOf(shiftTime(bump(62), -7))).toBe(55);
  expect(peakOf(stretchTime(bump(62), 1.3, 62))).toBe(62);
  const area = (samples: Float32Array): number => samples.reduce((sum, value) => sum + value, 0);
  expect(area(stretchTime(bump(62), 1.5, 62)) / area(bump(62))).toBeCloseTo(1.5, 2);
  expect(largest(shiftTime(bump(62, 2), 0.5))).toBeGreaterThan(0.95);
});

test("a warp keeps both ends and the order of time, and no sample moves further than asked", () => {
  const ramp = Float32Array.from({ length: 187 }, (_, i) => i);
  fc.assert(
    fc.property(fc.array(fc.double({ min: -30, max: 30, noNaN: true }), { minLength: 1, maxLength: 4 }), (weights) => {
      const warped = warpTime(ramp, weights);
      const most = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
      expect(warped[0]).toBeCloseTo(0, 3);
      expect(warped[186]).toBeCloseTo(186, 3);
      const paces = warped.slice(1).map((value, i) => value - warped[i]);
      // Half the pace, and what the interpolation bends at the ends.
      expect(Math.min(...paces)).toBeGreaterThan(0.4);
      expect(largest(warped.map((value, i) => value - i))).toBeLessThanOrEqual(most + 0.3);
    }),
  );
});

test("noise at 125 Hz lasts as long and is as strong as it was at its own rate", () => {
  const millivolts = Float32Array.from({ length: 7200 }, (_, i) => Math.sin((2 * Math.PI * 5 * i) / 360));
  const { samplingRateHz, millivolts: resampled } = noiseAtChainRate({ samplingRateHz: 360, millivolts });
  expect(samplingRateHz).toBe(125);
  expect(Math.abs(resampled.length - 2500)).toBeLessThan(10);
  const power = resampled.reduce((sum, value) => sum + value * value, 0) / resampled.length;
  expect(power).toBeCloseTo(0.5, 2);
});
