import { expect, test } from "vitest";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { annotationCodec } from "../contracts/codec.ts";
import { parseDrift } from "../contracts/drift.ts";
import { decodeFrame, type Frame } from "../contracts/frame.ts";
import { HEADERS, TOPICS } from "../contracts/topics.ts";
import { readTraceparent } from "../contracts/traceparent.ts";
import { runSimulator, type SimulatorOptions } from "./simulator.ts";
import type { Source } from "./source.ts";

const RATE = 100;

function ramp(name: string, seconds: number): Source {
  const samples = Int16Array.from({ length: seconds * RATE }, (_, i) => i);
  const annotations = Array.from({ length: seconds }, (_, s) => ({ sample: s * RATE + 50, symbol: "N", aux: "" }));
  const lead = { name: "II", gainAduPerMv: 200, baselineAdu: 0, unit: "mV", samples };
  return { name, samplingRateHz: RATE, leads: [lead], annotations };
}

/** Everything that was sent until the simulator was done, or `enough` frames had come. */
async function play(change: Partial<SimulatorOptions>, enough = Number.POSITIVE_INFINITY) {
  const bus = createMemoryBus({ partitions: 2 });
  await bus.start();
  const frames: Frame[] = [];
  const truth: { bed: string; epoch: string; sample: number }[] = [];
  const traces = { frames: [] as string[], truth: [] as string[] };
  const options: SimulatorOptions = {
    bus,
    beds: [{ bed: "b1", source: ramp("test/ramp", 5) }],
    speed: Number.POSITIVE_INFINITY,
    loop: "no",
    frameMs: 200,
    seed: 1,
    epoch: "e",
    ...change,
  };
  let stop = (): void => {};
  const subscription = await bus.subscribe({
    group: "test",
    topics: [TOPICS.frames, TOPICS.annotations],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ topic, value, headers }) => {
      traces[topic === TOPICS.frames ? "frames" : "truth"].push(headers[HEADERS.traceparent]);
      if (topic === TOPICS.frames) frames.push(decodeFrame(value));
      else truth.push(annotationCodec.decode(value));
      if (frames.length >= enough) stop();
    },
    onError: (error) => expect.unreachable(error.message),
  });
  const simulator = runSimulator(options);
  stop = () => void simulator.stop();
  await simulator.done;
  while ((await subscription.lag()) !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await subscription.close();
  await bus.close();
  return { frames, truth, traces };
}

test("a source is cut into frames that join, with its truth beside them", async () => {
  const { frames, truth } = await play({});
  expect(frames).toHaveLength(25);
  expect(frames.flatMap((frame) => [...frame.leads[0].samples])).toEqual(Array.from({ length: 500 }, (_, i) => i));
  expect(frames.map((frame) => frame.sequence)).toEqual(frames.map((_, i) => i));
  expect(frames.map((frame) => frame.last)).toEqual(frames.map((_, i) => i === 24));
  expect(truth.map(({ sample }) => sample)).toEqual([50, 150, 250, 350, 450]);
});

test("what annotators say is part of the trace of the frame that has its sample; of one that never came, of its own", async () => {
  const { frames, truth, traces } = await play({});
  const ofTruth = truth.map(({ sample }) => frames.findIndex((one) => sample < one.firstSample + 20));
  expect(ofTruth).toEqual([2, 7, 12, 17, 22]);
  expect(traces.truth).toEqual(ofTruth.map((frame) => traces.frames[frame]));
  expect(new Set(traces.frames).size).toBe(25);

  const dropped = await play({ drift: parseDrift("drop:100%") });
  expect([dropped.frames, dropped.truth.length]).toEqual([[], 5]);
  for (const trace of dropped.traces.truth) expect(readTraceparent(trace)).toMatchObject({ isSampled: false });
  expect(new Set(dropped.traces.truth).size).toBe(5);
});

test("looping begins an epoch of its own, from sample 0", async () => {
  const { frames } = await play({ loop: "epoch after epoch" }, 60);
  expect([...new Set(frames.map((frame) => frame.epoch))].slice(0, 3)).toEqual(["e", "e-2", "e-3"]);
  expect(frames.find((frame) => frame.epoch === "e-2")).toMatchObject({ firstSample: 0, sequence: 0 });
});

test("at speed 4 four seconds of signal are not sent in less than one", async () => {
  const start = performance.now();
  await play({ speed: 4, beds: [{ bed: "b1", source: ramp("test/ramp", 4) }] });
  expect(performance.now() - start).toBeGreaterThan(900);
});

test("one that is stopped while it waits leaves no timer behind", async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
  const bus = createMemoryBus({ partitions: 2 });
  await bus.start();
  const before = timers();
  const beds = [{ bed: "b1", source: ramp("test/ramp", 5) }];
  const simulator = runSimulator({ bus, beds, speed: 0.1, loop: "no", frameMs: 500, seed: 1, epoch: "e" });
  await new Promise((resolve) => setImmediate(resolve));
  expect(timers()).toBe(before + 1);
  await simulator.stop();
  expect(timers()).toBe(before);
  await bus.close();
});

test("dropped, duplicated and late frames are drawn from the seed", async () => {
  const beds = [{ bed: "b1", source: ramp("test/ramp", 100) }];
  const sequences = async (drift: string, seed: number): Promise<number[]> =>
    (await play({ beds, seed, drift: parseDrift(drift) })).frames.map((frame) => frame.sequence);

  const dropped = await sequences("drop:20%", 1);
  expect(dropped.length).toBeGreaterThan(350);
  expect(dropped.length).toBeLessThan(450);
  expect(await sequences("drop:20%", 1)).toEqual(dropped);
  expect(await sequences("drop:20%", 2)).not.toEqual(dropped);

  const doubled = await sequences("duplicate:100%@0..10s", 1);
  expect(doubled).toHaveLength(550);

  const late = await sequences("late:10%", 1);
  expect(late).not.toEqual(late.toSorted((a, b) => a - b));
  expect(late.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
});

test.each([
  [{ speed: 0.01 }, /speed is 0.01/],
  [{ frameMs: 50 }, /frames of 50 ms/],
  [{ beds: [] }, /no beds/],
])("%o is refused", async (change, message) => {
  await expect(play(change)).rejects.toThrow(message);
});
