import { expect, test } from "vitest";
import { type Beat, bumpEcg, NARROW, regularBeats, type Wave, WIDE } from "../../testing/signal/bump-ecg.ts";
import { listen } from "../../testing/signal/listen.ts";

const RATE = 250;
const SECONDS = 120;
const AT = 60;
const beats = regularBeats(SECONDS, 0.8);

/** An ECG whose samples are multiplied by what `gain` says for their time, s. */
function gained(gain: (seconds: number) => number, of: readonly Beat[] = beats, seconds = SECONDS): Float32Array {
  return bumpEcg(seconds, RATE, of, 0.005).map((mV, i) => mV * gain(i / RATE));
}

/** Stretches in which the calibration is suspect, s. */
function suspected(samples: Float32Array): { readonly from: number; readonly to: number }[] {
  const spans: { from: number; to: number }[] = [];
  let was = false;
  for (const { sample, isSuspect } of listen(samples, RATE).quality) {
    if (isSuspect && !was) spans.push({ from: sample / RATE, to: Infinity });
    if (!isSuspect && was) spans[spans.length - 1] = { from: spans[spans.length - 1].from, to: sample / RATE };
    was = isSuspect;
  }
  return spans;
}

test.each([
  ["a gain of 2.5", 2.5],
  ["a gain of 0.35", 0.35],
  ["polarity turned over", -1],
  ["polarity turned over, and half the gain", -0.5],
])("%s is found within 15 s, and stands", (_, factor) => {
  const [span, ...others] = suspected(gained((at) => (at < AT ? 1 : factor)));
  expect(others).toEqual([]);
  expect(span.from).toBeGreaterThan(AT);
  expect(span.from).toBeLessThan(AT + 15);
  expect(span.to).toBe(Infinity);
});

test("it is over when the calibration is as before again", () => {
  const [span, ...others] = suspected(gained((at) => (at >= AT && at < AT + 25 ? 2.5 : 1)));
  expect(others).toEqual([]);
  expect(span.to).toBeGreaterThan(AT + 25);
  expect(span.to).toBeLessThan(AT + 40);
});

test("what has stood for ten minutes is the calibration that changes are measured by", () => {
  const seconds = 800;
  const samples = gained((at) => (at >= AT && at < 730 ? -1 : 1), regularBeats(seconds, 0.8), seconds);
  const spans = suspected(samples);
  expect(spans).toHaveLength(2);
  expect(spans[0].to - spans[0].from).toBeCloseTo(600, -1);
  expect(spans[1].from).toBeGreaterThan(730);
});

test("ventricular beats between the others hide it for no longer than they are many", () => {
  const bigeminy = beats.map((beat, i): Beat => (i % 2 ? { ...beat, waves: WIDE } : beat));
  const [span] = suspected(gained((at) => (at < AT ? 1 : 0.35), bigeminy));
  expect(span.from).toBeLessThan(AT + 20);
});

const scaled = (by: number): Wave[] => NARROW.map(([height, at, width]) => [height * by, at, width]);
/** A bundle branch block: another wave behind R. */
const BLOCK: readonly Wave[] = [...NARROW, [1.3, 0.06, 0.02], [-0.9, 0.28, 0.05]];
const from = (waves: readonly Wave[], rr = 0.8): Beat[] => [
  ...beats.filter(({ atSeconds }) => atSeconds < AT),
  ...regularBeats(SECONDS - AT, rr).map(({ atSeconds }) => ({ atSeconds: AT + atSeconds, waves })),
];

test.each<[string, Float32Array]>([
  ["what drifts, to a third within half a minute", gained((at) => 3 ** -Math.min(1, Math.max(0, (at - 50) / 30)))],
  ["breathing", gained((at) => 1 + 0.35 * Math.sin((2 * Math.PI * at) / 4))],
  ["a gain of 1.6", gained((at) => (at < AT ? 1 : 1.6))],
  ["a rhythm of ventricular beats, upright or not", gained(() => 1, from(WIDE.map(([h, at, w]) => [-2 * h, at, w])))],
  ["a bundle branch block", gained(() => 1, from(BLOCK))],
  ["a tachycardia whose QRS are larger", gained(() => 1, from(scaled(2.5), 0.4))],
  ["what comes behind a lead that was off", gained((at) => (at < AT ? 1 : at < AT + 4 ? 0 : 2.5))],
  [
    "an asystole, flat but for a little noise",
    gained(
      () => 1,
      beats.filter(({ atSeconds }) => atSeconds < AT),
    ),
  ],
])("%s is not", (_, samples) => {
  expect(suspected(samples)).toEqual([]);
});

test("a QRS that no electrode has is suspect as soon as it is known", () => {
  const [span] = suspected(gained(() => 10));
  expect(span.from).toBeLessThan(20);
  expect(span.to).toBe(Infinity);
});

test("samples that are missing for a moment neither end nor hide it", () => {
  const samples = gained((at) => (at < AT ? 1 : 2.5));
  for (const at of [58, 62, 80]) samples.fill(Number.NaN, at * RATE, (at + 1) * RATE);
  const [span, ...others] = suspected(samples);
  expect([span.to, others.length]).toEqual([Infinity, 0]);
  expect(span.from).toBeLessThan(AT + 15);
});
