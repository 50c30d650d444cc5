import { describe, expect, it } from "vitest";
import { conditionsOf, kinds, SINUS } from "../../../../testing/signal/scripted-conditions.ts";
import type { Stretch } from "../../../../testing/signal/scripted-events.ts";

const conditions = conditionsOf("asystole", "pause", "extreme-bradycardia", "extreme-tachycardia", "tachycardia");

describe("extreme rates", () => {
  it.each([20, 30, 38])("extreme bradycardia of %i begins with the fifth beat at the latest, and ends", (bpm) => {
    const { told, startsS } = conditions([SINUS, { bpm, beats: 12 }, SINUS]);
    const extreme = told.filter(({ kind }) => kind === "extreme-bradycardia");
    expect(extreme).toHaveLength(1);
    expect(extreme[0].beganS - startsS[1]).toBeLessThanOrEqual((4 * 60) / bpm + 0.5);
    expect(extreme[0].endedS - startsS[2]).toBeLessThanOrEqual(5);
  });

  it("is not bradycardia of 42, nor a pause in a usual rhythm, nor one that ends a slow one", () => {
    const pause: Stretch[] = [
      { bpm: 70, beats: 10 },
      { bpm: 16, beats: 1 },
    ];
    for (const stretches of [[{ bpm: 42, beats: 30 }], [...pause, ...pause]]) {
      expect(kinds(conditions([SINUS, ...stretches, SINUS]).told)).not.toContain("extreme-bradycardia");
    }
  });

  it.each([146, 180, 220])("extreme tachycardia of %i takes tachycardia's place with the twelfth beat", (bpm) => {
    const { told, startsS } = conditions([SINUS, { bpm, beats: 60 }, SINUS]);
    expect(kinds(told)).toEqual(["tachycardia", "extreme-tachycardia"]);
    expect(told[0].endedS).toBe(told[1].beganS);
    expect(told[1].beganS - startsS[1]).toBeLessThanOrEqual((13 * 60) / bpm + 0.5);
    expect(told[1].begin.beatSamples).toHaveLength(12);
    expect(told[1].endedS - startsS[2]).toBeLessThanOrEqual(7);
  });

  it("is not tachycardia of 138", () => {
    expect(kinds(conditions([SINUS, { bpm: 138, beats: 60 }, SINUS]).told)).toEqual(["tachycardia"]);
  });
});

describe("pauses", () => {
  it("begins where the next QRS is overdue and ends with it", () => {
    const { told, startsS } = conditions([SINUS, { bpm: 20, beats: 1 }, SINUS]);
    expect(kinds(told)).toEqual(["pause"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(0.3);
  });

  it("is part of asystole where it lasts, and nothing beside it", () => {
    const { told } = conditions([SINUS, { silent: 9 }, SINUS]);
    expect(kinds(told)).toEqual(["pause", "asystole"]);
    expect(told[0].endedS).toBe(told[1].beganS);
  });

  it("is no interval of 2.4 s, and none in noise", () => {
    expect(conditions([SINUS, { bpm: 25, beats: 1 }, SINUS]).told).toEqual([]);
    expect(conditions([SINUS, { silent: 3, state: "noisy" }, SINUS]).told).toEqual([]);
  });
});
