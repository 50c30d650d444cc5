import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { noiseGain, noisePower, signalPower } from "../../data/noise.ts";
import { createRandom } from "../../kit/random.ts";
import { baselineShift } from "./amplitude/baseline-shift.ts";
import { DataAugmentation } from "./data-augmentation.ts";
import { defaultSteps } from "./default-steps.ts";
import { gaussianNoise } from "./noise/gaussian-noise.ts";
import { recordedNoise } from "./noise/recorded-noise.ts";
import type { Step } from "./step.ts";
import { timeShift } from "./time/time-shift.ts";

const RATE_HZ = 125;
const R = 62;

/** A wandering noise, mV. */
function coloured(seconds: number, rateHz: number, name: string): Float32Array {
  const random = createRandom(3, name);
  let level = 0;
  return Float32Array.from({ length: seconds * rateHz }, () => (level = 0.95 * level + 0.1 * random.normal()));
}

const noise = ["em", "ma", "bw"].map((name) => ({ samplingRateHz: RATE_HZ, millivolts: coloured(120, RATE_HZ, name) }));

/** A narrow beat of 1 mV at `r`. */
const beatAt = (length: number, ...r: number[]): Float32Array =>
  Float32Array.from({ length }, (_, i) => r.reduce((sum, at) => sum + Math.exp(-0.5 * ((i - at) / 2.5) ** 2), 0));
const window = beatAt(187, R);

const energyOf = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length;

describe("windows", () => {
  test("one seed and key give one result, whatever came before; another seed or key another", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(1e6), (seed, key) => {
        const one = new DataAugmentation({ seed, steps: defaultSteps(noise) });
        const other = new DataAugmentation({ seed, steps: defaultSteps(noise) });
        one.apply(window, RATE_HZ);
        const changed = one.apply(window, RATE_HZ, { key, rSamples: [R] });
        expect(other.apply(window, RATE_HZ, { key, rSamples: [R] })).toEqual(changed);
        expect(changed).toHaveLength(window.length);
        expect(changed.every(Number.isFinite)).toBe(true);
      }),
      { numRuns: 50 },
    );
    const keys = Array.from({ length: 20 }, (_, key) =>
      new DataAugmentation({ seed: 1, steps: [gaussianNoise({ probability: 1, snrDb: [6, 24] })] })
        .apply(window, RATE_HZ, { key })
        .join(),
    );
    expect(new Set(keys).size).toBe(20);
  });

  test("the samples given stay as they are, and without steps the copy is equal", () => {
    const before = window.slice();
    const copy = new DataAugmentation({ seed: 1, steps: [] }).apply(window, RATE_HZ);
    new DataAugmentation({ seed: 1, steps: defaultSteps(noise) }).apply(window, RATE_HZ);
    expect(copy).toEqual(before);
    expect(copy).not.toBe(window);
    expect(window).toEqual(before);
  });

  test("a batch is its rows, however it is cut; rows that do not divide are refused", () => {
    const rows = new Float32Array(6 * 187);
    for (let i = 0; i < 6; i++) rows.set(window, i * 187);
    const make = (): DataAugmentation => new DataAugmentation({ seed: 5, steps: defaultSteps(noise) });
    const whole = make().applyBatch(rows, 6, RATE_HZ, { rSamples: [R] });
    const halves = make();
    const first = halves.applyBatch(rows.subarray(0, 2 * 187), 2, RATE_HZ, { rSamples: [R] });
    const second = halves.applyBatch(rows.subarray(2 * 187), 4, RATE_HZ, { rSamples: [R] });
    expect(Float32Array.from([...first, ...second])).toEqual(whole);
    expect(make().apply(window, RATE_HZ, { key: 4, rSamples: [R] })).toEqual(whole.subarray(4 * 187, 5 * 187));
    expect(() => make().applyBatch(rows, 5, RATE_HZ)).toThrow(/5 equal rows/);
  });

  test("a step is applied as often as its probability says, and moves no other step's draws", () => {
    const shift = (probability: number): Step => baselineShift({ probability, offset: [1, 1] });
    const often = new DataAugmentation({ seed: 2, steps: [shift(0.3)] });
    const shifted = Array.from({ length: 4000 }, () => often.apply(window, RATE_HZ)[0] > 0.5);
    expect(shifted.filter(Boolean).length / 4000).toBeCloseTo(0.3, 1);
    const followed = shifted.filter((now, i) => now && shifted[i - 1]).length / shifted.filter(Boolean).length;
    expect(followed).toBeCloseTo(0.3, 1);

    const withNoise = (probability: number): Float32Array =>
      new DataAugmentation({ seed: 2, steps: [shift(probability), gaussianNoise({ probability: 1, snrDb: [6, 6] })] })
        .apply(window, RATE_HZ, { key: 1, rSamples: [R] })
        .map((value) => value - probability);
    expect(energyOf(withNoise(1), withNoise(0))).toBeLessThan(1e-10);
  });

  test("noise reaches its ratio: over many windows the noise's power is the signal's less the decibels", () => {
    fc.assert(
      fc.property(fc.integer({ min: -6, max: 24 }), fc.boolean(), (snrDb, recorded) => {
        const range = [snrDb, snrDb] as const;
        const step = recorded
          ? recordedNoise({ probability: 1, snrDb: range, records: noise })
          : gaussianNoise({ probability: 1, snrDb: range });
        const augmentation = new DataAugmentation({ seed: 9, steps: [step] });
        const long = beatAt(40 * RATE_HZ, ...Array.from({ length: 40 }, (_, i) => i * RATE_HZ + R));
        const peaks = Array.from({ length: 40 }, (_, i) => i * RATE_HZ + R);
        const added = long.slice();
        const noisy = augmentation.apply(long, RATE_HZ, { rSamples: peaks });
        for (let i = 0; i < added.length; i++) added[i] = noisy[i] - long[i];
        const reached = 10 * Math.log10(signalPower(long, peaks, RATE_HZ) / noisePower(added, RATE_HZ));
        expect(Math.abs(reached - snrDb)).toBeLessThan(1);
      }),
      { numRuns: 30 },
    );
  });

  test("a step given twice, a range upside down and noise of another rate are refused with a reason", () => {
    const twice = [
      baselineShift({ probability: 1, offset: [0, 1] }),
      baselineShift({ probability: 1, offset: [0, 1] }),
    ];
    expect(() => new DataAugmentation({ seed: 1, steps: twice })).toThrow(/twice/);
    expect(() => gaussianNoise({ probability: 1, snrDb: [24, 6] })).toThrow(/snrDb \[24, 6\]/);
    expect(() => gaussianNoise({ probability: 1.5, snrDb: [6, 24] })).toThrow(/probability 1.5/);
    const other = new DataAugmentation({
      seed: 1,
      steps: [recordedNoise({ probability: 1, snrDb: [6, 6], records: noise })],
    });
    expect(() => other.apply(window, 360)).toThrow(/125 Hz, the segment at 360 Hz/);
  });
});

describe("whole recordings", () => {
  const rateHz = 50;
  const rSamples = Array.from({ length: 150 }, (_, i) => 20 + i * rateHz);
  const recording = { name: "x", samplingRateHz: rateHz, millivolts: beatAt(151 * rateHz, ...rSamples), also: "kept" };
  const records = ["em", "ma", "bw"].map((name) => ({
    samplingRateHz: rateHz,
    millivolts: coloured(100, rateHz, name),
  }));

  /** Noise of a kind, ratio and place of its own a minute; one minute in five stays clean: as plain a loop as can be. */
  function plainly(seed: number): Float32Array {
    const random = createRandom(seed, "noise/x");
    const mixed = recording.millivolts.slice();
    const signal = signalPower(recording.millivolts, rSamples, rateHz);
    for (let from = 0; from < mixed.length; from += 60 * rateHz) {
      const { millivolts } = records[Math.floor(random.uniform() * 3)];
      const snrDb = 6 + random.uniform() * 18;
      const start = Math.floor(random.uniform() * millivolts.length);
      if (random.uniform() < 0.2) continue;
      const gain = noiseGain(signal, noisePower(millivolts, rateHz), snrDb);
      const to = Math.min(from + 60 * rateHz, mixed.length);
      for (let i = from; i < to; i++) mixed[i] += gain * millivolts[(start + i - from) % millivolts.length];
    }
    return mixed;
  }

  test("stretches get noise of their own, to the bit what a plain loop gives", () => {
    for (const seed of [1, 2, 3, 4]) {
      const steps = [recordedNoise({ probability: 0.8, snrDb: [6, 24], records })];
      const noisy = new DataAugmentation({ seed, steps }).applyToRecording(recording, { rSamples, stretchSeconds: 60 });
      expect(noisy.millivolts).toEqual(plainly(seed));
      expect(noisy.also).toBe("kept");
    }
  });

  test("steps that move time are refused: annotations would no longer fit", () => {
    const augmentation = new DataAugmentation({
      seed: 1,
      steps: [timeShift({ probability: 1, milliseconds: [8, 8] })],
    });
    expect(() => augmentation.applyToRecording(recording, { rSamples, stretchSeconds: 60 })).toThrow(/moves time/);
  });
});
