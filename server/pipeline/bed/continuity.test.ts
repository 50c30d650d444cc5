import fc from "fast-check";
import { expect, test } from "vitest";
import type { Frame } from "../../../contracts/frame.ts";
import { Continuity, type ContinuityEvent } from "./continuity.ts";

/** Frames of 10 samples whose values are their own indices. */
function frames(count: number): Frame[] {
  return Array.from({ length: count }, (_, sequence) => ({
    bed: "b1",
    epoch: "e",
    epochStartMs: 0,
    sequence,
    firstSample: sequence * 10,
    producedAtMs: 0,
    samplingRateHz: 100,
    leads: [
      {
        name: "II",
        gainAduPerMv: 200,
        baselineAdu: 0,
        unit: "mV",
        samples: Int16Array.from({ length: 10 }, (__, i) => sequence * 10 + i),
      },
    ],
    last: sequence === count - 1,
    source: "test",
  }));
}

function play(order: readonly Frame[]): ContinuityEvent[] {
  const events: ContinuityEvent[] = [];
  const continuity = new Continuity(0);
  for (const frame of order) continuity.push(frame, (event) => events.push(event));
  continuity.flush((event) => events.push(event));
  return events;
}

/** The signal as it comes out, null where samples are missing. */
function signal(events: readonly ContinuityEvent[]): (number | null)[] {
  return events.flatMap((event) => {
    if (event.type === "missing") return Array.from({ length: event.count }, () => null);
    if (event.type === "discarded") return [];
    return [...event.frame.leads[0].samples.subarray(event.from)];
  });
}

test("frames in order pass through", () => {
  expect(signal(play(frames(5)))).toEqual(Array.from({ length: 50 }, (_, i) => i));
});

test("a frame that overtakes its forerunner waits for it", () => {
  const [a, b, c, d] = frames(4);
  const events = play([a, c, b, d]);
  expect(signal(events)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  expect(events.every((event) => event.type === "samples")).toBe(true);
});

test("a missing frame becomes a gap, and coming after all is discarded as late", () => {
  const all = frames(20);
  const order = [...all.slice(0, 3), ...all.slice(4), all[3]];
  const events = play(order);
  expect(signal(events)).toEqual(Array.from({ length: 200 }, (_, i) => (i >= 30 && i < 40 ? null : i)));
  expect(events.at(-1)).toMatchObject({ type: "discarded", reason: "late" });
});

test("a frame sent twice is discarded as duplicate", () => {
  const [a, b, c] = frames(3);
  expect(play([a, b, b, c]).filter((event) => event.type === "discarded")).toMatchObject([{ reason: "duplicate" }]);
});

test("an overlapping frame gives only its new samples", () => {
  const [a, b] = frames(2);
  const samples = Int16Array.from({ length: 10 }, (_, i) => 5 + i);
  const overlapping: Frame = { ...b, firstSample: 5, leads: [{ ...b.leads[0], samples }] };
  expect(signal(play([a, overlapping]))).toEqual(Array.from({ length: 15 }, (_, i) => i));
});

test("whatever is dropped, doubled and shuffled: each sample once, in its place, or missing", () => {
  const arbitrary = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 80 });
  fc.assert(
    fc.property(arbitrary, (indices) => {
      const all = frames(31);
      const out = signal(play(indices.map((index) => all[index])));
      expect(out.length).toBe((Math.max(...indices) + 1) * 10);
      for (const [i, value] of out.entries()) if (value !== null) expect(value).toBe(i);
    }),
  );
});

test("a frame that is late behind one that never comes is heard: its own second has not passed", () => {
  const all = frames(24);
  const late = all[8];
  const order = all.filter((frame) => frame !== all[5] && frame !== late);
  order.splice(order.indexOf(all[15]) + 1, 0, late);
  const events = play(order);
  expect(events.filter(({ type }) => type === "discarded")).toEqual([]);
  expect(events.filter(({ type }) => type === "missing")).toEqual([{ type: "missing", count: 10 }]);
  expect(signal(events).filter((value) => value !== null)).toHaveLength(230);
});
