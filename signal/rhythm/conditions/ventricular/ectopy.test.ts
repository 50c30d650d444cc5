import { describe, expect, it } from "vitest";
import { conditionsOf, kinds, SINUS } from "../../../../testing/signal/scripted-conditions.ts";
import type { Stretch } from "../../../../testing/signal/scripted-events.ts";

const conditions = conditionsOf(
  "couplet",
  "bigeminy",
  "trigeminy",
  "frequent-pvcs",
  "ventricular-rhythm",
  "ventricular-run",
  "ventricular-tachycardia",
  "r-on-t",
);

const usual = (beats: number): Stretch => ({ bpm: 75, beats });
/** Early ventricular beats, each with its pause behind it. */
const early = (beats = 1): Stretch => ({ bpm: 60, beats, beatClass: "V" });
const times = (count: number, ...stretches: Stretch[]): Stretch[] =>
  Array.from({ length: count }, () => stretches).flat();

describe("ventricular beats", () => {
  it("two in a row are a couplet, which is over in seconds; one or three are none", () => {
    const { told, startsS } = conditions([SINUS, early(2), SINUS]);
    expect(kinds(told)).toEqual(["couplet"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].endedS - told[0].beganS).toBeCloseTo(5, 0);
    expect(conditions([SINUS, early(1), SINUS, early(3), SINUS]).told).toEqual([]);
    expect(conditions([SINUS, { ...early(2), quality: 0.1 }, SINUS]).told).toEqual([]);
  });

  it.each([
    ["bigeminy", 1],
    ["trigeminy", 2],
  ] as const)("%s begins with the third cycle and ends where two are left out", (kind, between) => {
    const cycles = times(3, usual(between), early());
    expect(conditions([SINUS, ...cycles.slice(0, 4), SINUS]).told).toEqual([]);
    const { told, startsS } = conditions([SINUS, ...cycles, ...cycles, SINUS]);
    expect(kinds(told)).toContain(kind);
    const found = told.filter((one) => one.kind === kind);
    expect(found).toHaveLength(1);
    expect(found[0].onsetS).toBeCloseTo(startsS[2], 2);
    expect(found[0].endedS - (startsS.at(-1) ?? 0)).toBeLessThanOrEqual(7);
  });

  it("are frequent where there are more than the limit in a minute, those of runs not counted", () => {
    const often = conditions([SINUS, ...times(11, usual(4), early()), SINUS, SINUS, SINUS, SINUS]).told;
    expect(kinds(often)).toEqual(["frequent-pvcs"]);
    expect(often[0].endedS).toBeGreaterThan(often[0].beganS + 10);
    expect(conditions([SINUS, ...times(10, usual(5), early()), SINUS]).told).toEqual([]);
    expect(conditions([SINUS, ...times(4, usual(6), early(4)), SINUS]).told).toEqual([]);
  });

  it("fifteen in a row below a tachycardia's rate are a ventricular rhythm", () => {
    const slow = (beats: number): Stretch => ({ bpm: 80, beats, beatClass: "V" });
    const { told, startsS } = conditions([SINUS, slow(20), SINUS]);
    expect(kinds(told)).toEqual(["ventricular-rhythm"]);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(4);
    expect(conditions([SINUS, slow(14), SINUS]).told).toEqual([]);
    expect(kinds(conditions([SINUS, { ...slow(30), bpm: 140 }, SINUS]).told)).not.toContain("ventricular-rhythm");
  });

  it("that come within the QT interval are R-on-T", () => {
    const close = (bpm: number): Stretch[] => [SINUS, { bpm, beats: 1 }, early(), SINUS];
    const { told } = conditions(close(60 / 0.33));
    expect(kinds(told)).toEqual(["r-on-t"]);
    expect(told[0].endedS - told[0].beganS).toBeLessThanOrEqual(6);
    expect(conditions(close(60 / 0.45)).told).toEqual([]);
  });
});
