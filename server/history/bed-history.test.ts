import { expect, test } from "vitest";
import { beatAt, conditionAt, frameAt } from "../../testing/gateway/messages.ts";
import { BedHistory, KEPT_OF_BED } from "./bed-history.ts";

const open = (): BedHistory => new BedHistory("b1", "e1", 250);

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

test("of each kind one is open: another onset of a worker that took over replaces the first", () => {
  const bed = open();
  bed.condition(conditionAt("b1", "asystole", "begin", 10));
  bed.condition(conditionAt("b1", "asystole", "begin", 12));
  expect(bed.openConditions.map(({ beginSample }) => beginSample)).toEqual([12]);
  bed.condition(conditionAt("b1", "asystole", "end", 40, { beginSample: 12 }));
  expect(bed.openConditions).toEqual([]);
});

test.each([
  ["a frame", (bed: BedHistory) => bed.frame(frameAt("b1", 0, { epoch: "e2" }), 1)],
  ["a beat", (bed: BedHistory) => bed.beat(beatAt("b1", 1, { epoch: "e2" }))],
  ["a condition's end", (bed: BedHistory) => bed.condition(conditionAt("b1", "lead-off", "end", 9, { epoch: "e2" }))],
])("%s of another epoch closes what was open, and what is said of a past one opens nothing", (_what, next) => {
  const bed = open();
  bed.beat(beatAt("b1", 5));
  bed.condition(conditionAt("b1", "asystole", "begin", 10));
  next(bed);
  expect(bed.openConditions).toEqual([]);
  expect(bed.info.epoch).toBe("e2");
  expect(bed.condition(conditionAt("b1", "tachycardia", "begin", 50))).toBe(true);
  bed.frame(frameAt("b1", 9), 2);
  const { heartRateBpm } = bed.info;
  bed.beat(beatAt("b1", 300, { heartRateBpm: 199 }));
  expect(bed.openConditions).toEqual([]);
  expect(bed.info).toMatchObject({ epoch: "e2", heartRateBpm });
});

test("a stray frame of another epoch does not outlast the second true one; what was open still is", () => {
  for (const heardAs of ["e1", "e1..lqk2m8"]) {
    const bed = open();
    bed.condition(conditionAt("b1", "asystole", "begin", 10, { epoch: heardAs }));
    bed.frame(frameAt("b1", 0, { epoch: "x" }), 1);
    for (const at of [1, 2]) bed.frame(frameAt("b1", at), at + 1);
    expect(bed.info).toMatchObject({ epoch: heardAs, lastFrameMs: 3 });
    expect(bed.openConditions).toHaveLength(1);
    bed.condition(conditionAt("b1", "asystole", "end", 90, { beginSample: 10, epoch: heardAs }));
    bed.beat(beatAt("b1", 100, { epoch: heardAs, heartRateBpm: 61 }));
    expect(bed.openConditions).toEqual([]);
    expect(bed.info.heartRateBpm).toBe(61);
  }
});

test("frames of an epoch that is heard under another name are the bed's", () => {
  const bed = open();
  bed.frame(frameAt("b1", 0), 1);
  bed.beat(beatAt("b1", 5, { epoch: "e1..lqk2m8", heartRateBpm: 70 }));
  bed.frame(frameAt("b1", 9), 2);
  expect(bed.info).toMatchObject({ epoch: "e1..lqk2m8", lastFrameMs: 2, heartRateBpm: 70 });
});

test("without beats there is no heart rate", () => {
  const bed = open();
  bed.beat(beatAt("b1", 5, { heartRateBpm: 70 }));
  expect(bed.info.heartRateBpm).toBe(70);
  bed.condition(conditionAt("b1", "tachycardia", "begin", 10));
  expect(bed.info.heartRateBpm).toBe(70);
  bed.condition(conditionAt("b1", "asystole", "begin", 1000));
  expect(bed.info.heartRateBpm).toBeNull();
  bed.beat(beatAt("b1", 2000, { heartRateBpm: 40 }));
  expect(bed.info.heartRateBpm).toBe(40);
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
  for (let n = 0; n < 150; n++) bed.monitoring.frame(n * 200, n, false);
  bed.beat(beatAt("b1", 100, { lead: "II" }));
  bed.condition(conditionAt("b1", "lead-off", "begin", 120, { lead: "V1" }));
  expect(bed.info.heartRateBpm).toBe(75);
  // Nor does it explain that no worker says anything.
  expect(bed.at(30_000).unmonitored?.reason).toBe("no-worker");
  bed.condition(conditionAt("b1", "lead-off", "begin", 120, { lead: "II" }));
  expect(bed.openConditions).toHaveLength(2);
  expect(bed.info.heartRateBpm).toBeNull();
  expect(bed.at(30_000).unmonitored).toBeNull();
  bed.condition(conditionAt("b1", "lead-off", "end", 200, { lead: "II", beginSample: 120 }));
  expect(bed.openConditions.map(({ lead }) => lead)).toEqual(["V1"]);
});
