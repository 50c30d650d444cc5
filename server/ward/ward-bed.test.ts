import { expect, test } from "vitest";
import { beatAt, conditionAt, frameAt } from "../../testing/gateway/messages.ts";
import { WardBed, KEPT_OF_BED } from "./ward-bed.ts";

const open = (): WardBed => new WardBed("b1", "e1", 250);

test("a condition is open from its begin to its end, updates replace it", () => {
  const bed = open();
  expect(bed.condition(conditionAt("b1", "tachycardia", "begin", 10))).toBe(true);
  expect(bed.condition(conditionAt("b1", "tachycardia", "update", 20, { beginSample: 10 }))).toBe(true);
  bed.condition(conditionAt("b1", "lead-off", "begin", 5));
  expect(bed.openConditions.map(({ kind, phase }) => `${kind} ${phase}`)).toEqual([
    "lead-off begin",
    "tachycardia update",
  ]);
  bed.condition(conditionAt("b1", "tachycardia", "end", 30, { beginSample: 10 }));
  expect(bed.openConditions.map(({ kind }) => kind)).toEqual(["lead-off"]);
  expect(bed.conditions).toHaveLength(4);
});

test("a QRS is told once, in order; another epoch counts anew", () => {
  const bed = open();
  const told = ([epoch, sample]: [string, number]): boolean =>
    bed.qrs({ id: `b1/${epoch}/${sample}`, bed: "b1", epoch, sample, timeMs: 0, samplingRateHz: 250 });
  const places: [string, number][] = [
    ["e1", 10],
    ["e1", 200],
    ["e1", 10],
    ["e1", 200],
    ["e1", 400],
    ["e2", 10],
  ];
  expect(places.map(told)).toEqual([true, true, false, false, true, true]);
});

test("of each kind one is open: another onset of a worker that took over replaces the first", () => {
  const bed = open();
  bed.condition(conditionAt("b1", "asystole", "begin", 10));
  bed.condition(conditionAt("b1", "asystole", "begin", 12));
  expect(bed.openConditions.map(({ beginSample }) => beginSample)).toEqual([12]);
  bed.condition(conditionAt("b1", "asystole", "end", 40, { beginSample: 12 }));
  expect(bed.openConditions).toEqual([]);
});

test.each([
  ["a frame", (bed: WardBed) => bed.frame(frameAt("b1", 0, { epoch: "e2" }), 1)],
  ["a beat", (bed: WardBed) => bed.beat(beatAt("b1", 1, { epoch: "e2" }))],
  ["a condition's end", (bed: WardBed) => bed.condition(conditionAt("b1", "lead-off", "end", 9, { epoch: "e2" }))],
])("%s of another epoch closes what was open, and what is said of a past one opens nothing", (_what, next) => {
  const bed = open();
  bed.beat(beatAt("b1", 5));
  bed.condition(conditionAt("b1", "asystole", "begin", 10));
  next(bed);
  expect(bed.openConditions).toEqual([]);
  expect(bed.info.epoch).toBe("e2");
  expect(bed.condition(conditionAt("b1", "tachycardia", "begin", 50))).toBe(true);
  bed.frame(frameAt("b1", 9), 2);
  bed.beat(beatAt("b1", 300));
  bed.frame(frameAt("b1", 1, { epoch: "e2" }), 3);
  const rate = bed.at(3).heartRate;
  bed.beat(beatAt("b1", 310, { rrMs: 300 }));
  expect(bed.at(3).heartRate).toEqual(rate);
  expect(bed.openConditions).toEqual([]);
  expect(bed.info.epoch).toBe("e2");
});

test("a stray frame of another epoch does not outlast the second true one; what was open still is", () => {
  for (const heardAs of ["e1", "e1..lqk2m8"]) {
    const bed = open();
    bed.condition(conditionAt("b1", "asystole", "begin", 10, { epoch: heardAs }));
    bed.frame(frameAt("b1", 0, { epoch: "x" }), 1);
    for (const at of [1, 2]) bed.frame(frameAt("b1", at), at + 1);
    expect(bed.info).toMatchObject({ epoch: heardAs, lastFrameMs: 3 });
    expect(bed.openConditions).toHaveLength(1);
    bed.condition(conditionAt("b1", "asystole", "end", 290, { beginSample: 10, epoch: heardAs }));
    bed.beat(beatAt("b1", 300, { epoch: heardAs, rrMs: 1000 }));
    expect(bed.openConditions).toEqual([]);
    expect(bed.at(3).heartRate?.bpm).toBe(60);
  }
});

test("frames of an epoch that is heard under another name are the bed's", () => {
  const bed = open();
  bed.frame(frameAt("b1", 0), 1);
  bed.beat(beatAt("b1", 5, { epoch: "e1..lqk2m8" }));
  bed.frame(frameAt("b1", 9), 2);
  expect(bed.at(2)).toMatchObject({ epoch: "e1..lqk2m8", lastFrameMs: 2, heartRate: { bpm: 75 } });
});

test("the heart rate is the beats' while they are fresh and frames come, a condition's while one is open, and no rejected beat's", () => {
  const bed = open();
  const rate = (nowMs = 0) => bed.at(nowMs).heartRate;
  expect(rate()).toMatchObject({ bpm: null, reason: "no-data" });
  bed.frame(frameAt("b1", 0), 0);
  expect(rate()).toMatchObject({ bpm: null, reason: "no-beats" });
  bed.beat(beatAt("b1", 5));
  expect(rate()).toMatchObject({ bpm: 75, validity: "valid", source: "qrs" });
  expect(rate(1600)).toMatchObject({ bpm: null, reason: "no-data" });
  bed.beat(beatAt("b1", 40, { beatClass: "Q", rrMs: 140 }));
  bed.condition(conditionAt("b1", "noisy-signal", "begin", 10, { lead: "II" }));
  expect(rate()).toMatchObject({ bpm: 75, validity: "uncertain", reason: "noisy-signal" });
  bed.condition({ ...conditionAt("b1", "bradycardia", "begin", 45), heartRateBpm: 36, limitBpm: 50 });
  bed.condition(conditionAt("b1", "noisy-signal", "end", 60, { beginSample: 10, lead: "II" }));
  expect(rate()).toMatchObject({ bpm: 36, source: "condition", condition: "bradycardia", limitBpm: 50 });
  bed.condition(conditionAt("b1", "bradycardia", "end", 70, { beginSample: 45 }));
  bed.frame(frameAt("b1", 30), 0);
  expect(rate()).toMatchObject({ bpm: null, reason: "no-beats" });
});

test("what was told is not told again, within what is kept and before it", () => {
  const bed = open();
  const all = Array.from({ length: KEPT_OF_BED.beats + 100 }, (_, i) => beatAt("b1", i));
  expect(all.every((beat) => bed.beat(beat))).toBe(true);
  expect(bed.beats).toHaveLength(KEPT_OF_BED.beats);
  expect(all.some((beat) => bed.beat(beat))).toBe(false);
  const condition = conditionAt("b1", "asystole", "begin", 3);
  expect(bed.condition(condition)).toBe(true);
  expect(bed.condition(condition)).toBe(false);
});

test("a beat found late stands where it belongs", () => {
  const bed = open();
  for (const sample of [100, 500, 300]) expect(bed.beat(beatAt("b1", sample))).toBe(true);
  expect(bed.beats.map(({ sample }) => sample)).toEqual([100, 300, 500]);
});

test("a lead that is off has no say in what is heard in the other one", () => {
  const bed = open();
  for (let n = 0; n < 150; n++) bed.frame(frameAt("b1", n), n * 200);
  bed.beat(beatAt("b1", 7400, { lead: "II" }));
  bed.condition(conditionAt("b1", "lead-off", "begin", 120, { lead: "V1" }));
  expect(bed.at(30_000).heartRate?.bpm).toBe(75);
  for (let n = 0; n < 150; n++) bed.monitoring.frame(n * 200, n, false);
  // Nor does it explain that no worker says anything.
  expect(bed.at(30_000).unmonitored?.reason).toBe("no-worker");
  bed.condition(conditionAt("b1", "lead-off", "begin", 120, { lead: "II" }));
  expect(bed.openConditions).toHaveLength(2);
  expect(bed.at(30_000)).toMatchObject({ heartRate: { bpm: null, reason: "lead-off" }, unmonitored: null });
  bed.condition(conditionAt("b1", "lead-off", "end", 200, { lead: "II", beginSample: 120 }));
  expect(bed.openConditions.map(({ lead }) => lead)).toEqual(["V1"]);
});
