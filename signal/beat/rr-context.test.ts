import { expect, test } from "vitest";
import { whiteNoise } from "../../testing/signal/bump-ecg.ts";
import { StateReader, StateWriter } from "../state.ts";
import { RrContext } from "./rr-context.ts";

/** `count` beats of a steady rhythm. */
function steady(count: number, seconds: number): RrContext {
  const context = new RrContext();
  for (let i = 0; i < count; i++) context.add(seconds, seconds);
  return context;
}

test("in a steady rhythm all ratios are 0", () => {
  const features = steady(50, 0.8).add(0.8, 0.8);
  expect(features).toMatchObject({ rrKnown: true, previousKnown: true, nextKnown: true });
  const { rr10, rr80, rr400, next10, next80, next400, previous80, rrToPrevious, rrToNext } = features;
  for (const value of [rr10, rr80, rr400, next10, next80, next400, previous80, rrToPrevious, rrToNext]) {
    expect(value).toBeCloseTo(0, 12);
  }
  expect(features.irregularity20 + features.irregularity80 + features.irregularityMedian).toBeCloseTo(0, 12);
});

test("a premature beat stands out by the logarithm of its ratio, and does not blur its own mean", () => {
  const features = steady(500, 0.8).add(0.4, 1.2);
  expect(features.rr10).toBeCloseTo(Math.log(0.5), 10);
  expect(features.rr400).toBeCloseTo(Math.log(0.5), 10);
  expect(features.next80).toBeCloseTo(Math.log(1.5), 10);
  expect(features.rrToPrevious).toBeCloseTo(Math.log(0.5), 10);
  expect(features.rrToNext).toBeCloseTo(Math.log(0.4 / 1.2), 10);
});

test("means reach back 10, 80 and 400 intervals and no further", () => {
  const context = steady(500, 1);
  for (let i = 0; i < 10; i++) context.add(0.5, 0.5);
  const features = context.add(0.5, 0.5);
  expect(features.rr10).toBeCloseTo(0, 10);
  expect(features.rr80).toBeCloseTo(Math.log(0.5 / ((70 + 5) / 80)), 10);
  expect(features.rr400).toBeCloseTo(Math.log(0.5 / ((390 + 5) / 400)), 10);
});

test("what is unknown is 0 and marked so; the first beat has no past", () => {
  const context = new RrContext();
  expect(context.heartRateBpm).toBeNull();
  expect(context.add(Number.NaN, 0.8)).toMatchObject({
    rrKnown: false,
    previousKnown: false,
    nextKnown: true,
    rr10: 0,
    next10: 0,
    rrToNext: 0,
  });
  expect(context.add(0.8, Number.NaN)).toMatchObject({ rrKnown: true, nextKnown: false, rr10: 0, next10: 0 });
});

test("a gap hides the interval before and the heart rate, not the bed's averages", () => {
  const context = steady(50, 0.8);
  expect(context.heartRateBpm).toBeCloseTo(75, 10);
  context.interrupt();
  expect(context.heartRateBpm).toBeNull();
  const first = context.add(Number.NaN, 0.4);
  expect(first.rrKnown).toBe(false);
  expect(first.next80).toBeCloseTo(Math.log(0.5), 10);
  expect(context.add(0.4, 0.8)).toMatchObject({ previousKnown: false, previous80: 0, rrToPrevious: 0 });
  expect(context.heartRateBpm).toBeCloseTo(150, 10);
});

test("irregularity is high in an irregular rhythm, its median low with lone ectopic beats", () => {
  const irregular = new RrContext();
  const ectopic = new RrContext();
  for (let i = 0; i < 100; i++) {
    irregular.add(0.5 + ((i * 37) % 11) / 20, 0.8);
    const place = i % 10;
    ectopic.add(place === 0 ? 0.5 : place === 1 ? 1.1 : 0.8, 0.8);
  }
  const first = irregular.add(0.8, 0.8);
  const second = ectopic.add(0.8, 0.8);
  expect(first.irregularity20).toBeGreaterThan(0.2);
  expect(second.irregularity80).toBeGreaterThan(0.1);
  expect(first.irregularityMedian).toBeGreaterThan(0.15);
  expect(second.irregularityMedian).toBeLessThan(0.02);
});

test("only a rhythm without any pattern is unpredictable", () => {
  const after = (next: (beat: number) => number): number => {
    const context = new RrContext();
    for (let beat = 0; beat < 100; beat++) context.add(next(beat), next(beat + 1));
    return context.add(0.8, 0.8).unpredictability;
  };
  const random = whiteNoise(4);
  const draws = Array.from({ length: 102 }, () => 0.7 * Math.exp(0.2 * random()));
  expect(after(() => 0.8)).toBeCloseTo(0, 12);
  expect(after((beat) => [0.5, 1.1][beat % 2])).toBeCloseTo(0, 12);
  expect(after((beat) => [0.8, 0.5, 1.1][beat % 3])).toBeCloseTo(0, 12);
  expect(after((beat) => draws[beat])).toBeGreaterThan(0.1);
});

test("against the long intervals a usual one is short where pauses are frequent", () => {
  const context = new RrContext();
  for (let beat = 0; beat < 40; beat++) context.add(beat % 4 === 0 ? 1.6 : 0.8, 0.8);
  expect(context.add(0.8, 0.8).rrToLong).toBeCloseTo(Math.log(0.5), 10);
  expect(steady(40, 0.8).add(0.8, 0.8).rrToLong).toBeCloseTo(0, 10);
});

test.each([0, 1, 5, 60, 500])("loaded behind %i beats, with a gap among the last, it goes on as it was", (count) => {
  const random = whiteNoise(9);
  const context = new RrContext();
  for (let i = 0; i < count; i++) {
    if (i === count - 3) context.interrupt();
    const rr = 0.8 + 0.1 * random();
    context.add(rr, rr);
  }
  const to = new StateWriter();
  context.save(to);
  const copy = new RrContext();
  copy.load(new StateReader(to.bytes()));
  for (let i = 0; i < 90; i++) {
    const rr = 0.8 + 0.1 * random();
    expect(copy.heartRateBpm).toBe(context.heartRateBpm);
    expect(copy.add(rr, rr)).toEqual(context.add(rr, rr));
  }
});
