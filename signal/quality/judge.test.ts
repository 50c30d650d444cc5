import { describe, expect, test } from "vitest";
import type { QualityEvent } from "../events.ts";
import { type Beat, bumpEcg, regularBeats, whiteNoise, WIDE } from "../../testing/signal/bump-ecg.ts";
import { listen } from "../../testing/signal/listen.ts";

const RATE = 360;
const SECONDS = 40;
const clean = (): Float32Array => bumpEcg(SECONDS, RATE, regularBeats(SECONDS, 0.8));

/** Seconds judged from `from` to `to`, s. */
function between(samples: Float32Array, from: number, to: number): QualityEvent[] {
  const seconds = listen(samples, RATE).quality.filter(({ sample }) => sample > from * RATE && sample <= to * RATE);
  expect(seconds.length).toBeGreaterThan(2);
  return seconds;
}

describe.each<[string, Beat[]]>([
  ["bigeminy", regularBeats(SECONDS, 0.7).map((beat, i) => (i % 2 ? { ...beat, waves: WIDE } : beat))],
  ["ventricular tachycardia", regularBeats(SECONDS, 0.37).map((beat) => ({ ...beat, waves: WIDE }))],
  [
    "an irregular rhythm",
    regularBeats(SECONDS, 0.8).map(({ atSeconds }, i) => ({ atSeconds: atSeconds + ((i * 37) % 11) / 30 })),
  ],
  ["bradycardia", regularBeats(SECONDS, 1.7)],
])("%s", (_, beats) => {
  test("is no noise", () => {
    for (const { state } of between(bumpEcg(SECONDS, RATE, beats), 3, SECONDS)) expect(state).toBe("good");
  });
});

test("a pause after beats is no noise, however small the noise in it looms", () => {
  const paused = bumpEcg(SECONDS, RATE, regularBeats(20, 0.8), 0.02);
  for (const { state } of between(paused, 24, SECONDS)) expect(state).toBe("good");
});

test.each([
  [
    "white noise",
    (samples: Float32Array) => {
      const random = whiteNoise(3);
      for (let i = 20 * RATE; i < 30 * RATE; i++) samples[i] += 0.4 * random();
    },
  ],
  [
    "motion of an electrode",
    (samples: Float32Array) => {
      const random = whiteNoise(4);
      let level = 0;
      for (let i = 20 * RATE; i < 30 * RATE; i++) {
        level += -0.02 * level + 0.15 * random();
        samples[i] += level;
      }
    },
  ],
])("%s is noise, and good again within 3 s of its end", (_, disturb) => {
  const samples = clean();
  disturb(samples);
  for (const { state, signalQuality } of between(samples, 22, 30)) {
    expect(state).toBe("noisy");
    expect(signalQuality).toBeLessThan(0.3);
  }
  for (const { state } of between(samples, 33, SECONDS)) expect(state).toBe("good");
  const { beats } = listen(samples, RATE);
  const qualities = (from: number, to: number): number[] =>
    beats.filter(({ sample }) => sample > from * RATE && sample < to * RATE).map(({ signalQuality }) => signalQuality);
  expect(Math.max(...qualities(22, 28))).toBeLessThan(Math.min(...qualities(5, 18)));
});

test.each([
  ["flat", 0],
  ["on the rail", 5.115],
  ["on the lower rail", -5.12],
])("a lead that is %s is off after 2 s at most, and on again after 2 s", (_, level) => {
  const samples = clean();
  samples.fill(level, 20 * RATE, 30 * RATE);
  for (const { state, signalQuality } of between(samples, 22, 30)) {
    expect(state).toBe("lead-off");
    expect(signalQuality).toBe(0);
  }
  for (const { state } of between(samples, 34, SECONDS)) expect(state).toBe("good");
});

test("a lead that sticks to the rail most of the time is off", () => {
  const samples = clean();
  for (let i = 20 * RATE; i < 30 * RATE; i++) samples[i] = i % RATE < 0.85 * RATE ? 5.115 : 0;
  for (const { state } of between(samples, 22, 30)) expect(state).toBe("lead-off");
});

test("an electrode's steady offset does not matter; one beyond all electrodes is a lead that is off", () => {
  const offset = (millivolts: number): Float32Array => clean().map((value) => value + millivolts);
  for (const { state } of between(offset(250), 3, SECONDS)) expect(state).toBe("good");
  for (const { state } of between(offset(-900), 3, SECONDS)) expect(state).toBe("lead-off");
});
