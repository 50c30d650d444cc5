import fc from "fast-check";
import { expect, test } from "vitest";
import { bandPass, type Biquad, Filter, highPass, lowPass } from "./filters.ts";
import { StateReader, StateWriter } from "./state.ts";

const RATE_HZ = 125;

/** Gain at `hz`, from the transfer function on the unit circle. */
function gain(sections: readonly Biquad[], hz: number): number {
  const w = (2 * Math.PI * hz) / RATE_HZ;
  const magnitude = (c0: number, c1: number, c2: number): number =>
    Math.hypot(c0 + c1 * Math.cos(w) + c2 * Math.cos(2 * w), c1 * Math.sin(w) + c2 * Math.sin(2 * w));
  return sections.reduce(
    (product, { b0, b1, b2, a1, a2 }) => (product * magnitude(b0, b1, b2)) / magnitude(1, a1, a2),
    1,
  );
}

/** |H| of an analogue Butterworth low-pass at the frequency that the bilinear transform maps to `hz`. */
const butterworth = (order: number, cutoffHz: number, hz: number): number =>
  1 / Math.sqrt(1 + (Math.tan((Math.PI * hz) / RATE_HZ) / Math.tan((Math.PI * cutoffHz) / RATE_HZ)) ** (2 * order));

const run = (filter: Filter, samples: ArrayLike<number>): number[] =>
  Array.from(samples, (sample) => filter.push(sample));

test("low- and high-passes have Butterworth's magnitude at every frequency", () => {
  for (const order of [2, 4, 6]) {
    for (const cutoffHz of [0.5, 7, 18, 35]) {
      for (const hz of [0.1, 0.5, 1, 5, 10, 20, 35, 50, 62]) {
        const low = butterworth(order, cutoffHz, hz);
        expect(gain(lowPass(order, cutoffHz, RATE_HZ), hz)).toBeCloseTo(low, 8);
        expect(gain(highPass(order, cutoffHz, RATE_HZ), hz)).toBeCloseTo(Math.sqrt(1 - low * low), 6);
      }
    }
  }
});

test("coefficients agree with scipy.signal.butter(2, 20, fs=125) and (2, 5, 'high', fs=125)", () => {
  // python -c "import scipy.signal as s; print(s.butter(2, 20, fs=125), s.butter(2, 5, 'high', fs=125))", scipy 1.17.1
  const [low] = lowPass(2, 20, RATE_HZ);
  expect([low.b0, low.b1, low.b2, low.a1, low.a2].map((c) => c.toFixed(6))).toEqual([
    "0.145324",
    "0.290648",
    "0.145324",
    "-0.671029",
    "0.252325",
  ]);
  const [high] = highPass(2, 5, RATE_HZ);
  expect([high.b0, high.b1, high.b2, high.a1, high.a2].map((c) => c.toFixed(6))).toEqual([
    "0.837089",
    "-1.674178",
    "0.837089",
    "-1.647460",
    "0.700897",
  ]);
});

test("a sine comes out with the gain of its frequency", () => {
  const sections = bandPass(2, 0.5, 35, RATE_HZ);
  for (const hz of [0.2, 2, 10, 40]) {
    const sine = Float64Array.from({ length: 60 * RATE_HZ }, (_, i) => Math.sin((2 * Math.PI * hz * i) / RATE_HZ));
    const settled = run(new Filter(sections), sine).slice(20 * RATE_HZ);
    const rms = Math.sqrt(settled.reduce((sum, value) => sum + value * value, 0) / settled.length);
    expect(rms * Math.SQRT2).toBeCloseTo(gain(sections, hz), 3);
  }
});

test("the first sample makes no step, neither at the start nor behind a reset", () => {
  const band = new Filter(bandPass(2, 0.5, 35, RATE_HZ));
  for (const level of [5, -3]) {
    for (const value of run(band, new Float64Array(1000).fill(level))) expect(value).toBeCloseTo(0, 9);
    band.reset();
  }
  const low = new Filter(lowPass(4, 35, RATE_HZ));
  for (const value of run(low, new Float64Array(1000).fill(5))) expect(value).toBeCloseTo(5, 9);
});

test("it is causal: a later sample changes nothing before it", () => {
  const sections = bandPass(2, 7, 18, RATE_HZ);
  const quiet = new Float64Array(100);
  const struck = quiet.slice();
  struck[60] = 1;
  const [before, behind] = [run(new Filter(sections), quiet), run(new Filter(sections), struck)];
  expect(behind.slice(0, 60)).toEqual(before.slice(0, 60));
  expect(behind[60]).not.toBe(before[60]);
});

test("saved and loaded anywhere, it goes on as if nothing had been", () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { maxLength: 100 }),
      fc.nat(100),
      (samples, cut) => {
        const sections = bandPass(4, 0.5, 35, RATE_HZ);
        const whole = run(new Filter(sections), samples);
        const first = new Filter(sections);
        const before = run(first, samples.slice(0, cut));
        const writer = new StateWriter();
        writer.part(first);
        const second = new Filter(sections);
        const reader = new StateReader(writer.bytes());
        reader.part(second);
        reader.done();
        expect([...before, ...run(second, samples.slice(cut))]).toEqual(whole);
      },
    ),
  );
});

test("the state of another filter is refused", () => {
  const writer = new StateWriter();
  writer.part(new Filter(lowPass(4, 35, RATE_HZ)));
  const other = new Filter(lowPass(2, 35, RATE_HZ));
  expect(() => new StateReader(writer.bytes()).part(other)).toThrow(expect.objectContaining({ code: "BAD_SNAPSHOT" }));
});

test("odd orders and cut-offs outside of 0 to half the rate are refused", () => {
  const refused = expect.objectContaining({ code: "BAD_ARGUMENT" });
  for (const order of [0, 1, 3, 2.5]) expect(() => lowPass(order, 10, RATE_HZ)).toThrow(refused);
  for (const cutoffHz of [0, -1, 62.5, 100, Number.NaN]) expect(() => highPass(2, cutoffHz, RATE_HZ)).toThrow(refused);
});
