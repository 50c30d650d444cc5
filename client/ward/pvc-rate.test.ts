import { expect, test } from "vitest";
import { beatOf } from "../../testing/client/messages.ts";
import type { Beat } from "../../contracts/beat.ts";
import { pvcsPerMinute } from "./pvc-rate.ts";

/** A beat a second from 0 s on. */
const beatsOf = (count: number, change: (at: number) => Partial<Beat> = () => ({})): Beat[] =>
  Array.from({ length: count }, (_, at) => beatOf(at * 250, { timeMs: at * 1000, rrMs: 1000, ...change(at) }));

const everyTenth = (at: number): Partial<Beat> => (at % 10 === 5 ? { beatClass: "V" } : {});

test("ventricular beats of the last minute alone", () => {
  expect(pvcsPerMinute(beatsOf(100, everyTenth), 99_500)).toBe(6);
  expect(pvcsPerMinute(beatsOf(100), 99_500)).toBe(0);
});

test("unknown before a minute was heard, across a gap, and where many beats were rejected", () => {
  expect(pvcsPerMinute(beatsOf(60, everyTenth), 59_500)).toBeNull();
  expect(pvcsPerMinute([], 1)).toBeNull();
  const behindGap = (at: number): Partial<Beat> => (at === 70 ? { rrMs: null } : everyTenth(at));
  expect(pvcsPerMinute(beatsOf(100, behindGap), 99_500)).toBeNull();
  const rejected = (share: number) => (at: number) => (at % 100 < share ? { beatClass: "Q" as const } : {});
  expect(pvcsPerMinute(beatsOf(200, rejected(45)), 159_500)).toBeNull();
  expect(pvcsPerMinute(beatsOf(200, rejected(5)), 159_500)).toBe(0);
});
