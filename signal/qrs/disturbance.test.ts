import { expect, test } from "vitest";
import { CHAIN_RATE_HZ } from "../events.ts";
import { bumpEcg, regularBeats } from "../../testing/signal/bump-ecg.ts";
import { detect } from "../../testing/signal/detect.ts";

const SECONDS = 60;
const BEATS = regularBeats(SECONDS, 0.8);

/** A minute of ECG, disturbed sample by sample (`value` in mV at `at` seconds): beats missed and false ones, s. */
function disturbed(change: (value: number, at: number) => number): { missed: number[]; wrong: number[] } {
  const signal = bumpEcg(SECONDS, CHAIN_RATE_HZ, BEATS).map((value, i) => change(value, i / CHAIN_RATE_HZ));
  const found = timesOf(signal);
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 0.1;
  return {
    missed: BEATS.map(({ atSeconds }) => atSeconds).filter((beat) => !found.some((one) => near(one, beat))),
    wrong: found.filter((one) => !BEATS.some(({ atSeconds }) => near(one, atSeconds))),
  };
}

const timesOf = (signal: Float32Array): number[] => detect(signal).map(({ position }) => position / CHAIN_RATE_HZ);

const between = (at: number, from: number, to: number): boolean => at > from && at < to;

test("ten minutes of asystole with white noise of 0.02 mV hold no beat", () => {
  const beats = regularBeats(20, 0.8);
  const found = timesOf(bumpEcg(620, CHAIN_RATE_HZ, beats, 0.02));
  expect(found).toHaveLength(beats.length);
  expect(found.at(-1)).toBeLessThan(20);
});

test("noise of 0.05 mV on a heart that stands still holds no beat, and the first one behind it is found", () => {
  const beats = [
    ...regularBeats(20, 0.8),
    ...regularBeats(20, 0.8).map((beat) => ({ ...beat, atSeconds: beat.atSeconds + 50 })),
  ];
  const found = timesOf(bumpEcg(70, CHAIN_RATE_HZ, beats, 0.05));
  expect(found.filter((at) => at > 20 && at < 50)).toEqual([]);
  expect(found).toHaveLength(beats.length);
});

test("noise of 0.02 mV alone, from the start on, holds no beat", () => {
  expect(timesOf(bumpEcg(300, CHAIN_RATE_HZ, [], 0.02))).toEqual([]);
});

test.each([
  ["wander of 2 mV", (value: number, at: number) => value + 2 * Math.sin(2 * Math.PI * 0.3 * at)],
  ["mains of 0.3 mV", (value: number, at: number) => value + 0.3 * Math.sin(2 * Math.PI * 50 * at)],
  ["saturation at 0.5 mV", (value: number) => Math.max(-0.5, Math.min(0.5, value))],
])("%s costs no beat and makes none", (_, change) => {
  expect(disturbed(change)).toEqual({ missed: [], wrong: [] });
});

test("an amplitude that falls from 6 to 0.6 mV is learned within five seconds, never silent for three", () => {
  const { missed, wrong } = disturbed((value, at) => (between(at, 20.3, 40.3) ? 0.5 * value : 5 * value));
  for (const time of missed) expect(between(time, 20.3, 25.3)).toBe(true);
  const found = BEATS.map(({ atSeconds }) => atSeconds).filter((time) => !missed.includes(time));
  expect(Math.max(...found.slice(1).map((time, i) => time - found[i]))).toBeLessThan(3);
  expect(wrong).toEqual([]);
});

test("a baseline step of 5 mV costs at most the beat it falls on, and is at most one itself", () => {
  const { missed, wrong } = disturbed((value, at) => (at > 20.3 ? value + 5 : value));
  for (const time of [...missed, ...wrong]) expect(between(time, 20, 21)).toBe(true);
  expect(missed.length).toBeLessThanOrEqual(1);
  expect(wrong.length).toBeLessThanOrEqual(1);
});

test.each([0, 5])(
  "a lead that is off at %d mV for ten seconds holds no beat, and the next is found at once",
  (level) => {
    const { missed, wrong } = disturbed((value, at) => (between(at, 20.1, 30.1) ? level : value));
    expect(missed).toEqual(BEATS.map(({ atSeconds }) => atSeconds).filter((time) => between(time, 20.1, 30.1)));
    for (const time of wrong) expect(Math.min(Math.abs(time - 20.1), Math.abs(time - 30.1))).toBeLessThan(0.15);
  },
);

test("a spike of 50 mV deafens it for no beat", () => {
  const { missed } = disturbed((value, at) => (between(at, 20.05, 20.1) ? 50 : value));
  expect(missed).toEqual([]);
});
