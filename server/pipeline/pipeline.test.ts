import { expect, test } from "vitest";
import type { Bus, BusMessage } from "../../bus/bus.ts";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import type { Beat } from "../../contracts/beat.ts";
import { beatCodec, conditionCodec } from "../../contracts/codec.ts";
import type { Condition } from "../../contracts/condition.ts";
import { HEADERS, TOPICS } from "../../contracts/topics.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { framesOf, frameMessage as message, until } from "../../testing/pipeline/frames.ts";
import { mortal } from "../../testing/pipeline/mortal-bus.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { type RunningPipeline, runPipeline } from "./pipeline.ts";

interface Heard {
  readonly beats: Beat[];
  readonly conditions: Condition[];
  readonly letters: { value: Uint8Array; headers: Readonly<Record<string, string>> }[];
}

async function listen(bus: Bus): Promise<Heard> {
  const heard: Heard = { beats: [], conditions: [], letters: [] };
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.beats, TOPICS.conditions, TOPICS.deadLetter],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ topic, value, headers }) => {
      if (topic === TOPICS.beats) heard.beats.push(beatCodec.decode(value));
      else if (topic === TOPICS.conditions) heard.conditions.push(conditionCodec.decode(value));
      else heard.letters.push({ value, headers });
    },
    onError: (error) => expect.unreachable(error.message),
  });
  return heard;
}

const start = (bus: Bus, credits = 500) =>
  runPipeline({ bus, classifier: createFakeClassifier(FEATURE_NAMES.length), group: "pipeline", credits });

/** Lets the pipeline take all there is, closes it, and waits until all it said was heard. */
async function finish(bus: Bus, pipeline: RunningPipeline, heard: Heard): Promise<void> {
  await until(async () => (await pipeline.lag()) === 0);
  await pipeline.close();
  const topics = [TOPICS.beats, TOPICS.conditions, TOPICS.deadLetter];
  await until(async () => {
    const ends = await Promise.all(topics.map((topic) => bus.ends(topic)));
    const said = ends.flat().reduce((sum, end) => sum + end, 0);
    return heard.beats.length + heard.conditions.length + heard.letters.length === said;
  });
  await bus.close();
}

/** What the pipeline says of these messages, published in this order. */
async function hear(messages: readonly BusMessage[], credits?: number): Promise<Heard> {
  const bus = createMemoryBus({ partitions: 2, maxMessages: 100_000, maxBytes: 1 << 30 });
  await bus.start();
  const heard = await listen(bus);
  const pipeline = start(bus, credits);
  await pipeline.lag();
  for (const one of messages) await bus.publish([one]);
  await finish(bus, pipeline, heard);
  return heard;
}

const byId = (beats: readonly Beat[]): Beat[] => beats.toSorted((a, b) => a.sample - b.sample);

test("beats and conditions depend on the samples, not on how frames, credits and neighbours fall", async () => {
  const short = await hear(framesOf("b1", 25).map(message));
  const long = await hear(framesOf("b1", 125).map(message), 16);
  const neighbours = framesOf("b2", 60, 9);
  const mixed = framesOf("b1", 60).flatMap((frame, i) => [message(frame), message(neighbours[i])]);
  const beside = await hear(mixed);

  expect(short.beats.length).toBeGreaterThan(70);
  expect(new Set(short.beats.map(({ id }) => id)).size).toBe(short.beats.length);
  expect(byId(long.beats)).toEqual(byId(short.beats));
  expect(byId(beside.beats.filter(({ bed }) => bed === "b1"))).toEqual(byId(short.beats));
  expect(long.conditions).toEqual(short.conditions);
  expect(short.conditions.map(({ kind, phase }) => `${kind} ${phase}`)).toEqual(
    expect.arrayContaining(["asystole begin", "asystole end"]),
  );
});

test("a poisoned message goes to the dead-letter topic as it was, its neighbours untouched", async () => {
  const frames = framesOf("b1", 125);
  const poison = { topic: TOPICS.frames, key: "b1", value: Uint8Array.of(255, 1, 2, 3) };
  const [lead] = frames[10].leads;
  const threeLeads = message({ ...frames[10], leads: [lead, lead, lead] });
  const messages = frames.map(message);
  const clean = await hear(messages);
  const poisoned = await hear([...messages.slice(0, 10), poison, threeLeads, ...messages.slice(10)]);

  expect(poisoned.beats).toEqual(clean.beats);
  expect(poisoned.letters.map(({ headers }) => headers[HEADERS.errorCode])).toEqual(["BAD_FRAME", "BAD_FRAME"]);
  expect(poisoned.letters[0].value).toEqual(poison.value);
  expect(poisoned.letters[1].headers[HEADERS.errorMessage]).toMatch(/the epoch began with MLII, V1/);
});

test("a frame under another bed's key goes to the dead-letter topic", async () => {
  const [frame] = framesOf("b1", 125);
  const { letters } = await hear([{ ...message(frame), key: "b2" }]);
  expect(letters[0].headers[HEADERS.errorMessage]).toMatch(/bed b1 was sent under the key "b2"/);
});

test("a source that sends one frame again and again has no data", async () => {
  const bus = createMemoryBus({ partitions: 1 });
  await bus.start();
  const heard = await listen(bus);
  const pipeline = start(bus);
  await pipeline.lag();
  const again = message(framesOf("b1", 125)[0]);
  await until(async () => {
    await bus.publish([again]);
    return heard.conditions.length > 0;
  });
  expect(heard.conditions).toMatchObject([{ kind: "no-data", phase: "begin", sample: 125 }]);
  await finish(bus, pipeline, heard);
}, 20_000);

test("duplicated and out-of-order frames change nothing", async () => {
  const messages = framesOf("b1", 50).map(message);
  const clean = await hear(messages);
  const disturbed = messages.flatMap((one, i) =>
    i % 7 === 3 ? [] : i % 7 === 4 ? [one, messages[i - 1], one] : [one],
  );
  expect((await hear(disturbed)).beats).toEqual(clean.beats);
});

test("a worker that stops dead is replaced by one that loses no beat", async () => {
  const messages = framesOf("b1", 50).map(message);
  const clean = await hear(messages);

  const bus = createMemoryBus({ partitions: 1, maxMessages: 100_000, maxBytes: 1 << 30 });
  await bus.start();
  const heard = await listen(bus);
  const crashing = mortal(bus);
  await start(crashing.bus).lag();
  for (const one of messages.slice(0, 200)) await bus.publish([one]);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  await crashing.die();
  for (const one of messages.slice(200)) await bus.publish([one]);
  const second = start(bus);
  await finish(bus, second, heard);

  const union = new Map(heard.beats.map((beat) => [beat.id, beat]));
  expect([...union.keys()].toSorted()).toEqual(clean.beats.map(({ id }) => id).toSorted());
});
