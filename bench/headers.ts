import type { ReceivedMessage } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { HEADERS, TOPICS, type TopicName } from "../contracts/topics.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { unrecordedTrace } from "../simulator/unrecorded.ts";
import { conclude } from "./harness/conclude.ts";
import { encodedFrames } from "./worker/encoded-frames.ts";

/** What headers cost on the wire: bytes of a message as a record of Kafka's format, without and with CloudEvents' attributes and traceparent. */
const BEDS = 4;
const SECONDS = 120;

const BESIDE: ReadonlySet<string> = new Set([
  HEADERS.specVersion,
  HEADERS.eventId,
  HEADERS.eventSource,
  HEADERS.eventType,
  HEADERS.eventTime,
  HEADERS.contentType,
  HEADERS.traceparent,
]);

/** Bytes of a length or count: zigzag, seven bits a byte. */
const varint = (value: number): number => Math.max(1, Math.ceil((Math.log2(value + 1) + 1) / 7));
const text = (value: string): number => varint(Buffer.byteLength(value)) + Buffer.byteLength(value);

/** https://kafka.apache.org/documentation/#record: attributes, two deltas of two bytes each, key, value, headers. */
function recordBytes({ key, value, headers }: ReceivedMessage, has: (header: string) => boolean): number {
  const own = Object.entries(headers).filter(([name]) => has(name));
  const inHeaders = own.reduce((sum, [name, content]) => sum + text(name) + text(content), varint(own.length));
  const body = 1 + 2 + 2 + text(key) + varint(value.length) + value.length + inHeaders;
  return varint(body) + body;
}

const config = readConfig();
const topics: readonly TopicName[] = [TOPICS.frames, TOPICS.beats, TOPICS.qrs, TOPICS.conditions, TOPICS.rhythms];
const totals = new Map<string, { count: number; value: number; before: number; traced: number; after: number }>();
const bus = createMemoryBus({ partitions: 8, maxMessages: 1e9, maxBytes: 1e12 });
await bus.start();
const reader = await bus.subscribe({
  group: "bench",
  topics,
  from: "earliest",
  credits: 1e9,
  onMessage: (message) => {
    const all = totals.get(message.topic) ?? { count: 0, value: 0, before: 0, traced: 0, after: 0 };
    all.count++;
    all.value += message.value.length;
    all.before += recordBytes(message, (name) => !BESIDE.has(name));
    all.traced += recordBytes(message, (name) => name === HEADERS.traceparent || !BESIDE.has(name));
    all.after += recordBytes(message, () => true);
    totals.set(message.topic, all);
  },
  onError: (error) => {
    throw error;
  },
});
const classifier = await loadClassifier(config.MODEL, config.ENGINE);
const pipeline = runPipeline({ bus, classifier, group: "workers", credits: config.CREDITS });
await pipeline.lag();
await bus.publish(
  encodedFrames(BEDS, SECONDS).map((message) => ({
    ...message,
    headers: { [HEADERS.traceparent]: unrecordedTrace() },
  })),
);
while ((await pipeline.lag()) !== 0) await new Promise((resolve) => setTimeout(resolve, 5));
await pipeline.close();
while ((await reader.lag()) !== 0) await new Promise((resolve) => setTimeout(resolve, 5));

const beats = totals.get(TOPICS.beats)?.count ?? 0;
const bytes: Record<string, unknown> = {};
for (const [topic, { count, value, before, traced, after }] of totals) {
  const each = [value, before, traced, after].map((sum) => Math.round(sum / count));
  bytes[topic] = each;
  console.log(
    `${topic}: ${(count / beats).toFixed(2)} a beat; value ${each[0]} bytes, record ${each[1]}, with traceparent ${each[2]}, with CloudEvents, too, ${each[3]}`,
  );
}
const perBeat = (of: "before" | "traced" | "after"): number =>
  Math.round([...totals].reduce((sum, [topic, all]) => (topic === TOPICS.frames ? sum : sum + all[of]), 0) / beats);
console.log(`all that is said of a beat: ${perBeat("before")} bytes before, ${perBeat("after")} after`);
conclude("headers", { bytes, perBeatBefore: perBeat("before"), perBeatAfter: perBeat("after") });
await classifier.close();
await bus.close();
