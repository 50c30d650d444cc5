import { expect, test } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { altered, type Lead } from "./altered.ts";

const RATE = 250;
const lead: Lead = {
  samplingRateHz: RATE,
  millivolts: Float32Array.from({ length: 300 * RATE }, (_, i) => Math.sin((2 * Math.PI * 4 * i) / RATE)),
};
const noise = [{ samplingRateHz: 360, millivolts: Float32Array.from({ length: 36_000 }, (_, i) => Math.sin(i * i)) }];
const copies = Array.from({ length: 30 }, (_, i) => altered(lead, noise, createRandom(i, "copy")));

test("a copy is of a heart up to 15 % slower or faster, of as many samples, and drawn: the same from the same seed", () => {
  const factors = copies.map(({ samplingRateHz }) => samplingRateHz / RATE);
  expect(Math.min(...factors)).toBeGreaterThanOrEqual(0.85);
  expect(Math.max(...factors)).toBeLessThanOrEqual(1.15);
  expect(Math.max(...factors) - Math.min(...factors)).toBeGreaterThan(0.2);
  expect(copies.every(({ millivolts }) => millivolts.length === lead.millivolts.length)).toBe(true);
  expect(altered(lead, noise, createRandom(3, "copy"))).toEqual(copies[3]);
});

test("noise is at most as strong as the signal by NSTDB's measure, in some stretches none", () => {
  const changes = copies.map(({ millivolts }) => {
    const changed = millivolts.map((value, i) => value - lead.millivolts[i]).subarray(RATE, 50 * RATE);
    return Math.sqrt(changed.reduce((sum, value) => sum + value * value, 0) / changed.length);
  });
  // p² / 8 of a sine of 2 mV peak to peak is 0.5 mV²; a filter may move the phase of the sine itself.
  expect(Math.max(...changes)).toBeLessThan(1.2);
  expect(Math.min(...changes)).toBe(0);
  expect(Math.max(...changes)).toBeGreaterThan(0.2);
});

test("what is missing stays so, or holds the value before it", () => {
  const gap = { ...lead, millivolts: lead.millivolts.map((value, i) => (i > 500 && i < 520 ? Number.NaN : value)) };
  for (let seed = 0; seed < 10; seed++) {
    const { millivolts } = altered(gap, noise, createRandom(seed, "copy"));
    expect(millivolts.subarray(600).some(Number.isNaN)).toBe(false);
  }
});
