import { expect, test } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import { createMemoryBus } from "../../../bus/memory-bus.ts";
import type { AlarmEvent } from "../../../contracts/alarm.ts";
import type { Beat } from "../../../contracts/beat.ts";
import { alarmCodec, beatCodec, conditionCodec } from "../../../contracts/codec.ts";
import type { Condition } from "../../../contracts/condition.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import { frameMessage, framesOf, until } from "../../../testing/pipeline/frames.ts";
import { mortal } from "../../../testing/pipeline/mortal-bus.ts";
import { type RunningPipeline, runPipeline } from "../pipeline.ts";
import { CheckpointMemory } from "./checkpoint-memory.ts";
import type { TakenOver } from "./take-over.ts";

const frames = framesOf("b1", 50).map(frameMessage);

function start(bus: Bus, hash: string, taken: TakenOver[]): RunningPipeline {
  const fake = createFakeClassifier(FEATURE_NAMES.length);
  const classifier = { ...fake, info: { ...fake.info, hash } };
  return runPipeline({
    bus,
    classifier,
    group: "pipeline",
    credits: 500,
    observer: { tookOver: (one) => void taken.push(one) },
  });
}

interface Said {
  readonly beats: Beat[];
  readonly conditions: Condition[];
  readonly alarms: AlarmEvent[];
}

/** A bus, and what is said on it. */
async function open(): Promise<{ bus: Bus; said: Said }> {
  const bus = createMemoryBus({ partitions: 1, maxMessages: 100_000, maxBytes: 1 << 30 });
  await bus.start();
  const said: Said = { beats: [], conditions: [], alarms: [] };
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.beats, TOPICS.conditions, TOPICS.alarms],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ topic, value }) => {
      if (topic === TOPICS.beats) said.beats.push(beatCodec.decode(value));
      else if (topic === TOPICS.conditions) said.conditions.push(conditionCodec.decode(value));
      else said.alarms.push(alarmCodec.decode(value));
    },
    onError: (error) => expect.unreachable(error.message),
  });
  return { bus, said };
}

/** A worker hears a bed for 30 s and dies; what it wrote of the bed is there. */
async function afterDeath(bus: Bus): Promise<void> {
  const worker = mortal(bus);
  const pipeline = start(worker.bus, "first", []);
  await pipeline.lag();
  await bus.publish(frames.slice(0, 150));
  await until(async () => (await pipeline.lag()) === 0 && (await bus.ends(TOPICS.checkpoints))[0] > 0);
  await worker.die();
}

test("another model's checkpoint is refused, once: the bed is heard again from its frames, and no beat is lost", async () => {
  const { bus, said } = await open();
  await afterDeath(bus);
  const taken: TakenOver[] = [];
  const second = start(bus, "second", taken);
  await bus.publish(frames.slice(150));
  await until(async () => (await second.lag()) === 0);
  await second.close();
  await bus.close();
  const reason = expect.stringMatching(/^made by snapshot \d+, model first, policy .*; this is .*model second/);
  expect(taken.map(({ beds }) => beds)).toEqual([0]);
  expect([...taken[0].refused]).toEqual([[reason, 1]]);
  const told = new Set(said.beats.map(({ sample }) => sample));
  const gaps = [...told].toSorted((a, b) => a - b).map((sample, i, all) => (i > 0 ? sample - all[i - 1] : 0));
  // Sinus rhythm but for the asystole of 9 s.
  expect(gaps.filter((gap) => gap > 1.2 * 250)).toHaveLength(1);
  expect(new Set(said.beats.map(({ model }) => model))).toEqual(new Set(["first", "second"]));
});

test.each([
  ["cut off", (value: Uint8Array) => value.slice(0, -20)],
  ["with bytes that nobody wrote", (value: Uint8Array) => value.map((byte, i) => (i > 400 ? byte ^ 0x55 : byte))],
])("a checkpoint that is damaged, %s, is refused, and the bed is heard", async (_, damage) => {
  const { bus, said } = await open();
  await afterDeath(bus);
  const last = await lastCheckpoint(bus);
  await bus.publish([{ topic: TOPICS.checkpoints, key: "b1", value: damage(last) }]);
  const taken: TakenOver[] = [];
  const second = start(bus, "first", taken);
  const before = said.beats.length;
  await bus.publish(frames.slice(150));
  await until(async () => (await second.lag()) === 0);
  await second.close();
  await bus.close();
  expect([...taken[0].refused]).toEqual([["damaged", 1]]);
  expect(said.beats.length).toBeGreaterThan(before);
});

async function lastCheckpoint(bus: Bus): Promise<Uint8Array> {
  let last: Uint8Array | null = null;
  const subscription = await bus.subscribe({
    group: "checkpoints",
    topics: [TOPICS.checkpoints],
    from: "earliest",
    credits: 1000,
    onMessage: ({ value }) => (last = value),
    onError: (error) => expect.unreachable(error.message),
  });
  await until(async () => (await subscription.lag()) === 0);
  await subscription.close();
  return last ?? expect.unreachable("there is one");
}

test("of a bed's checkpoints the one of the latest frame counts, whoever wrote last; a tombstone removes it", async () => {
  const { bus } = await open();
  const memory = new CheckpointMemory(bus, (error) => expect.unreachable(String(error)));
  const write = async (offset: number, atMs: number): Promise<void> => {
    const head = { bed: "b1", madeBy: "a worker", offset, isHeld: true, atMs, checksum: 0 };
    await bus.publish([{ topic: TOPICS.checkpoints, key: "b1", value: Buffer.from(`${JSON.stringify(head)}\n`) }]);
    await memory.upToNow(new Set([0]), () => false);
  };
  const offsets = (): number[] => memory.in(0).map(({ offset }) => offset);
  await write(100, 0);
  await write(90, 1000);
  expect(offsets()).toEqual([100]);
  await write(110, 2000);
  // The frames' log has begun anew.
  await write(5, 3_600_000);
  expect(offsets()).toEqual([5]);
  await bus.publish([{ topic: TOPICS.checkpoints, key: "b1", value: Buffer.from("neither JSON nor a line") }]);
  await bus.publish([{ topic: TOPICS.checkpoints, key: "b2", value: Buffer.from("[]\n") }]);
  await memory.upToNow(new Set([0]), () => false);
  expect(offsets()).toEqual([5]);
  await bus.publish([{ topic: TOPICS.checkpoints, key: "b1", value: new Uint8Array(0) }]);
  await memory.upToNow(new Set([0]), () => false);
  expect(offsets()).toEqual([5]);
  await bus.publish([{ topic: TOPICS.checkpoints, key: "b1", value: new Uint8Array(0), isTombstone: true }]);
  await memory.upToNow(new Set([0]), () => false);
  expect(offsets()).toEqual([]);
  await memory.close();
  await bus.close();
});

test("a bed that had no data when its worker died has none, until something comes: then that ends, as it began", async () => {
  const { bus, said } = await open();
  const worker = mortal(bus);
  const first = start(worker.bus, "first", []);
  await first.lag();
  await bus.publish(frames.slice(0, 100));
  const noData = (): Condition[] => said.conditions.filter(({ kind }) => kind === "no-data");
  await until(() => noData().length > 0 && said.alarms.some(({ alarm }) => alarm?.kind === "no-data"));
  await worker.die();
  const taken: TakenOver[] = [];
  const second = start(bus, "first", taken);
  await until(() => taken.length > 0);
  // Nothing is begun anew while it goes on.
  await new Promise((resolve) => setTimeout(resolve, 5000));
  expect(noData()).toHaveLength(1);
  await bus.publish(frames.slice(100));
  await until(async () => (await second.lag()) === 0);
  await second.close();
  await bus.close();
  expect(taken.map(({ beds }) => beds)).toEqual([1]);
  expect(noData().map(({ phase, id }) => [phase, id])).toEqual([
    ["begin", "b1/e/no-data/5000"],
    ["end", "b1/e/no-data/5000"],
  ]);
  const steps = said.alarms.filter(({ alarm }) => alarm?.kind === "no-data").map(({ step }) => step);
  expect(steps.filter((step) => step === "raised")).toHaveLength(1);
  const sequences = said.alarms.map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.map((_, n) => n + 1));
});
