import kafkajs from "kafkajs";
import { expect, inject, onTestFinished, test } from "vitest";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { TOPICS } from "../contracts/topics.ts";
import { beatAt, beatMessage, frameAt, frameMessage } from "../testing/gateway/messages.ts";
import { decodeMessage, fromKafka, type MessageLike, TOPIC_NAMES } from "./kafka.ts";

const { Kafka, logLevel } = kafkajs;

async function openBus() {
  const bus = createKafkaBus({ brokers: [inject("kafkaBrokers")], partitions: 4, clientId: "subscriber-test" });
  await bus.start();
  onTestFinished(() => bus.close());
  return bus;
}

async function openConsumer(groupId: string) {
  const kafka = new Kafka({ clientId: "subscriber", brokers: [inject("kafkaBrokers")], logLevel: logLevel.NOTHING });
  const consumer = kafka.consumer({ groupId });
  await consumer.connect();
  onTestFinished(() => consumer.disconnect());
  return consumer;
}

test("a loop over Kafka: decoded, in order of each bed; what a loop ended on comes again, and nothing before", async () => {
  const bus = await openBus();
  // Other tests of the run use the same topics: this one's beds are its own.
  const bed = `loop-${Date.now()}`;
  for (let i = 0; i < 20; i++) await bus.publish([beatMessage(beatAt(bed, i))]);
  await bus.publish([frameMessage(frameAt(bed, 3))]);
  await bus.publish([{ topic: TOPICS.beats, key: bed, value: Buffer.from("{}") }]);
  const samples: number[] = [];
  const rejected: unknown[] = [];
  const onReject = (error: unknown, { key }: MessageLike): void => {
    if (Buffer.from(key ?? []).toString() === bed) rejected.push(error);
  };
  const first = await openConsumer(bed);
  for await (const { data } of fromKafka(first, { topics: ["beats"], fromBeginning: true, onReject: () => {} })) {
    if (data.bed === bed) samples.push(data.sample);
    if (data.bed === bed && data.sample === 9) break;
  }
  await first.disconnect();
  const second = await openConsumer(bed);
  let frames = 0;
  const all = fromKafka(second, { topics: ["beats", "frames"], fromBeginning: true, onReject });
  for await (const { topic, data, key } of all) {
    if (key !== bed) continue;
    if (topic === "frames") frames += data.sequence;
    else samples.push(data.sample);
    if (frames === 3 && samples.at(-1) === 19 && rejected.length > 0) break;
    if (frames === 3 && samples.at(-1) === 19) await bus.publish([frameMessage(frameAt(bed, 0))]);
  }
  expect(samples.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const again = samples.slice(10);
  expect(again[0]).toBeLessThanOrEqual(9);
  expect(again).toEqual(Array.from({ length: 20 - again[0] }, (_, i) => again[0] + i));
  expect(rejected).toEqual([expect.objectContaining({ code: "BAD_MESSAGE" })]);
});

test("any client's messages can be decoded; another topic's are refused by name", () => {
  const { value } = beatMessage(beatAt("b1", 5));
  expect(decodeMessage(TOPIC_NAMES.beats, value)).toEqual({ topic: "beats", data: beatAt("b1", 5) });
  const frame = decodeMessage("ecg.frames.v1", frameMessage(frameAt("b1", 7)).value);
  expect(frame.topic === "frames" && frame.data.sequence).toBe(7);
  expect(() => decodeMessage("ecg.nothing.v1", value)).toThrow("no topic ecg.nothing.v1");
});
