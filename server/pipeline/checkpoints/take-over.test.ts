import { afterEach, expect, test, vi } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import { createMemoryBus } from "../../../bus/memory-bus.ts";
import type { Frame } from "../../../contracts/frame.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { openSources } from "../../../simulator/open-sources.ts";
import { Player } from "../../../simulator/player.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import { frameMessage, until } from "../../../testing/pipeline/frames.ts";
import { mortal } from "../../../testing/pipeline/mortal-bus.ts";
import { type RunningPipeline, runPipeline } from "../pipeline.ts";
import type { TakenOver } from "./take-over.ts";

const SECONDS = 100;
const RECORDS = ["sinus", "fibrillation", "ventricular-runs", "pauses", "bradycardia"];
const SAID = [TOPICS.beats, TOPICS.qrs, TOPICS.conditions, TOPICS.rhythms, TOPICS.alarms];

/** All beds' frames of 200 ms, as they come. */
async function wardFrames(seconds = SECONDS): Promise<Frame[]> {
  const beds = await Promise.all(
    RECORDS.map(async (name, i) => {
      const { sources } = await openSources("", [`synthetic/${name}`]);
      const player = new Player(`b${i + 1}`, sources[0], "e", 0.2 * sources[0].samplingRateHz, "no");
      return Array.from({ length: 5 * seconds }, () => ({ ...player.next(0).frame, epochStartMs: 0 }));
    }),
  );
  return beds[0].flatMap((_, i) => beds.map((frames) => frames[i]));
}

/** Everything that is told, "topic key value": what is told twice, once. */
async function listen(bus: Bus): Promise<Set<string>> {
  const said = new Set<string>();
  const decoder = new TextDecoder();
  await bus.subscribe({
    group: "test",
    topics: SAID,
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ topic, key, value }) => said.add(`${topic} ${key} ${decoder.decode(value)}`),
    onError: (error) => expect.unreachable(error.message),
  });
  return said;
}

const open = async (): Promise<Bus> => {
  const bus = createMemoryBus({ partitions: 3, maxMessages: 1_000_000, maxBytes: 1 << 30 });
  await bus.start();
  return bus;
};

const start = (bus: Bus, taken: TakenOver[] = []): RunningPipeline =>
  runPipeline({
    bus,
    classifier: createFakeClassifier(FEATURE_NAMES.length),
    group: "pipeline",
    credits: 500,
    observer: { tookOver: (one) => void taken.push(one) },
  });

/** What a worker says that nobody disturbs. */
async function undisturbed(frames: readonly Frame[]): Promise<Set<string>> {
  const bus = await open();
  const said = await listen(bus);
  const pipeline = start(bus);
  await pipeline.lag();
  for (const frame of frames) await bus.publish([frameMessage(frame)]);
  await until(async () => (await pipeline.lag()) === 0);
  await pipeline.close();
  await bus.close();
  return said;
}

afterEach(() => vi.useRealTimers());

test("workers that are killed at any moment say together, to the byte, what one says that nobody disturbs", async () => {
  // The wall's clock stands: on a busy machine a bed would have no data between two of its frames.
  vi.useFakeTimers({ toFake: ["Date"] });
  const frames = await wardFrames();
  const clean = await undisturbed(frames);
  expect(clean.size).toBeGreaterThan(1000);

  const bus = await open();
  const said = await listen(bus);
  const taken: TakenOver[] = [];
  let kills = 0;
  let worker = mortal(bus);
  /** The frame behind which the worker dies: one in 4 to 12 s of each bed. */
  let last = 300;
  let running = start(worker.bus);
  await running.lag();
  for (const [i, frame] of frames.entries()) {
    await bus.publish([frameMessage(frame)]);
    if (i % 25 === 0) await until(async () => ((await running.lag()) ?? 0) < 20);
    if (i !== last) continue;
    // Works are anywhere between the stages.
    await new Promise((resolve) => setTimeout(resolve, (7 * kills) % 40));
    await worker.die();
    last += 90 + ((61 * kills) % 200);
    kills++;
    worker = mortal(bus);
    running = start(worker.bus, taken);
    await running.lag();
  }
  await worker.die();
  const pipeline = start(bus, taken);
  await until(async () => (await pipeline.lag()) === 0);
  await pipeline.close();
  await bus.close();

  expect(kills).toBeGreaterThan(8);
  expect(taken).toHaveLength(kills + 1);
  expect(taken.map(({ beds }) => beds)).toEqual(taken.map(() => RECORDS.length));
  expect(taken.flatMap(({ refused }) => [...refused.keys()])).toEqual([]);
  expect([...said].filter((one) => !clean.has(one))).toEqual([]);
  expect([...clean].filter((one) => !said.has(one))).toEqual([]);
});

/** A worker's bus from which no checkpoint comes to the other one any more, as soon as that is said. */
function withoutCheckpoints(bus: Bus) {
  const state = { isStuck: false, stuck: 0 };
  const slow: Bus = {
    ...bus,
    publish: (messages) => {
      if (!state.isStuck || messages[0].topic !== TOPICS.checkpoints) return bus.publish(messages);
      state.stuck++;
      return new Promise(() => {});
    },
  };
  return { bus: slow, state };
}

/**
 * What is told where a worker dies behind `diesAt` of the frames, no checkpoint of which has come to the bus since `stuckAt` of them, and
 * another one goes on.
 */
async function toldWithout(frames: readonly Frame[], stuckAt: number, diesAt: number) {
  const bus = await open();
  const said = await listen(bus);
  const worker = mortal(bus);
  const slow = withoutCheckpoints(worker.bus);
  const running = start(slow.bus);
  await running.lag();
  const hear = async (from: number, to: number): Promise<void> => {
    for (const frame of frames.slice(from * frames.length, to * frames.length))
      await bus.publish([frameMessage(frame)]);
    await until(async () => (await running.lag()) === 0);
    // Commits follow within a second.
    await new Promise((resolve) => setTimeout(resolve, 1200));
  };
  if (stuckAt > 0) await hear(0, stuckAt);
  slow.state.isStuck = true;
  await hear(stuckAt, diesAt);
  await worker.die();

  const taken: TakenOver[] = [];
  const next = start(bus, taken);
  for (const frame of frames.slice(diesAt * frames.length)) await bus.publish([frameMessage(frame)]);
  await until(async () => (await next.lag()) === 0);
  await next.close();
  await bus.close();
  return { said, taken: taken[0], stuck: slow.state.stuck };
}

test("a worker that dies while its checkpoints do not come to the bus has committed nothing behind the last that did", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const frames = await wardFrames();
  const clean = await undisturbed(frames);
  const { said, taken, stuck } = await toldWithout(frames, 0.4, 0.9);
  expect(stuck).toBe(RECORDS.length);
  expect([...taken.refused.keys()]).toEqual([]);
  expect(taken.beds).toBe(RECORDS.length);
  expect([...said].filter((one) => !clean.has(one))).toEqual([]);
  expect([...clean].filter((one) => !said.has(one))).toEqual([]);
});

test.each([0.2, 0.9])(
  "a worker that dies behind %f of the frames, before one checkpoint came: they are heard again, and told the same",
  async (diesAt) => {
    vi.useFakeTimers({ toFake: ["Date"] });
    // Longer than what is heard again elsewhere: alarms of the first half minute, and what became of them a minute later.
    const frames = await wardFrames(160);
    const clean = await undisturbed(frames);
    const { said, taken } = await toldWithout(frames, 0, diesAt);
    expect(taken.beds).toBe(0);
    expect([...said].filter((one) => !clean.has(one))).toEqual([]);
    expect([...clean].filter((one) => !said.has(one))).toEqual([]);
  },
);
