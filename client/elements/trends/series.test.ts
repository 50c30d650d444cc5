import { expect, test } from "vitest";
import type { TrendPoint } from "../../../contracts/history.ts";
import { columnsOf, PANELS, SPANS, stepFor } from "./series.ts";

const point = (timeMs: number, told: Partial<TrendPoint> = {}): TrendPoint => ({
  timeMs,
  signalMs: 10_000,
  heartRateBpm: 70,
  minBpm: 60,
  maxBpm: 90,
  beats: { N: 8, S: 0, V: 2, F: 0, Q: 0 },
  quality: 0.9,
  alarms: { high: 0, medium: 0, low: 0 },
  conditionMs: {},
  ...told,
});

const valuesOf = (title: string, points: readonly TrendPoint[]): (number | null)[][] => {
  const panel = PANELS.find((one) => one.title() === title);
  if (!panel) throw new Error(title);
  return columnsOf(panel, { bed: "b1", stepMs: 10_000, points: [...points] }, 0, 40_000);
};

test("a step without signal is a gap in every line, and no zero", () => {
  const points = [point(0), point(30_000)];
  for (const { title } of PANELS) {
    const [times, ...lines] = valuesOf(title(), points);
    expect(times).toEqual([0, 10, 20, 30]);
    for (const line of lines) expect(line.slice(1, 3)).toEqual([null, null]);
  }
});

test("per minute of signal, not of the clock", () => {
  const [, v] = valuesOf("Ventricular and early beats", [point(0), point(10_000, { signalMs: 5000 })]);
  expect(v.slice(0, 2)).toEqual([12, 24]);
});

test("where no beat was, what is counted of beats is not known", () => {
  const none = { heartRateBpm: null, quality: null, beats: { N: 0, S: 0, V: 0, F: 0, Q: 0 } };
  const [, there, quality, rejected] = valuesOf("Signal and trust", [point(0, none)]);
  expect([there[0], quality[0], rejected[0]]).toEqual([100, null, null]);
});

test("burden of atrial fibrillation is a share of the time with signal", () => {
  const [, burden] = valuesOf("Atrial fibrillation", [
    point(0, { signalMs: 8000, conditionMs: { "atrial-fibrillation": 4000 } }),
    point(10_000),
  ]);
  expect(burden.slice(0, 2)).toEqual([50, 0]);
});

test("of a step with little signal nothing is told that it does not say", () => {
  const fibrillation = (ms: number) => ({ signalMs: 2000, conditionMs: { "atrial-fibrillation": ms } });
  const [, burden] = valuesOf("Atrial fibrillation", [
    point(0, fibrillation(10_000)),
    point(10_000, fibrillation(6000)),
  ]);
  expect(burden.slice(0, 2)).toEqual([100, null]);
  const [, v] = valuesOf("Ventricular and early beats", [point(0, { signalMs: 4000 })]);
  expect(v[0]).toBeNull();
});

test("every span has no more points than there is room for, and no step shorter than what is kept", () => {
  for (const { ms } of SPANS) {
    expect(ms / stepFor(ms)).toBeLessThanOrEqual(400);
    expect(stepFor(ms)).toBeGreaterThanOrEqual(10_000);
  }
});
