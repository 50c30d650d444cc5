import { expect, test } from "vitest";
import type { Bus } from "../../bus/bus.ts";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import type { AlarmEvent } from "../../contracts/alarm.ts";
import { CANARY_PREFIX } from "../../contracts/canary.ts";
import { alarmCodec, commandCodec } from "../../contracts/codec.ts";
import type { Command } from "../../contracts/command.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { commandAt } from "../../testing/gateway/alarms.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { frameMessage, framesOf, RATE, until } from "../../testing/pipeline/frames.ts";
import { mortal } from "../../testing/pipeline/mortal-bus.ts";
import { type RunningPipeline, runPipeline } from "./pipeline.ts";

const start = (bus: Bus): RunningPipeline =>
  runPipeline({ bus, classifier: createFakeClassifier(FEATURE_NAMES.length), group: "pipeline", credits: 500 });

/** A bus, and all that is told of alarms on it. */
async function busWithAlarms(partitions: number): Promise<{ bus: Bus; events: AlarmEvent[] }> {
  const bus = createMemoryBus({ partitions, maxMessages: 100_000, maxBytes: 1 << 30 });
  await bus.start();
  return { bus, events: await alarmsOn(bus) };
}

/** All that is told of alarms on a bus. */
async function alarmsOn(bus: Bus): Promise<AlarmEvent[]> {
  const events: AlarmEvent[] = [];
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.alarms],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ value }) => events.push(alarmCodec.decode(value)),
    onError: (error) => expect.unreachable(error.message),
  });
  return events;
}

test("a worker heeds commands in their place; one that takes over goes on with what it told, commands and countdowns", async () => {
  const { bus, events } = await busWithAlarms(2);
  const give = (command: Command) =>
    bus.publish([{ topic: TOPICS.commands, key: command.bed, value: commandCodec.encode(command) }]);
  const told = (step: string) => events.filter((event) => event.step === step);
  const now = { atMs: Date.now() };

  const frames = framesOf("b1", 50).map(frameMessage);
  const first = mortal(bus);
  await start(first.bus).lag();
  // Asystole begins behind 40 s.
  for (const one of frames.slice(0, 230)) await bus.publish([one]);
  await until(() => events.some(({ alarm }) => alarm?.kind === "asystole"));
  const raised = events.find(({ alarm }) => alarm?.kind === "asystole")?.alarm;
  const pause = commandAt("b1", "pause", now);
  await give(pause);
  await give(commandAt("b1", "silence", { atMs: Date.now() - 120_000 }));
  await give(commandAt("b1", "acknowledge", { ...now, alarm: { id: raised?.id ?? "", version: 7 } }));
  await until(() => told("refused").length === 2);
  expect(told("refused").map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/came too late/),
    expect.stringMatching(/at version \d, not 7/),
  ]);
  await first.die();

  // It comes while nobody is there, and twice; that of before comes again.
  const acknowledged = commandAt("b1", "acknowledge", {
    ...now,
    alarm: { id: raised?.id ?? "", version: raised?.version ?? 0 },
  });
  await give(acknowledged);
  await give(acknowledged);
  await give(pause);
  const second = start(bus);
  for (const one of frames.slice(230)) await bus.publish([one]);
  await until(() => told("cleared").some(({ alarm }) => alarm?.kind === "asystole"));
  expect(told("acknowledged")).toMatchObject([
    { alarm: { id: raised?.id, sounding: false }, command: acknowledged.id },
  ]);
  expect(told("refused")).toHaveLength(2);
  expect(told("paused")[0].pause).toEqual(events.at(-1)?.pause);
  const begun = [...told("raised"), ...told("rose")].filter(({ alarm }) => alarm?.kind === "asystole");
  expect(begun).toHaveLength(1);
  const sequences = events.map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.map((_, n) => n + 1));

  await second.close();
  await bus.close();
});

test("a worker that takes over in mid-asystole goes on with it: acknowledged, it does not sound again", async () => {
  const { bus, events } = await busWithAlarms(1);
  const asystole = (): AlarmEvent[] => events.filter(({ alarm }) => alarm?.kind === "asystole");
  const frames = framesOf("b1", 50, 5, 120).map(frameMessage);
  const first = start(bus);
  await first.lag();
  // 35 s of asystole: whoever reads 20 s back hears no QRS.
  for (const one of frames.slice(0, 375)) await bus.publish([one]);
  await until(async () => asystole().length > 0 && (await first.lag()) === 0);
  const { id = "", version = 0 } = asystole()[0].alarm ?? {};
  const acknowledge = commandAt("b1", "acknowledge", { atMs: Date.now(), alarm: { id, version } });
  await bus.publish([{ topic: TOPICS.commands, key: "b1", value: commandCodec.encode(acknowledge) }]);
  await until(() => asystole().some(({ step }) => step === "acknowledged"));
  await first.close();
  const second = start(bus);
  for (const one of frames.slice(375)) await bus.publish([one]);
  await until(() => asystole().some(({ step }) => step === "cleared"));
  await until(async () => (await second.lag()) === 0);
  await second.close();
  await bus.close();
  const steps = asystole().filter(({ step }) => step !== "reminded");
  expect(steps.map(({ step, alarm }) => [step, alarm?.sounding])).toEqual([
    ["rose", true],
    ["acknowledged", false],
    ["cleared", false],
  ]);
  // Longer than an alarm is kept whose condition is not told again: the rhythm is back at 160 s.
  expect((asystole().at(-1)?.sample ?? 0) / RATE).toBeGreaterThan(160);
  expect((asystole().at(-1)?.sample ?? 0) / RATE).toBeLessThan(163);
});

test("of a canary the bus has alarms alone, which are over when their conditions are, whatever is commanded", async () => {
  const bus = createMemoryBus({ partitions: 1, maxMessages: 100_000, maxBytes: 1 << 30 });
  await bus.start();
  const pipeline = start(bus);
  await pipeline.lag();
  const events = await alarmsOn(bus);
  const canary = `${CANARY_PREFIX}0.0`;
  const frames = framesOf(canary, 50).map(frameMessage);
  const value = commandCodec.encode(commandAt(canary, "pause", { atMs: Date.now() }));
  // Asystole begins behind 40 s.
  await bus.publish(frames.slice(0, 190));
  await bus.publish([{ topic: TOPICS.commands, key: canary, value }]);
  await bus.publish(frames.slice(190));
  await until(async () => (await pipeline.lag()) === 0);
  await pipeline.close();
  const asystole = events.filter(({ alarm }) => alarm?.kind === "asystole");
  // A pause rises to it.
  expect(asystole.map(({ step }) => step)).toEqual(["rose", "cleared"]);
  expect(events.filter(({ alarm }) => !alarm || alarm.state === "latched")).toEqual([]);
  for (const topic of [TOPICS.beats, TOPICS.conditions, TOPICS.rhythms]) expect(await bus.ends(topic)).toEqual([0]);
  await bus.close();
});

test("what is no command goes to the dead-letter topic, and the bed is heard all the same", async () => {
  const bus = createMemoryBus({ partitions: 1 });
  await bus.start();
  const pipeline = start(bus);
  await pipeline.lag();
  const value = commandCodec.encode(commandAt("b1", "pause"));
  await bus.publish([
    { topic: TOPICS.commands, key: "b1", value: new TextEncoder().encode("{") },
    { topic: TOPICS.commands, key: "b2", value },
  ]);
  await until(async () => (await bus.ends(TOPICS.deadLetter))[0] === 2);
  await until(async () => (await pipeline.lag()) === 0);
  expect(await bus.ends(TOPICS.alarms)).toEqual([0]);
  await pipeline.close();
  await bus.close();
});
