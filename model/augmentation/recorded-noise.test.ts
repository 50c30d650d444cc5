import { expect, test } from "vitest";
import { leadToMillivolts } from "../../contracts/frame.ts";
import type { LeadRecording } from "../../data/lead-recording.ts";
import { noisePower, signalPower } from "../../data/noise.ts";
import { isBeatSymbol } from "../../data/aami.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { createRandom } from "../../kit/random.ts";
import { withRecordedNoise } from "./recorded-noise.ts";

const RATE_HZ = 360;
const MINUTES = 20;

const { leads, annotations } = syntheticRecord([{ rhythm: "sinus", seconds: 60 * MINUTES, bpm: 70 }], {
  samplingRateHz: RATE_HZ,
  seed: 1,
});
const millivolts = new Float32Array(leads[0].samples.length);
leadToMillivolts(leads[0], millivolts);
const recording: LeadRecording = { name: "s", lead: "II", samplingRateHz: RATE_HZ, millivolts, annotations };

const random = createRandom(1, "noise of a test");
const noise = [1, 2].map(() => ({
  samplingRateHz: RATE_HZ,
  millivolts: Float32Array.from({ length: 30 * RATE_HZ }, () => random.normal()),
}));

test("the seed decides, and recording and annotations stay as they are", () => {
  const before = millivolts.slice();
  const noisy = withRecordedNoise(recording, noise, 1);
  expect(withRecordedNoise(recording, noise, 1)).toEqual(noisy);
  expect(withRecordedNoise(recording, noise, 2).millivolts).not.toEqual(noisy.millivolts);
  expect(millivolts).toEqual(before);
  expect(noisy.annotations).toBe(annotations);
});

test("minute by minute some stay clean, and the others have a ratio within the range", () => {
  const signal = signalPower(
    millivolts,
    annotations.filter(({ symbol }) => isBeatSymbol(symbol)).map(({ sample }) => sample),
    RATE_HZ,
  );
  const noisy = withRecordedNoise(recording, noise, 5, { lowest: 10, highest: 20 }).millivolts;
  const added = noisy.map((value, i) => value - millivolts[i]);
  const ratios = Array.from({ length: MINUTES }, (_, minute) => {
    const power = noisePower(added.subarray(60 * RATE_HZ * minute, 60 * RATE_HZ * (minute + 1)), RATE_HZ);
    return power === 0 ? null : 10 * Math.log10(signal / power);
  });
  const clean = ratios.filter((ratio) => ratio === null).length;
  expect(clean).toBeGreaterThan(0);
  expect(clean).toBeLessThan(MINUTES / 2);
  for (const ratio of ratios) {
    if (ratio === null) continue;
    expect(ratio).toBeGreaterThan(9.5);
    expect(ratio).toBeLessThan(20.5);
  }
});
