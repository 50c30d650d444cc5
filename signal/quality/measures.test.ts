import { expect, test } from "vitest";
import { bumpEcg, regularBeats, whiteNoise } from "../../testing/signal/bump-ecg.ts";
import { listen } from "../../testing/signal/listen.ts";
import { NOISE_MEASURES } from "./measures.ts";

const RATE = 250;
const SECONDS = 30;
const ecg = (): Float32Array => bumpEcg(SECONDS, RATE, regularBeats(SECONDS, 0.8), 0.02);

/** Mean of each measure over beats whose R lies between two times, s. */
function means(samples: Float32Array, from: number, to: number): number[] {
  const beats = listen(samples, RATE).beats.filter(({ sample }) => sample > from * RATE && sample < to * RATE);
  expect(beats.length).toBeGreaterThan(4);
  return NOISE_MEASURES.map((_, i) => beats.reduce((sum, { noise }) => sum + noise[i], 0) / beats.length);
}

test("measures do not depend on the gain", () => {
  const once = means(ecg(), 5, 25);
  const fourfold = ecg().map((value) => value * 4);
  for (const [i, value] of means(fourfold, 5, 25).entries()) expect(Math.abs(value - once[i])).toBeLessThan(0.25);
});

test("each kind of noise moves its measures, in the window first", () => {
  const random = whiteNoise(3);
  const muscle = ecg().map((value) => value + 0.15 * random());
  const breathing = ecg().map((value, i) => value + 0.6 * Math.sin((2 * Math.PI * 0.3 * i) / RATE));
  const at = (name: string): number => NOISE_MEASURES.indexOf(name);
  const [clean, even, slow] = [ecg(), muscle, breathing].map((samples) => means(samples, 8, 25));
  expect(even[at("evenness, window")]).toBeGreaterThan(clean[at("evenness, window")] + 0.5);
  expect(slow[at("wander, 5 s")]).toBeGreaterThan(clean[at("wander, 5 s")] + 1);

  const burst = ecg();
  for (let i = 14 * RATE; i < 15 * RATE; i++) burst[i] += 0.3 * random();
  const [before, after] = [means(ecg(), 15.8, 20), means(burst, 15.8, 20)];
  expect(after[at("evenness, window")]).toBeCloseTo(before[at("evenness, window")], 1);
  expect(after[at("evenness, 5 s")]).toBeGreaterThan(before[at("evenness, 5 s")] + 0.2);
});

test("a beat at the very beginning has finite measures", () => {
  const [first] = listen(ecg(), RATE).beats;
  expect(first.noise).toHaveLength(NOISE_MEASURES.length);
  expect([...first.noise].every(Number.isFinite)).toBe(true);
});
