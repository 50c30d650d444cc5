import { describe, expect, test } from "vitest";
import { beatOf, conditionOf } from "../testing/client/messages.ts";
import { alarmEventAt } from "../testing/gateway/alarms.ts";
import type { Beat } from "./beat.ts";
import type { Condition, ConditionKind } from "./condition.ts";
import { heartRateOf } from "./heart-rate.ts";

/** Beats of bed b1 one behind the other, by their RR intervals, ms; the last at 10 s. */
function beatsOf(intervals: readonly number[], change: (at: number) => Partial<Beat> = () => ({})): Beat[] {
  let timeMs = 10_000 - intervals.slice(1).reduce((sum, rrMs) => sum + rrMs, 0);
  return intervals.map((rrMs, at) => {
    if (at > 0) timeMs += rrMs;
    return beatOf(timeMs / 4, { rrMs, timeMs, ...change(at) });
  });
}

const at66 = Array.from({ length: 10 }, () => 909);

const rateOf = (beats: readonly Beat[], open: readonly Condition[] = [], change = {}) =>
  heartRateOf({ beats, open, ended: [], alarms: [], nowMs: 10_500, isSilent: false, isMonitored: true, ...change });

const noisy = conditionOf("noisy-signal", 2000, { lead: "II" });

describe("of beats", () => {
  test("the mean of the last eight intervals without the longest and the shortest", () => {
    expect(rateOf(beatsOf([300, 300, 800, 800, 800, 800, 800, 1600, 800, 400]))).toEqual({
      bpm: 75,
      validity: "valid",
      source: "qrs",
      reason: null,
      condition: null,
      limitBpm: null,
    });
    expect(rateOf(beatsOf([500, 900, 500, 900, 500, 900, 500, 900])).bpm).toBeCloseTo(60_000 / 700);
    expect(rateOf(beatsOf([800])).bpm).toBe(75);
  });

  test("only those behind the last gap, where there is one", () => {
    const behindGap = (at: number): Partial<Beat> => (at === 3 ? { rrMs: null } : {});
    expect(rateOf(beatsOf([500, 500, 500, 9000, 1000], behindGap)).bpm).toBe(60);
    expect(rateOf(beatsOf([500, 500, 500, 900], behindGap)).bpm).toBe(120);
  });

  test("unknown where the last is too old, or frames do not come, or nobody monitors the bed", () => {
    const beats = beatsOf(at66);
    expect(rateOf(beats, [], { nowMs: 15_000 }).bpm).toBeCloseTo(66, 0);
    expect(rateOf(beats, [], { nowMs: 15_001 })).toMatchObject({ bpm: null, validity: "unknown", reason: "no-beats" });
    expect(rateOf(beats, [], { isSilent: true })).toMatchObject({ bpm: null, reason: "no-data" });
    expect(rateOf(beats, [conditionOf("no-data", 1)])).toMatchObject({ bpm: null, reason: "no-data" });
    expect(rateOf(beats, [], { isMonitored: false })).toMatchObject({ bpm: null, reason: "not-monitored" });
  });
});

describe("in noise", () => {
  /** A rhythm of 66/min into which noise puts rejected beats. */
  const spoilt = beatsOf([909, 909, 909, 275, 275, 275, 275, 275, 275, 909], (at) =>
    at > 2 && at < 9 ? { beatClass: "Q", heartRateBpm: 218 } : {},
  );

  test("rejected beats, and intervals next to them, are none of the rate, which is uncertain", () => {
    for (const open of [[], [noisy]]) {
      const rate = rateOf(spoilt, open);
      expect(rate.bpm).toBeCloseTo(66, 0);
      expect(rate).toMatchObject({
        validity: "uncertain",
        reason: open.length > 0 ? "noisy-signal" : "rejected-beats",
      });
    }
  });

  test("of rejected beats alone there is none", () => {
    const rejected = beatsOf(at66, () => ({ beatClass: "Q" }));
    expect(rateOf(rejected, [noisy])).toMatchObject({ bpm: null, validity: "unknown", reason: "noisy-signal" });
    expect(rateOf(rejected)).toMatchObject({ bpm: null, validity: "unknown", reason: "rejected-beats" });
  });

  test("a single rejected beat makes nothing uncertain; noise of another lead does not, either", () => {
    const beats = beatsOf(at66, (at) => (at === 7 ? { beatClass: "Q" } : {}));
    expect(rateOf(beats, [{ ...noisy, lead: "V1" }])).toMatchObject({ validity: "valid", reason: null });
  });

  test("a lead that is off has no rate, another one's does not matter", () => {
    const off = conditionOf("lead-off", 2000, { lead: "II" });
    expect(rateOf(beatsOf(at66), [off])).toMatchObject({ bpm: null, validity: "unknown", reason: "lead-off" });
    expect(rateOf(beatsOf(at66), [{ ...off, lead: "V1" }])).toMatchObject({ validity: "valid" });
  });
});

describe("while a rate's condition is open", () => {
  const bradycardia = conditionOf("bradycardia", 2000, { heartRateBpm: 36, limitBpm: 50 });
  const belongs = { condition: "bradycardia", limitBpm: 50 };

  test("it is the condition's own, whatever the beats before it say", () => {
    const rate = { bpm: 36, validity: "valid", source: "condition", reason: null, ...belongs };
    expect(rateOf(beatsOf(at66), [bradycardia])).toEqual(rate);
    expect(rateOf(beatsOf(at66), [bradycardia, noisy])).toEqual({
      ...rate,
      validity: "uncertain",
      reason: "noisy-signal",
    });
  });

  test("the most urgent one's; of a condition that no rate decides it is the beats'", () => {
    const extreme = conditionOf("extreme-bradycardia", 2000, { heartRateBpm: 33, limitBpm: 40 });
    expect(rateOf([], [bradycardia, extreme])).toMatchObject({ bpm: 33, limitBpm: 40, condition: extreme.kind });
    const fibrillation = conditionOf("atrial-fibrillation", 1000, { heartRateBpm: 90 });
    expect(rateOf(beatsOf(at66), [fibrillation])).toMatchObject({ source: "qrs", condition: null });
  });

  test("the beats' since its onset where that is beyond its limit: what the condition told may be old", () => {
    const slow = beatsOf([909, 909, 909, 909, 1500, 1500, 1500]);
    const onset = { beginSample: 1375, beginTimeMs: 5500 };
    const told = { bpm: 36, source: "condition", ...belongs };
    expect(rateOf(slow, [{ ...bradycardia, ...onset }])).toMatchObject({ bpm: 40, source: "qrs", ...belongs });
    expect(rateOf(slow, [{ ...bradycardia, ...onset }, noisy])).toMatchObject({ ...told, validity: "uncertain" });
    const early = { beginSample: 900, beginTimeMs: 3600 };
    expect(rateOf(beatsOf([...at66, 1300]), [{ ...bradycardia, ...early }])).toMatchObject(told);
  });

  test("a limit is there only where the rate is beyond it", () => {
    const ending = { ...bradycardia, heartRateBpm: 53 };
    const rate = { bpm: 53, source: "condition", condition: "bradycardia", limitBpm: null };
    expect(rateOf(beatsOf([1130, 1130, 1130]), [ending])).toMatchObject(rate);
  });

  test("what is not beyond its limit and may be spoilt by noise, or is far from it, is none of the alarm's", () => {
    const tachycardia = conditionOf("ventricular-tachycardia", 2000, { heartRateBpm: 48, limitBpm: 100 });
    const none = { bpm: null, validity: "unknown", condition: tachycardia.kind, limitBpm: 100 };
    expect(rateOf(beatsOf(at66), [tachycardia, noisy])).toMatchObject({ ...none, reason: "noisy-signal" });
    expect(rateOf(beatsOf(at66), [tachycardia])).toMatchObject({ ...none, reason: "rejected-beats" });
    const beyond = { ...tachycardia, heartRateBpm: 148 };
    expect(rateOf(beatsOf(at66), [beyond, noisy])).toMatchObject({ bpm: 148, limitBpm: 100, validity: "uncertain" });
    expect(rateOf([], [{ ...bradycardia, heartRateBpm: 53 }, noisy])).toMatchObject({ bpm: null, validity: "unknown" });
  });

  test("one that tells no rate never has one beside it that contradicts it", () => {
    const silent = { ...bradycardia, heartRateBpm: null };
    expect(rateOf(beatsOf(at66), [silent])).toMatchObject({ bpm: null, validity: "unknown", ...belongs });
    expect(rateOf(beatsOf([1500, 1500]), [silent])).toMatchObject({ bpm: 40, source: "qrs", ...belongs });
  });

  test("0 in asystole, none in ventricular fibrillation, none where the lead is off", () => {
    const asystole = conditionOf("asystole", 2000);
    expect(rateOf(beatsOf(at66), [asystole])).toMatchObject({ bpm: 0, validity: "valid", condition: "asystole" });
    const fibrillation = conditionOf("ventricular-fibrillation", 2000, { heartRateBpm: 300 });
    expect(rateOf(beatsOf(at66), [fibrillation])).toMatchObject({ bpm: null, reason: "fibrillation" });
    expect(rateOf([], [asystole, conditionOf("lead-off", 2000)])).toMatchObject({ bpm: null, reason: "lead-off" });
  });

  test("what was before its end says nothing of what comes behind it", () => {
    const over = (kind: ConditionKind, beginTimeMs: number, timeMs: number) => ({
      ended: [conditionOf(kind, beginTimeMs / 4, { phase: "end", beginTimeMs, sample: timeMs / 4, timeMs })],
    });
    const recovered = beatsOf([1600, 1600, 1600, 1600, 1600, 900, 900, 900]);
    expect(rateOf(recovered).bpm).toBeLessThan(50);
    for (const endMs of [9500, 10_300]) {
      expect(rateOf(recovered, [], over("bradycardia", 2000, endMs)).bpm).toBeCloseTo(60_000 / 900);
    }
    const awake = beatsOf([1600, 1600, 6000, 800, 800]);
    expect(rateOf(awake, [], over("asystole", 2400, 9300)).bpm).toBe(75);
    expect(rateOf(awake.slice(0, 3), [], over("asystole", 2400, 9300))).toMatchObject({
      bpm: null,
      reason: "no-beats",
    });
    expect(rateOf(recovered, [], over("couplet", 9000, 9800)).bpm).toBeLessThan(50);
  });

  test("an alarm that goes on stands for a condition that was not heard; one that has ended does not", () => {
    const alarmOf = (change: object) => {
      const { alarm } = alarmEventAt("b1", "tachycardia", 2000, { alarm: { heartRateBpm: 147, ...change } });
      return { alarms: alarm ? [alarm] : [] };
    };
    expect(rateOf(beatsOf(at66), [], alarmOf({}))).toMatchObject({ bpm: 147, condition: "tachycardia" });
    for (const over of [{ state: "latched", ended: true }, { ended: true }]) {
      expect(rateOf(beatsOf(at66), [], alarmOf(over))).toMatchObject({ source: "qrs", condition: null });
    }
  });
});
