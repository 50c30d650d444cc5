import { expect, test } from "vitest";
import { Value } from "typebox/value";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import { CONDITION_KINDS, type ConditionKind } from "../../contracts/condition.ts";
import { PolicyComparisonSchema } from "../../contracts/policy-comparison.ts";
import { rhythmReferenceOf } from "../../scoring/episodes/reference.ts";
import { comparePolicies } from "./compare-policies.ts";
import { comparisonTable } from "./comparison-table.ts";
import type { ReplayedLog } from "./record-log.ts";
import type { ReferenceOf } from "./references.ts";

const SECONDS = 1800;
const AF = "atrial-fibrillation";
const facts = { policies: { policy: "a-1:0", against: "b-1:0" }, model: "m" };

type Said = readonly [kind: ConditionKind, from: number, saidAt: number, to: number];

/** A log in which each condition raises an alarm as it is told. */
const log = (record: string, ...said: readonly Said[]): ReplayedLog => ({
  record,
  seconds: SECONDS,
  conditions: said.map(([kind, beginSeconds, toldSeconds, endSeconds]) => ({
    kind,
    priority: CONDITION_KINDS[kind].priority,
    lead: "",
    beginSeconds,
    toldSeconds,
    endSeconds,
  })),
  steps: said.map(([kind, , toldSeconds]) => {
    const alarm = { kind, priority: CONDITION_KINDS[kind].priority, state: "active" };
    return { step: "raised", timeMs: 1000 * toldSeconds, alarm } as AlarmEvent;
  }),
});

/** Annotated AF at 100–200 s, 400–500 s and 700–800 s. */
const annotated = (record: string): ReferenceOf => {
  const changes = [0, 100, 200, 400, 500, 700, 800].map((at, i) => ({
    sample: at,
    symbol: "+",
    subtype: 0,
    channel: 0,
    number: 0,
    aux: i % 2 === 1 ? "(AFIB" : "(N",
  }));
  const truth = rhythmReferenceOf(changes, { samplingRateHz: 1, length: SECONDS });
  return { record, truth, holdOut: "AFDB report" };
};
const bare = (record: string): ReferenceOf => ({ record, truth: null, holdOut: null });

const policy = [
  log("r1", [AF, 105, 110, 200], [AF, 405, 430, 500], ["tachycardia", 900, 905, 950]),
  log("r2", ["tachycardia", 10, 20, 30]),
];
const against = [log("r1", [AF, 105, 150, 200], [AF, 705, 720, 800]), log("r2", ["tachycardia", 10, 20, 30])];
const compare = (references: readonly ReferenceOf[]) => comparePolicies(facts, { policy, against }, references, []);

test("alarms are told by bed-hour, by priority and by kind, with the difference", () => {
  const { hours, byPriority, byKind } = compare([annotated("r1"), bare("r2")]);
  expect(hours).toBe(1);
  expect(byPriority).toEqual([
    { priority: "high", count: { policy: 0, against: 0 }, perHour: { policy: 0, against: 0, difference: 0 } },
    { priority: "medium", count: { policy: 4, against: 3 }, perHour: { policy: 4, against: 3, difference: -1 } },
    { priority: "low", count: { policy: 0, against: 0 }, perHour: { policy: 0, against: 0, difference: 0 } },
  ]);
  expect(byKind.map(({ kind, count }) => [kind, count.policy, count.against])).toEqual([
    [AF, 2, 2],
    ["tachycardia", 2, 1],
  ]);
});

test("missed episodes are each policy's own; delay is added where both find one", () => {
  const { episodes } = compare([annotated("r1"), bare("r2")]);
  const row = episodes.find(({ name }) => name === AF);
  expect(row).toMatchObject({ records: ["r1"], reference: 3, missed: { policy: 1, against: 1 } });
  expect(row?.medianDelaySeconds).toEqual({ policy: 20, against: 35 });
  expect(row?.addedDelaySeconds).toBe(40);
  expect(row?.changed).toEqual([
    { record: "r1", from: 400, to: 500, missedBy: "against" },
    { record: "r1", from: 700, to: 800, missedBy: "policy" },
  ]);
});

test("records whose alarms differ are told, and what is annotated; the hold-outs looked at, too", () => {
  const { records, holdOuts } = compare([annotated("r1"), bare("r2"), annotated("r3")]);
  expect(records).toEqual([
    { record: "r1", seconds: SECONDS, isAnnotated: true, alarms: { policy: 3, against: 2 }, differs: true },
    { record: "r2", seconds: SECONDS, isAnnotated: false, alarms: { policy: 1, against: 1 }, differs: false },
  ]);
  expect(holdOuts).toEqual(["AFDB report"]);
  expect(compare([bare("r1"), annotated("r3")]).holdOuts).toEqual([]);
});

test("a record that one of the two could not replay is in no figure", () => {
  const leftOut = [{ record: "r2", code: "BAD_RECORD", reason: "cut" }];
  const part = comparePolicies(facts, { policy, against: against.slice(0, 1) }, [annotated("r1")], leftOut);
  expect(part).toMatchObject({ hours: 0.5, leftOut });
  expect(part.records.map(({ record }) => record)).toEqual(["r1"]);
  expect(part.byKind.find(({ kind }) => kind === "tachycardia")?.count).toEqual({ policy: 1, against: 0 });
});

test("it fits its contract, and the table has it", () => {
  const comparison = compare([annotated("r1"), bare("r2")]);
  expect([...Value.Errors(PolicyComparisonSchema, comparison)]).toEqual([]);
  const table = comparisonTable(comparison);
  expect(table).toMatch(/medium +4\.00 +3\.00 +-1\.00/);
  expect(table).toMatch(/AF +3 +1 +1 +20\.0 +35\.0 +\+40\.0/);
  expect(table).toMatch(/Missed by against alone: AF, r1 at 400\.0–500\.0 s/);
  expect(table).toMatch(/alarms differ in 1 of 2 .*\nr1 +3 +2$/);
  expect(comparisonTable(compare([]))).toMatch(/No record has annotations/);
});

test("an alarm that rises is one, of what it became", () => {
  const step = (name: "raised" | "rose", kind: ConditionKind): AlarmEvent => {
    const alarm = { id: "bed/epoch/pause/1", kind, priority: CONDITION_KINDS[kind].priority, state: "active" };
    return { step: name, timeMs: 0, alarm } as AlarmEvent;
  };
  const rising = { ...log("r1"), steps: [step("raised", "pause"), step("rose", "asystole")] };
  const { byKind } = comparePolicies(facts, { policy: [rising], against: [log("r1")] }, [bare("r1")], []);
  expect(byKind.map(({ kind, count }) => [kind, count])).toEqual([["asystole", { policy: 1, against: 0 }]]);
});
