import fc from "fast-check";
import { expect, test } from "vitest";
import { CHAIN_RATE_HZ } from "../events.ts";
import { StateReader, StateWriter } from "../state.ts";
import { detect } from "../../testing/signal/detect.ts";
import { QrsDetector } from "./detector.ts";

/** QRS-like bumps of `heightMv` at each time, s, with a T wave and a little noise; `seconds` long. */
function ecg(
  seconds: number,
  times: readonly number[],
  heightMv: number | ((time: number) => number) = 1,
): Float64Array {
  const bump = (at: number, centre: number, width: number): number => Math.exp(-(((at - centre) / width) ** 2) / 2);
  return Float64Array.from({ length: seconds * CHAIN_RATE_HZ }, (_, i) => {
    const at = i / CHAIN_RATE_HZ;
    let value = 0.005 * Math.sin(i * 12.9898) * Math.cos(i * 78.233);
    for (const time of times) {
      if (Math.abs(at - time) > 1) continue;
      const height = typeof heightMv === "number" ? heightMv : heightMv(time);
      value +=
        height * (bump(at, time, 0.012) - 0.2 * bump(at, time + 0.035, 0.012) + 0.3 * bump(at, time + 0.26, 0.05));
    }
    return value;
  });
}

const every = (step: number, from: number, to: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) }, (_, i) => from + (i + 1) * step);

/** Detections without a beat within 50 ms, and beats without a detection. */
function errors(signal: Float64Array, times: readonly number[]): { missed: number[]; wrong: number[] } {
  const found = detect(signal).map(({ position }) => position / CHAIN_RATE_HZ);
  const near = (a: number, list: readonly number[]): boolean => list.some((b) => Math.abs(a - b) < 0.05);
  return {
    missed: times.filter((time) => time < signal.length / CHAIN_RATE_HZ - 0.5 && !near(time, found)),
    wrong: found.filter((time) => !near(time, times)),
  };
}

test.each([40, 75, 180])("finds each beat once, at its R peak, at %i/min", (bpm) => {
  const times = every(60 / bpm, 0.5, 60);
  expect(errors(ecg(60, times), times)).toEqual({ missed: [], wrong: [] });
});

test("an inverted QRS and one of a fifth of a millivolt are beats too", () => {
  const times = every(0.8, 0.5, 30);
  for (const height of [-1, 0.2]) expect(errors(ecg(30, times, height), times)).toEqual({ missed: [], wrong: [] });
});

test("nothing is found where the heart stands still, and the first beat behind it is", () => {
  const times = [...every(0.8, 0.5, 20), ...every(0.8, 40, 60)];
  expect(errors(ecg(60, times), times)).toEqual({ missed: [], wrong: [] });
});

test("a beat of a quarter of the others' height is found by search-back, and said to be late", () => {
  const times = every(0.8, 0.5, 30);
  const small = times[20];
  const found = detect(ecg(30, times, (time) => (time === small ? 0.22 : 1)));
  const late = found.filter(({ late: isLate }) => isLate);
  expect(late).toHaveLength(1);
  expect(late[0].position / CHAIN_RATE_HZ).toBeCloseTo(small, 1);
});

test("hears again after twenty seconds of loud noise, within three", () => {
  const times = every(0.8, 0.5, 60);
  const signal = ecg(60, times).map((value, i) => {
    const at = i / CHAIN_RATE_HZ;
    return at > 20 && at < 40 ? value + 8 * Math.sin(i * i) : value;
  });
  const found = detect(signal).map(({ position }) => position / CHAIN_RATE_HZ);
  const behind = times.filter((time) => time > 43 && time < 59);
  expect(behind.filter((time) => !found.some((one) => Math.abs(one - time) < 0.05))).toEqual([]);
});

test("saved and loaded anywhere, it goes on as if nothing had been", () => {
  const times = every(0.7, 0.5, 12);
  const signal = ecg(12, times, (time) => 0.3 + (time % 1));
  const whole = detect(signal);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: signal.length }), (cut) => {
      const first = new QrsDetector();
      const before = detect(signal.subarray(0, cut), first);
      const writer = new StateWriter();
      writer.part(first);
      const second = new QrsDetector();
      new StateReader(writer.bytes()).part(second);
      expect([...before, ...detect(signal.subarray(cut), second)]).toEqual(whole);
    }),
    { numRuns: 40 },
  );
});

test("a state whose arrays are of another length is refused", () => {
  const writer = new StateWriter();
  writer.part(new QrsDetector());
  const bytes = writer.bytes();
  const shorter = bytes.slice(0, -8);
  expect(() => new StateReader(shorter).part(new QrsDetector())).toThrow(
    expect.objectContaining({ code: "BAD_SNAPSHOT" }),
  );
});
