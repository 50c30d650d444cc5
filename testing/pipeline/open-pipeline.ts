import { expect } from "vitest";
import type { BusMessage } from "../../bus/bus.ts";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import type { Beat } from "../../contracts/beat.ts";
import { beatCodec, conditionCodec } from "../../contracts/codec.ts";
import type { Condition } from "../../contracts/condition.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { createMetrics } from "../../server/metrics.ts";
import { observeWith } from "../../server/pipeline/observe.ts";
import { runPipeline } from "../../server/pipeline/pipeline.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { createFakeClassifier } from "../model/fake-classifier.ts";
import { until } from "./frames.ts";

/** A pipeline on a memory bus, as a process runs it, and all it says. */
export async function openPipeline() {
  const bus = createMemoryBus({ partitions: 2, maxMessages: 100_000, maxBytes: 1 << 30 });
  await bus.start();
  const heard = { beats: [] as Beat[], conditions: [] as Condition[], letters: [] as BusMessage[] };
  const topics = [TOPICS.beats, TOPICS.conditions, TOPICS.deadLetter];
  await bus.subscribe({
    group: "test",
    topics,
    from: "earliest",
    credits: 1_000_000,
    onMessage: (message) => {
      if (message.topic === TOPICS.beats) heard.beats.push(beatCodec.decode(message.value));
      else if (message.topic === TOPICS.conditions) heard.conditions.push(conditionCodec.decode(message.value));
      else heard.letters.push(message);
    },
    onError: (error) => expect.unreachable(error.message),
  });
  /** Lines as they are logged, facts and text. */
  const log: string[] = [];
  const write = (facts: unknown, text?: string): void => void log.push(`${JSON.stringify(facts)} ${text}`);
  const metrics = createMetrics();
  const pipeline = runPipeline({
    bus,
    classifier: createFakeClassifier(FEATURE_NAMES.length),
    group: "pipeline",
    credits: 500,
    observer: observeWith(metrics, { warn: write, debug: () => {} }),
  });
  await pipeline.lag();
  return {
    heard,
    log,
    metrics,
    publish: (messages: readonly BusMessage[]) => bus.publish(messages),
    /** Lets the pipeline take all there is, and waits until all it said was heard. */
    close: async () => {
      await until(async () => (await pipeline.lag()) === 0);
      await pipeline.close();
      await until(async () => {
        const ends = await Promise.all(topics.map((topic) => bus.ends(topic)));
        const said = ends.flat().reduce((sum, end) => sum + end, 0);
        return heard.beats.length + heard.conditions.length + heard.letters.length === said;
      });
      await bus.close();
    },
  };
}
