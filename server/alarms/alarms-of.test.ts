import { expect, test } from "vitest";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import { alarmCodec } from "../../contracts/codec.ts";
import type { Command } from "../../contracts/command.ts";
import type { Condition, ConditionKind } from "../../contracts/condition.ts";
import { commandAt } from "../../testing/gateway/alarms.ts";
import { conditionAt } from "../../testing/gateway/messages.ts";
import { alarmsOf } from "./alarms-of.ts";
import { BedAlarms } from "./bed-alarms.ts";
import { PRESENTATION } from "./policy.ts";
import { type AlarmState, restored } from "./state.ts";

const RATE = 250;
const START_MS = 1e12;
const epoch = { epoch: "e1", epochStartMs: START_MS, samplingRateHz: RATE, publishFrom: 0 };

/** A condition from one second to another. */
function lasting(kind: ConditionKind, from: number, to: number): Condition[] {
  const beginSample = from * RATE;
  return [conditionAt("b1", kind, "begin", beginSample), conditionAt("b1", kind, "end", to * RATE, { beginSample })];
}

const inOrder = (conditions: readonly Condition[]): Condition[] => conditions.toSorted((a, b) => a.sample - b.sample);

function logOf(conditions: readonly Condition[], seconds: number, commands: readonly Command[] = []): AlarmEvent[] {
  const told = inOrder(conditions).filter(({ sample }) => sample <= seconds * RATE);
  return alarmsOf({ ...epoch, bed: "b1", samples: seconds * RATE, conditions: told, commands });
}

/** "second step kind", of the bed where there is no kind. */
const told = (events: readonly AlarmEvent[]): string[] =>
  events.map(({ timeMs, step, alarm }) => `${(timeMs - START_MS) / 1000} ${step} ${alarm?.kind ?? "bed"}`);

const at = (second: number): Partial<Command> => ({ atMs: START_MS + second * 1000 });
const seen = (kind: ConditionKind, second: number, version = 1): Partial<Command> => ({
  alarm: { id: `b1/e1/${kind}/${second * RATE}`, version },
});

test("high latches with its sound until it is acknowledged, medium as a silent line, low is gone after it was shown", () => {
  const conditions = [
    ...lasting("asystole", 10, 12),
    ...lasting("bradycardia", 10, 20),
    ...lasting("couplet", 10, 11),
    ...lasting("lead-off", 10, 30),
  ];
  const events = logOf(conditions, 50, [commandAt("b1", "acknowledge", { ...at(40), ...seen("asystole", 10) })]);
  expect(told(events).slice(4)).toEqual([
    "11 ended couplet",
    "12 latched asystole",
    "15 cleared couplet",
    "20 latched bradycardia",
    "30 cleared lead-off",
    "39 acknowledged asystole",
    "39 cleared asystole",
  ]);
  const sounding = events.flatMap(({ step, alarm }) => (step === "latched" ? [alarm?.sounding] : []));
  expect(sounding).toEqual([true, false]);
  for (const event of events) expect(alarmCodec.decode(alarmCodec.encode(event))).toEqual(event);
});

test("a silence stills what sounds, for two minutes, with a reminder; what comes or rises meanwhile sounds", () => {
  const conditions = [
    ...lasting("bradycardia", 10, 400),
    ...lasting("bigeminy", 10, 400),
    ...lasting("missed-beat", 50, 400),
    ...lasting("ventricular-tachycardia", 60, 70),
  ];
  const events = logOf(conditions, 150, [commandAt("b1", "silence", at(20))]);
  expect(told(events)).toEqual([
    "10 raised bradycardia",
    "10 raised bigeminy",
    "19 silenced bed",
    "19 silenced bradycardia",
    "19 silenced bigeminy",
    "50 raised missed-beat",
    "60 raised ventricular-tachycardia",
    "70 latched ventricular-tachycardia",
    "79 reminded bed",
    "120 escalated ventricular-tachycardia",
    "139 unsilenced bed",
    "139 resounded bradycardia",
    "139 resounded bigeminy",
  ]);
  const acknowledged = events.filter(({ alarm }) => alarm?.acknowledged);
  expect(acknowledged).toEqual([]);
  const loud = events
    .filter(({ silence, alarm }) => silence && alarm?.sounding)
    .map(({ step, alarm }) => `${step} ${alarm?.kind}`);
  expect(loud).toContain("raised missed-beat");
  expect(loud).toContain("raised ventricular-tachycardia");
});

test("a pause stills what comes, too, but for what is life-threatening; its end is told and all sounds again", () => {
  const conditions = [
    ...lasting("bradycardia", 10, 400),
    ...lasting("tachycardia", 50, 400),
    ...lasting("asystole", 60, 400),
  ];
  const events = logOf(conditions, 220, [commandAt("b1", "pause", at(20)), commandAt("b1", "pause", at(25))]);
  const sounds = events.map(({ step, alarm }) => `${step} ${alarm?.kind ?? "bed"}${alarm ? ` ${alarm.sounding}` : ""}`);
  expect(sounds).toEqual([
    "raised bradycardia true",
    "paused bed",
    "paused bradycardia false",
    "refused bed",
    "raised tachycardia false",
    "rose asystole true",
    "reminded bed",
    "escalated asystole true",
    "reminded bed",
    "resumed bed",
    "resounded tachycardia true",
  ]);
});

test("a run that becomes a tachycardia is one alarm that rose: the acknowledgement of the run is none of it", () => {
  const run = lasting("ventricular-run", 10, 20);
  for (const conditions of [
    [...run, conditionAt("b1", "ventricular-tachycardia", "begin", 20 * RATE)],
    [run[0], conditionAt("b1", "ventricular-tachycardia", "begin", 20 * RATE), run[1]],
  ]) {
    const events = logOf(conditions, 40, [
      commandAt("b1", "acknowledge", { ...at(15), ...seen("ventricular-run", 10) }),
      commandAt("b1", "acknowledge", { ...at(30), ...seen("ventricular-run", 10, 2) }),
    ]);
    const last = events.at(-1);
    expect(events.filter(({ step }) => step === "raised")).toHaveLength(1);
    expect(last).toMatchObject({ step: "refused", reason: expect.stringMatching(/at version \d, not 2/) });
    const rose = events.find(({ step }) => step === "rose");
    expect(rose?.alarm).toMatchObject({
      id: "b1/e1/ventricular-run/2500",
      kind: "ventricular-tachycardia",
      priority: "high",
      sounding: true,
      acknowledged: null,
      beginSample: 5000,
    });
  }
});

test("nobody acts: an advisory becomes serious, then is told at the second station; an acknowledgement ends that", () => {
  const events = logOf(lasting("bigeminy", 10, 900), 700);
  expect(told(events)).toEqual(["10 raised bigeminy", "310 escalated bigeminy", "490 escalated bigeminy"]);
  expect(events.map(({ alarm }) => [alarm?.priority, alarm?.station, alarm?.version])).toEqual([
    ["low", 1, 1],
    ["medium", 1, 2],
    ["medium", 2, 2],
  ]);
  const seenOnce = commandAt("b1", "acknowledge", { ...at(100), ...seen("bigeminy", 10) });
  const reminded = told(logOf(lasting("bigeminy", 10, 900), 400, [seenOnce])).slice(1);
  expect(reminded.map((text) => text.split(" ")[1])).toEqual(["acknowledged", ...Array(5).fill("reminded")]);
});

test.each([
  ["of another version", "acknowledge", { alarm: { id: "b1/e1/asystole/2500", version: 2 } }, /at version 1, not 2/],
  ["of no alarm that was", "acknowledge", { alarm: { id: "b1/e1/asystole/2", version: 1 } }, /no such alarm/],
  ["of one that is over", "acknowledge", { alarm: { id: "b1/e1/couplet/250", version: 1 } }, /is over/],
  ["of none", "acknowledge", {}, /names no alarm/],
  ["what is life-threatening", "silence", {}, /life-threatening/],
  ["what is not silenced", "unsilence", {}, /not silenced/],
  ["what is not paused", "resume", {}, /not paused/],
  ["what no version knows", "transfer" as "resume", {}, /transfer is not known/],
] as const)("a command is refused in words: %s (%s)", (_name, action, change, reason) => {
  const conditions = [...lasting("couplet", 1, 2), ...lasting("asystole", 10, 90)];
  const events = logOf(conditions, 30, [commandAt("b1", action, { ...at(20), ...change })]);
  expect(events.at(-1)).toMatchObject({ step: "refused", by: "nurse", reason: expect.stringMatching(reason) });
  expect(events.findLast(({ alarm }) => alarm)?.alarm).toMatchObject({ kind: "asystole", sounding: true });
});

test("a silence that comes late, or to a bed of which nothing was heard, is refused", () => {
  const alarms = new BedAlarms("b1");
  expect(alarms.command(commandAt("b1", "pause"), false)[0]).toMatchObject({ step: "refused", epoch: "none" });
  alarms.hear(epoch, lasting("bradycardia", 1, 90).slice(0, 1), 10 * RATE);
  const [late] = alarms.command(commandAt("b1", "silence"), true);
  expect(late).toMatchObject({ step: "refused", reason: expect.stringMatching(/too late/) });
  expect(alarms.command(commandAt("b1", "silence"), false).map(({ step }) => step)).toEqual(["silenced", "silenced"]);
});

test("however the recording is cut, and wherever its commands come, the log is the same to the byte", () => {
  const conditions = inOrder([
    ...lasting("bradycardia", 3, 33),
    ...lasting("asystole", 7, 21),
    ...lasting("couplet", 9, 10),
  ]);
  const whole = JSON.stringify(logOf(conditions, 60));
  for (const step of [1, 77, 250, 1001, 9000]) {
    const alarms = new BedAlarms("b1");
    const events: AlarmEvent[] = [];
    for (let end = step; end < 60 * RATE + step; end += step) {
      const to = Math.min(end, 60 * RATE);
      const part = conditions.filter(({ sample }) => sample >= end - step && sample < to);
      events.push(...alarms.hear(epoch, part, to));
    }
    expect(JSON.stringify(events)).toBe(whole);
  }
});

test("who takes over from the events goes on: what is told again changes nothing, countdowns go on, what is gone ends", () => {
  const conditions = inOrder([
    ...lasting("couplet", 5, 6),
    ...lasting("tachycardia", 10, 900),
    ...lasting("asystole", 20, 900),
  ]);
  const commands = [commandAt("b1", "silence", at(30))];
  const whole = logOf(conditions, 200, commands);
  let state: AlarmState | null = null;
  const first = logOf(conditions, 60, commands);
  for (const event of first) state = restored(state, event);
  const alarms = new BedAlarms("b1");
  if (state) alarms.restore(state);
  // It joins at 40 s, and tells again what it has heard begin or end before.
  const later = { ...epoch, publishFrom: 40 * RATE };
  const again = conditions.filter(({ sample, kind }) => sample < 60 * RATE && kind !== "asystole");
  const events = alarms.hear(later, again, 200 * RATE);
  expect(told(events)).toContain("149 unsilenced bed");
  expect(told(events)).toContain("100 latched asystole");
  const without = (all: readonly AlarmEvent[]): string[] => told(all).filter((text) => !text.includes("asystole"));
  expect(without(events)).toEqual(without(whole.slice(first.length)));
});

test("behind a worker's death: however long that was, there is time to tell again; an acknowledged asystole that is not told again sounds again", () => {
  const begun = lasting("asystole", 20, 900)[0];
  let state: AlarmState | null = null;
  for (const event of logOf([begun], 30, [commandAt("b1", "acknowledge", { ...at(30), ...seen("asystole", 20) })]))
    state = restored(state, event);
  expect(state?.alarms[0].acknowledged).not.toBeNull();
  const takenOver = (conditions: readonly Condition[]): string[] => {
    const alarms = new BedAlarms("b1");
    if (state) alarms.restore(state);
    return told(alarms.hear({ ...epoch, publishFrom: 200 * RATE }, conditions, 300 * RATE)).filter(
      (text) => !text.includes("reminded"),
    );
  };
  expect(takenOver([{ ...begun, sample: 210 * RATE, timeMs: START_MS + 210_000, id: "again" }])).toEqual([]);
  const without = takenOver([]);
  expect(without[0]).toBe("260 latched asystole");
  expect(without.some((text) => text.includes("cleared"))).toBe(false);
});

test("an epoch's end ends its conditions; alarms outlive it", () => {
  const alarms = new BedAlarms("b1", PRESENTATION);
  alarms.hear(epoch, [lasting("asystole", 1, 9)[0], lasting("couplet", 1, 9)[0]], 8 * RATE);
  const events = alarms.hear({ ...epoch, epoch: "e2", epochStartMs: START_MS + 60_000 }, [], 2 * RATE);
  expect(events.map(({ step, alarm }) => `${step} ${alarm?.kind}`)).toEqual(["latched asystole", "cleared couplet"]);
});

test("leads that are off have an alarm each, which goes with its own condition", () => {
  const off = (lead: string, from: number, to: number): Condition[] => {
    const beginSample = from * RATE;
    return [
      conditionAt("b1", "lead-off", "begin", beginSample, { lead }),
      conditionAt("b1", "lead-off", "end", to * RATE, { lead, beginSample }),
    ];
  };
  const events = logOf([...off("II", 10, 20), ...off("V1", 10, 40)], 50);
  const steps = events.map(({ timeMs, step, alarm }) => `${(timeMs - START_MS) / 1000} ${step} ${alarm?.lead}`);
  expect(steps).toEqual(["10 raised II", "10 raised V1", "20 cleared II", "40 cleared V1"]);
  expect(new Set(events.map(({ alarm }) => alarm?.id)).size).toBe(2);
});
