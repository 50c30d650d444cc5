import fc from "fast-check";
import { expect, test } from "vitest";
import { CHAIN_RATE_HZ } from "./events.ts";
import { Resampler } from "./resample.ts";
import { StateReader, StateWriter } from "./state.ts";

const RATES_HZ = [100, 125, 128, 250, 257.5, 360, 500, 1000];

const sine = (hz: number, rateHz: number, seconds: number, amplitude = 1): Float64Array =>
  Float64Array.from(
    { length: Math.round(seconds * rateHz) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * hz * i) / rateHz),
  );

function resample(samples: ArrayLike<number>, resampler: Resampler): number[] {
  const all: number[] = [];
  for (let i = 0; i < samples.length; i++) {
    const count = resampler.push(samples[i]);
    for (let k = 0; k < count; k++) all.push(resampler.output[k]);
  }
  return all;
}

/** The same samples fed in blocks as large as they may be. */
function resampleInBlocks(samples: Float64Array, resampler: Resampler): number[] {
  const all: number[] = [];
  const out = new Float64Array(1000);
  for (let at = 0; at < samples.length; at += resampler.room) {
    resampler.feed(samples, at, Math.min(samples.length, at + resampler.room));
    for (let count = resampler.read(out, out.length); count > 0; count = resampler.read(out, out.length)) {
      all.push(...out.subarray(0, count));
    }
  }
  return all;
}

test.each([...RATES_HZ, 128.1, 200, 333.3, 360.5, 999.9])(
  "from %d Hz, block by block is sample by sample to the bit, however old the epoch is",
  (rateHz) => {
    const samples = sine(7, rateHz, 4).map((value, i) => value + Math.sin(i * i));
    for (const start of [0, 12_345, 987_654_321]) {
      const [one, other] = [new Resampler(rateHz), new Resampler(rateHz)];
      one.reset(start);
      other.reset(start);
      expect(resampleInBlocks(samples, one)).toEqual(resample(samples, other));
    }
  },
);

/** Largest distance of outputs 25 and later, where the start no longer weighs, from `ideal` at their own times. */
function largestError(outputs: readonly number[], ideal: (seconds: number) => number): number {
  return Math.max(...outputs.slice(25).map((value, i) => Math.abs(value - ideal((25 + i) / CHAIN_RATE_HZ))));
}

test.each(RATES_HZ)("from %d Hz, a sine in the pass band keeps amplitude and phase on the input's clock", (rateHz) => {
  const passBandHz = 0.3 * Math.min(rateHz, CHAIN_RATE_HZ);
  for (const hz of [0.5, 5, 10, 17, passBandHz]) {
    const outputs = resample(sine(hz, rateHz, 10), new Resampler(rateHz));
    expect(outputs.length).toBeGreaterThan(10 * CHAIN_RATE_HZ - 10);
    expect(largestError(outputs, (t) => Math.sin(2 * Math.PI * hz * t))).toBeLessThan(2e-3);
  }
});

test.each([250, 257.5, 360, 500, 1000])("from %d Hz, what would fold into the pass band is 60 dB down", (rateHz) => {
  const stopBandHz = 0.7 * CHAIN_RATE_HZ;
  for (const hz of [stopBandHz, 100, 115, 124].filter((one) => one < rateHz / 2)) {
    expect(largestError(resample(sine(hz, rateHz, 10), new Resampler(rateHz)), () => 0)).toBeLessThan(1e-3);
  }
});

test("the image of a slow input is 60 dB down", () => {
  const outputs = resample(sine(20, 100, 20), new Resampler(100));
  const atImage = outputs.slice(25, 2475).reduce(
    ([re, im], value, i) => {
      const phase = (2 * Math.PI * 45 * i) / CHAIN_RATE_HZ;
      return [re + value * Math.cos(phase), im + value * Math.sin(phase)];
    },
    [0, 0],
  );
  // 100 − 20 = 80 Hz, which 125 Hz samples see as 45 Hz.
  expect((2 * Math.hypot(...atImage)) / 2450).toBeLessThan(1e-3);
});

test.each(RATES_HZ)("from %d Hz, a constant stays exactly what it is from the first output on", (rateHz) => {
  const outputs = resample(new Float64Array(Math.round(rateHz)).fill(-4.75), new Resampler(rateHz));
  for (const value of outputs) expect(value).toBeCloseTo(-4.75, 12);
});

test("from 125 Hz nothing changes", () => {
  const input = sine(31, CHAIN_RATE_HZ, 2);
  resample(input, new Resampler(CHAIN_RATE_HZ)).forEach((value, k) => expect(value).toBeCloseTo(input[k], 12));
});

test("an output is given out with the first input sample that is delaySeconds behind it", () => {
  for (const rateHz of [50, ...RATES_HZ, 10_000]) {
    const resampler = new Resampler(rateHz);
    let next = 0;
    for (let i = 0; i < 2 * rateHz; i++) {
      const count = resampler.push(i);
      for (let k = 0; k < count; k++, next++) {
        const due = resampler.toInput(next) + resampler.delaySeconds * rateHz;
        expect(i).toBeGreaterThanOrEqual(due - 1e-9);
        expect(i - 1).toBeLessThan(due + 1e-9);
      }
      expect(resampler.nextOutput).toBe(next);
    }
  }
});

test("10,000 samples a second cost no more outputs than 125, and 50 no fewer", () => {
  for (const rateHz of [50, 10_000]) {
    const { length } = resample(new Float64Array(4 * rateHz), new Resampler(rateHz));
    expect(length).toBeLessThanOrEqual(4 * CHAIN_RATE_HZ);
    expect(length).toBeGreaterThan(4 * CHAIN_RATE_HZ - 15);
  }
});

test("behind a reset it goes on upon the same 125 Hz grid", () => {
  fc.assert(
    fc.property(fc.constantFrom(...RATES_HZ), fc.integer({ min: 0, max: 2 ** 33 }), (rateHz, start) => {
      const resampler = new Resampler(rateHz);
      resample(sine(3, rateHz, 1), resampler);
      resampler.reset(start);
      const first = resampler.nextOutput;
      expect(resampler.toInput(first)).toBeGreaterThanOrEqual(start - 1e-5);
      expect(resampler.toInput(first - 1)).toBeLessThan(start);
      const ramp = Float64Array.from(
        { length: Math.round(rateHz) },
        (_, i) => (i + start - resampler.toInput(first)) / rateHz,
      );
      const outputs = resample(ramp, resampler);
      expect(largestError(outputs, (t) => t)).toBeLessThan(1e-4);
    }),
  );
});

test("saved and loaded anywhere, it goes on as if nothing had been", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 50, max: 1000, noNaN: true }),
      fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 200 }),
      fc.nat(200),
      (rateHz, samples, cut) => {
        const whole = resample(samples, new Resampler(rateHz));
        const first = new Resampler(rateHz);
        const before = resample(samples.slice(0, cut), first);
        const writer = new StateWriter();
        writer.part(first);
        const second = new Resampler(rateHz);
        const reader = new StateReader(writer.bytes());
        reader.part(second);
        reader.done();
        expect([...before, ...resample(samples.slice(cut), second)]).toEqual(whole);
      },
    ),
  );
});

test.each([0, -360, Number.NaN, Number.POSITIVE_INFINITY])("a rate of %d Hz is refused", (rateHz) => {
  expect(() => new Resampler(rateHz)).toThrow(expect.objectContaining({ code: "BAD_ARGUMENT" }));
});
