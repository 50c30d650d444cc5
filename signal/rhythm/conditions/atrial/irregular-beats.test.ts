import { describe, expect, it } from "vitest";
import { conditionsOf, kinds, SINUS } from "../../../../testing/signal/scripted-conditions.ts";
import type { Stretch } from "../../../../testing/signal/scripted-events.ts";

const conditions = conditionsOf(
  "supraventricular-tachycardia",
  "missed-beat",
  "irregular-rhythm",
  "atrial-fibrillation",
  "pause",
);

describe("supraventricular tachycardia", () => {
  it.each(["N", "S"] as const)("is fast all at once and ends where it is slow again (%s)", (beatClass) => {
    const { told, startsS } = conditions([SINUS, { bpm: 160, beats: 12, beatClass }, SINUS]);
    expect(kinds(told)).toEqual(["supraventricular-tachycardia"]);
    expect(told[0].onsetS - startsS[1]).toBeLessThanOrEqual(0.5);
    expect(told[0].beganS - startsS[1]).toBeLessThanOrEqual(5);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(5);
  });

  it("is no rate that rises step by step, no few beats, and no ventricular ones", () => {
    const rising = [80, 90, 100, 110, 120, 130, 140, 148].map((bpm): Stretch => ({ bpm, beats: 8 }));
    expect(conditions([SINUS, ...rising, { bpm: 152, beats: 10 }, SINUS]).told).toEqual([]);
    expect(conditions([SINUS, { bpm: 160, beats: 4 }, SINUS]).told).toEqual([]);
    expect(conditions([SINUS, { bpm: 160, beats: 12, beatClass: "V" }, SINUS]).told).toEqual([]);
  });
});

describe("intervals", () => {
  const long = (beatClass: "N" | "S" | "V" = "N"): Stretch[] => [
    { bpm: 75, beats: 12 },
    { bpm: 75 / 2, beats: 1, beatClass },
  ];

  it("one of twice the usual is a missed beat, but behind an early one", () => {
    expect(kinds(conditions([SINUS, ...long(), SINUS]).told)).toEqual(["missed-beat"]);
    expect(conditions([SINUS, ...long("V"), SINUS]).told).toEqual([]);
    expect(conditions([SINUS, ...long("S"), SINUS]).told).toEqual([]);
    expect(kinds(conditions([SINUS, { bpm: 20, beats: 1 }, SINUS]).told)).toEqual(["pause"]);
  });

  it("that change for half a minute are an irregular rhythm, until they are even", () => {
    const uneven = Array.from({ length: 60 }, (_, i): Stretch => ({ bpm: [60, 60, 75, 90][i % 4], beats: 1 }));
    const { told } = conditions([SINUS, ...uneven, SINUS, SINUS]);
    expect(kinds(told)).toEqual(["irregular-rhythm"]);
    expect(told[0].endedS).toBeGreaterThan(told[0].beganS);
    expect(conditions([SINUS, ...uneven.slice(0, 20), SINUS]).told).toEqual([]);
  });
});
