import { describe, expect, it } from "vitest";
import { conditionsOf, kinds, SINUS } from "../../../../testing/signal/scripted-conditions.ts";
import type { Stretch } from "../../../../testing/signal/scripted-events.ts";

const conditions = conditionsOf("ventricular-run", "ventricular-tachycardia", "tachycardia");

describe("ventricular rhythms", () => {
  const ventricular = (beats: number, bpm = 160): Stretch => ({ bpm, beats, beatClass: "V" });

  it.each([3, 4])("calls %i beats in a row a run", (beats) => {
    const { told, startsS } = conditions([SINUS, ventricular(beats), SINUS]);
    expect(kinds(told)).toEqual(["ventricular-run"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].beganS - startsS[1]).toBeLessThan(5);
    expect(told[0].endedS - startsS[2]).toBeLessThan(5);
    expect(told[0].begin.beatSamples).toHaveLength(3);
    expect(Math.round(told[0].begin.heartRateBpm ?? 0)).toBe(160);
  });

  it("calls 5 beats in a row tachycardia, which takes the run's place", () => {
    const { told, startsS } = conditions([SINUS, ventricular(12), SINUS]);
    expect(kinds(told)).toEqual(["ventricular-run", "ventricular-tachycardia"]);
    const [run, tachycardia] = told;
    expect(run.endedS).toBe(tachycardia.beganS);
    expect(tachycardia.onsetS).toBeCloseTo(startsS[1], 2);
    expect(tachycardia.beganS - startsS[1]).toBeLessThan(5);
    expect(tachycardia.begin.beatSamples).toHaveLength(5);
    expect(tachycardia.endedS - startsS[2]).toBeLessThan(5);
  });

  it("needs 100 beats a minute", () => {
    expect(kinds(conditions([SINUS, ventricular(12, 95), SINUS]).told)).toEqual([]);
    expect(kinds(conditions([SINUS, ventricular(12, 101), SINUS]).told)).toContain("ventricular-tachycardia");
  });

  it("does not count an interval across fibrillation for a run's rate", () => {
    const heart = [ventricular(3, 118), { silent: 0.6 }, { silent: 3, fibrillation: 1 }, { silent: 2 }];
    const { told } = conditions([...heart, ventricular(3, 220), { silent: 2 }]);
    expect(kinds(told)).toContain("ventricular-run");
    for (const { begin } of told) expect(begin.heartRateBpm).toBeGreaterThanOrEqual(100);
  });

  it("says nothing of couplets, bigeminy, fast normal beats or rejected beats", () => {
    const bigeminy = Array.from({ length: 20 }, (_, index): Stretch =>
      index % 2 ? ventricular(1, 60) : { bpm: 110, beats: 1 },
    );
    expect(conditions([SINUS, ventricular(2), SINUS, ...bigeminy]).told).toEqual([]);
    expect(kinds(conditions([SINUS, { bpm: 160, beats: 30 }]).told)).toEqual(["tachycardia"]);
    expect(conditions([SINUS, { bpm: 110, beats: 30, beatClass: "Q" }, SINUS]).told).toEqual([]);
    expect(conditions([SINUS, { bpm: 110, beats: 30, beatClass: "V", quality: 0.1 }, SINUS]).told).toEqual([]);
  });

  it("goes on through one capture beat and through rejected and fusion beats", () => {
    for (const beatClass of ["N", "Q", "F"] as const) {
      const { told } = conditions([SINUS, ventricular(8), { bpm: 160, beats: 1, beatClass }, ventricular(8), SINUS]);
      expect(kinds(told)).toEqual(["ventricular-run", "ventricular-tachycardia"]);
    }
  });

  it("ends where bigeminy follows, and where it slows down", () => {
    const bigeminy = Array.from({ length: 12 }, (_, index): Stretch =>
      index % 2 ? ventricular(1, 60) : { bpm: 100, beats: 1 },
    );
    for (const after of [bigeminy, [ventricular(20, 80)]]) {
      const { told, startsS } = conditions([SINUS, ventricular(8), ...after]);
      expect(kinds(told)).toEqual(["ventricular-run", "ventricular-tachycardia"]);
      expect(told[1].endedS - startsS[2]).toBeLessThan(5);
    }
  });

  it("is no tachycardia of the heart rate as well", () => {
    expect(kinds(conditions([SINUS, ventricular(40, 180), SINUS]).told)).not.toContain("tachycardia");
  });
});
