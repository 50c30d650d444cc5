import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import { createMemoryBus } from "../../../bus/memory-bus.ts";
import { alarmCodec } from "../../../contracts/codec.ts";
import type { AlarmEvent } from "../../../contracts/alarm.ts";
import { PROOF } from "../../../contracts/canary.ts";
import { encodeFrame } from "../../../contracts/frame.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { loadClassifier } from "../../../model/load.ts";
import { canaryBeds } from "../../../simulator/canary/canary-beds.ts";
import { canarySource } from "../../../simulator/canary/canary-source.ts";
import { Player } from "../../../simulator/player.ts";
import { until } from "../../../testing/gateway/gateway.ts";
import { BedAlarms } from "../../alarms/bed-alarms.ts";
import { readConfig } from "../../config.ts";
import { createMetrics } from "../../metrics.ts";
import { type RunningPipeline, runPipeline } from "../../pipeline/pipeline.ts";
import { EVENT_TOPICS } from "../feed/event-topics.ts";
import { Feed } from "../feed/feed.ts";

const FRAME_MS = 500;
/** What a person waits at the most, less what looking and telling take. */
const FOUND_WITHIN_MS = 10_000 - PROOF.lookEveryMs - 1000;

let bus: Bus;
let pipeline: RunningPipeline;
let feed: Feed;
let done = 0;
/** What screens are told. */
let told: AlarmEvent[] = [];

const [bed] = canaryBeds(1, 0);
let player: Player;

beforeEach(async () => {
  // The gateway's clock, which goes on with the canary's frames.
  vi.useFakeTimers({ toFake: ["performance"] });
  done = 0;
  told = [];
  const source = canarySource();
  player = new Player(bed, source, "e", Math.round((source.samplingRateHz * FRAME_MS) / 1000), "in one epoch");
  bus = createMemoryBus({ partitions: 1 });
  await bus.start();
  const classifier = await loadClassifier(readConfig({}).MODEL, "onnx");
  pipeline = runPipeline({ bus, classifier, group: "pipeline", credits: 500, observer: { done: () => done++ } });
  feed = new Feed({
    bus,
    topics: EVENT_TOPICS,
    config: readConfig({}),
    metrics: createMetrics(),
    onSkipped: (error) => expect.unreachable(error.message),
    onError: (error) => expect.unreachable(String(error)),
  });
  feed.listeners.add({
    frame: () => {},
    event: ({ topic }) => expect.unreachable(`an event of ${topic}`),
    bedChanged: () => {},
    proofChanged: () => {},
    canary: ({ bytes }) => {
      const { data } = JSON.parse(new TextDecoder().decode(bytes)) as { data: object };
      told.push(alarmCodec.decode(new TextEncoder().encode(JSON.stringify(data))));
    },
  });
  await feed.start();
  await pipeline.lag();
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await feed.close();
  await pipeline.close().catch(() => {});
  await bus.close();
});

/** The canary's next frame, through a worker unless it is dead, half a second behind the one before. */
async function nextFrame(isDead = false): Promise<void> {
  vi.advanceTimersByTime(FRAME_MS);
  const { frame } = player.next(Date.now());
  const before = done;
  await bus.publish([{ topic: TOPICS.frames, key: bed, value: encodeFrame(frame) }]);
  if (!isDead) await until(() => done > before);
  await until(async () => (await feed.lag()) === 0);
}

const faults = (): readonly string[] => feed.proof.board.status(Date.now(), () => []).faults.map(({ id }) => id);

async function goOn(seconds: number): Promise<void> {
  for (let ms = 0; ms < seconds * 1000; ms += FRAME_MS) {
    await nextFrame();
    expect(faults()).toEqual([]);
  }
}

/** Until a fault is told, ms. */
async function found(isDead = false): Promise<number> {
  let ms = 0;
  for (; faults().length === 0 && ms < 60_000; ms += FRAME_MS) await nextFrame(isDead);
  return ms;
}

test("a canary's alarms come from its frames to the screens, each over before the next", async () => {
  await goOn(60);
  expect(told.length).toBeGreaterThan(14);
  expect(told.map(({ step }) => step)).toEqual(told.map((_, n) => (n % 2 === 0 ? "raised" : "cleared")));
  expect(feed.ward.list(Date.now())).toEqual([]);
});

test("a worker whose alarms are silent, though it hears and classifies, is found in time, and forgiven when they speak", async () => {
  await goOn(40);
  const alarms = vi.spyOn(BedAlarms.prototype, "hear").mockReturnValue([]);
  expect(await found()).toBeLessThanOrEqual(FOUND_WITHIN_MS);
  expect(faults()).toEqual(["worker"]);
  alarms.mockRestore();
  for (let ms = 0; ms < 10_000; ms += FRAME_MS) await nextFrame();
  expect(faults()).toEqual([]);
});

test("a worker that ends over its alarms is found in time", async () => {
  await goOn(40);
  vi.spyOn(BedAlarms.prototype, "hear").mockImplementation(() => {
    throw new RangeError("no alarms");
  });
  expect(await found(true)).toBeLessThanOrEqual(FOUND_WITHIN_MS);
  expect(faults()).toEqual(["worker"]);
  await expect(pipeline.done).rejects.toThrow("no alarms");
});
