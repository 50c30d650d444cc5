import { beforeEach, expect, test } from "vitest";
import type { AlarmEvent } from "../contracts/alarm.ts";
import { commandCodec } from "../contracts/codec.ts";
import type { Condition } from "../contracts/condition.ts";
import { TOPICS } from "../contracts/topics.ts";
import { alarmEventAt } from "../testing/gateway/alarms.ts";
import { conditionAt } from "../testing/gateway/messages.ts";
import { framesOf, RATE } from "../testing/pipeline/frames.ts";
import { type Beside, commanded, fallingSilent } from "./commanded.ts";
import { compare, Said } from "./said.ts";
import type { Due } from "./ward.ts";

const BEGIN_MS = 1e12;
const ENDS = new Map(["b001", "b002", "b003"].map((bed) => [bed, BEGIN_MS + 69_000]));

const dues: Due[] = ["b001", "b002"].flatMap((bed) =>
  framesOf(bed, 50).map((frame) => ({
    atSeconds: (frame.firstSample + 50) / RATE,
    frame: { ...frame, epochStartMs: BEGIN_MS },
  })),
);

/** What the first commands bring. */
const STEPS: readonly AlarmEvent["step"][] = ["acknowledged", "refused", "silenced", "paused"];

let undisturbed: Said;
let said: Said;
let beside: Beside;

const alarm = (to: Said, event: AlarmEvent): unknown =>
  to.first.set(`${TOPICS.alarms} ${event.bed} ${event.sequence}`, JSON.stringify(event));
const condition = (to: Said, one: Condition): unknown =>
  to.first.set(`${TOPICS.conditions} ${one.id} ${one.phase} ${one.sample}`, JSON.stringify(one));

const raised = alarmEventAt("b001", "tachycardia", 20 * RATE);
const noData = (phase: Condition["phase"]): Condition =>
  conditionAt("b002", "no-data", phase, 25 * RATE, { beginSample: 25 * RATE });

/** The bed's alarm as ever, then an answer to each command. */
beforeEach(() => {
  undisturbed = new Said(ENDS);
  alarm(undisturbed, raised);
  beside = commanded(dues, undisturbed);
  said = new Said(ENDS);
  alarm(said, raised);
  const ids = new Set(beside.sent.map(({ message }) => commandCodec.decode(message.value ?? new Uint8Array()).id));
  [...ids].forEach((command, i) => {
    const step = STEPS[i] ?? "refused";
    alarm(said, { ...raised, sequence: 2 + i, step, alarm: step === "acknowledged" ? raised.alarm : null, command });
  });
  condition(said, noData("begin"));
  condition(said, noData("end"));
});

const wrong = (): string[] => beside.wrong(said, undisturbed);

test("commands go to the bed with alarms, twice each; its log and the silence are not compared, and nothing is wrong", () => {
  const commands = beside.sent.map(({ message }) => commandCodec.decode(message.value ?? new Uint8Array()));
  expect(new Set(commands.map(({ bed }) => bed))).toEqual(new Set(["b001"]));
  expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length / 2);
  expect(commands.filter(({ action }) => action === "acknowledge").map(({ alarm: seen }) => seen?.id)).toEqual(
    Array.from({ length: 8 }, () => raised.alarm?.id),
  );
  expect(wrong()).toEqual([]);
  expect(compare(said, undisturbed, beside.isApart)).toMatchObject({ lost: [], different: [], extra: [] });
});

test("what is of other beds is compared", () => {
  alarm(said, { ...raised, bed: "b003" });
  condition(said, conditionAt("b003", "no-data", "begin", 100));
  condition(said, conditionAt("b002", "tachycardia", "begin", 100));
  expect(compare(said, undisturbed, beside.isApart).extra).toHaveLength(3);
});

test("a hole in a log is wrong", () => {
  said.first.delete(`${TOPICS.alarms} b001 3`);
  expect(wrong()).toContainEqual(expect.stringMatching(/^b001: alarm event 3 of \d+ was not told$/));
});

test("an alarm that was not raised, or should not have been, is wrong", () => {
  alarm(said, { ...raised, step: "acknowledged", command: "another" });
  alarm(said, alarmEventAt("b002", "bradycardia", 100));
  expect(wrong()).toEqual([`b001/e1/tachycardia/5000 raised no alarm`, `b002/e1/bradycardia/100 raised an alarm`]);
});

test("a command that is answered twice, or never, is wrong", () => {
  const count = said.of(TOPICS.alarms).length;
  alarm(said, { ...raised, sequence: count, step: "refused", alarm: null, command: "command-1" });
  expect(wrong()).toEqual([
    expect.stringMatching(/^command-1, \w+, was answered 2 times$/),
    expect.stringMatching(/^command-\d+, \w+, was answered 0 times$/),
  ]);
});

test("that every command is refused is wrong", () => {
  for (const event of said.of<AlarmEvent>(TOPICS.alarms)) {
    if (event.command) alarm(said, { ...event, step: "refused", alarm: null });
  }
  expect(wrong()).toEqual(["every command was refused"]);
});

test("a silence that is not said to end is wrong", () => {
  said.first.delete(`${TOPICS.conditions} ${noData("end").id} end ${25 * RATE}`);
  expect(wrong()).toEqual(["b002/e1/no-data/6250 was told as begin"]);
});

test("the silent bed is heard before and after", () => {
  const { sent, heard } = fallingSilent(dues);
  const times = heard.filter(({ bed }) => bed === "b002").map(({ firstSample }) => firstSample / RATE);
  expect(sent).toHaveLength(heard.length);
  expect(dues.length - heard.length).toBe(200);
  expect(times[0]).toBe(0);
  expect((times.at(-1) ?? 0) + 0.2).toBeCloseTo(dues.at(-1)?.atSeconds ?? 0);
  expect(Math.max(...times.slice(1).map((time, i) => time - times[i]))).toBeCloseTo(40.2);
});
