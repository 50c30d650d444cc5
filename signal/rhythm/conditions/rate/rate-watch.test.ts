import { describe, expect, it } from "vitest";
import { createRhythmMonitor } from "../../monitor.ts";
import { conditionsOf, kinds, SINUS, RATE } from "../../../../testing/signal/scripted-conditions.ts";
import { type Stretch, play, scriptedEvents } from "../../../../testing/signal/scripted-events.ts";

const conditions = conditionsOf("bradycardia", "tachycardia", "noisy-signal");

describe("heart rate", () => {
  it.each([20, 25, 30, 33, 36, 40, 44, 48])("finds bradycardia of %i within 5 s of its onset", (bpm) => {
    const { told, startsS } = conditions([SINUS, { bpm, beats: 12 }, SINUS]);
    expect(kinds(told)).toEqual(["bradycardia"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].beganS - startsS[1]).toBeLessThanOrEqual(5);
    expect(Math.abs((told[0].begin.heartRateBpm ?? 0) - bpm)).toBeLessThanOrEqual(2);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(5);
  });

  it.each([122, 130, 146, 180, 220])("finds tachycardia of %i within 5 s of its onset", (bpm) => {
    const { told, startsS } = conditions([SINUS, { bpm, beats: 60 }, SINUS]);
    expect(kinds(told)).toEqual(["tachycardia"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].beganS - startsS[1]).toBeLessThanOrEqual(5);
    expect(Math.abs((told[0].begin.heartRateBpm ?? 0) - bpm)).toBeLessThanOrEqual(2);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(7);
  });

  it("begins tachycardia with a mean beyond the limit, not where one slow interval holds it below", () => {
    const fast: Stretch = { bpm: 125, beats: 5 };
    const { told } = conditions([SINUS, fast, { bpm: 80, beats: 1 }, fast, { bpm: 125, beats: 12 }, SINUS]);
    expect(kinds(told)).toEqual(["tachycardia"]);
    expect(told[0].begin.heartRateBpm).toBeGreaterThanOrEqual(120);
  });

  it("says nothing of compensatory pauses, or of a rate that plays about a limit", () => {
    const early = Array.from({ length: 30 }, (): Stretch[] => [
      { bpm: 56, beats: 2 },
      { bpm: 90, beats: 1 },
      { bpm: 41, beats: 1, beatClass: "V" },
    ]);
    expect(conditions(early.flat()).told).toEqual([]);
    const about = Array.from({ length: 20 }, (_, index): Stretch => ({ bpm: index % 2 ? 122 : 118, beats: 15 }));
    expect(kinds(conditions([SINUS, ...about]).told)).toEqual(["tachycardia"]);
  });

  it("tells of bradycardia within 5 s even where tachycardia stops at once", () => {
    const { told, startsS } = conditions([SINUS, { bpm: 150, beats: 60 }, { bpm: 36, beats: 10 }]);
    expect(kinds(told)).toEqual(["tachycardia", "bradycardia"]);
    expect(told[1].beganS - startsS[2]).toBeLessThanOrEqual(5);
    expect(told[0].endedS).toBeLessThanOrEqual(told[1].beganS);
    const sudden = conditions([SINUS, { bpm: 220, beats: 60 }, { bpm: 25, beats: 6 }, SINUS]).told;
    expect(kinds(sudden)).toEqual(["tachycardia", "bradycardia"]);
    expect(sudden[0].endedS).toBeLessThanOrEqual(sudden[1].beganS);
  });

  it("is not judged from beats in noise, nor across it", () => {
    const noisy: Stretch = { bpm: 150, beats: 40, state: "noisy" };
    expect(kinds(conditions([SINUS, noisy, SINUS]).told)).toEqual(["noisy-signal"]);
    const few: Stretch = { bpm: 150, beats: 6 };
    expect(conditions([SINUS, few, { silent: 2, state: "noisy" }, few, SINUS]).told).toEqual([]);
  });

  it("is not judged while the detector learns again after a gap", () => {
    expect(conditions([SINUS, { gap: 2 }, { bpm: 200, beats: 12 }, SINUS]).told).toEqual([]);
  });

  it("does not begin tachycardia twice around one pause, nor in bursts of an irregular rhythm", () => {
    const once = conditions([SINUS, { bpm: 150, beats: 10 }, { bpm: 27, beats: 1 }, { bpm: 150, beats: 6 }, SINUS]);
    expect(kinds(once.told)).toEqual(["tachycardia"]);
    const bursts = Array.from({ length: 40 }, (_, index): Stretch =>
      index % 2 ? { bpm: 90, beats: 2 } : { bpm: 135, beats: 6 },
    );
    expect(conditions([SINUS, ...bursts]).told).toEqual([]);
  });

  it("follows the limits it is given", () => {
    expect(conditions([SINUS, { bpm: 46, beats: 12 }, SINUS], { bradycardiaBpm: 45 }).told).toEqual([]);
    expect(conditions([SINUS, { bpm: 135, beats: 40 }, SINUS], { tachycardiaBpm: 138 }).told).toEqual([]);
  });

  it("tells a condition that goes on every 10 s", () => {
    const scripted = scriptedEvents([SINUS, { bpm: 130, beats: 90 }, SINUS], RATE);
    const changes = play(createRhythmMonitor({ samplingRateHz: RATE }), scripted, RATE, 90).filter(
      ({ kind }) => kind === "tachycardia",
    );
    expect(changes.map(({ phase }) => phase)).toEqual(["begin", "update", "update", "update", "update", "end"]);
    expect(changes[2].sample - changes[1].sample).toBe(10 * RATE);
  });
});
