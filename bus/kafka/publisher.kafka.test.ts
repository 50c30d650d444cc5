import kafkajs from "kafkajs";
import { expect, inject, onTestFinished, test } from "vitest";
import type { BusTopic } from "../../contracts/topics.ts";
import { numbered, numbers, read, unique } from "../../testing/bus/harness.ts";
import { createKafkaBus } from "../kafka-bus.ts";
import { KAFKA_CLIENTS } from "../kafka/names.ts";

const brokers = [inject("kafkaBrokers")];

test.each(KAFKA_CLIENTS)(
  "%s: a message larger than its topic takes is refused alone: those of its call, and of others, arrive in order",
  async (client) => {
    const topic: BusTopic = {
      name: `ecg.small-${client}.v1`,
      cleanup: { policy: "delete", retentionMs: 3_600_000 },
      compression: "producer",
    };
    const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin();
    await admin.connect();
    const configEntries = [{ name: "max.message.bytes", value: "10000" }];
    await admin.createTopics({ topics: [{ topic: topic.name, numPartitions: 4, configEntries }] });
    await admin.disconnect();
    const bus = createKafkaBus({ client, brokers, partitions: 4, topics: [topic], clientId: "small" });
    onTestFinished(() => bus.close());
    await bus.start();
    const key = unique("bed");
    const reader = await read(bus, { group: unique("small"), topics: [topic.name] });
    const large = { topic: topic.name, key, value: Buffer.alloc(20_000) };
    const of = (count: number, begin: number) => numbered(key, count, begin, topic.name);
    const calls = [bus.publish([...of(3, 0), large, ...of(3, 3)]), bus.publish(of(2, 6)), bus.publish([large])];
    const settled = await Promise.allSettled(calls);
    expect(settled.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
    const refusal = { code: "BAD_MESSAGE", message: expect.stringMatching(/ecg\.small-\w+\.v1.*max\.message\.bytes/) };
    for (const { reason } of [settled[0], settled[2]] as PromiseRejectedResult[]) expect(reason).toMatchObject(refusal);
    const texts = await reader.texts(key, 8);
    expect(texts.toSorted()).toEqual(numbers(8));
    await bus.publish(of(1, 8));
    expect((await reader.texts(key, 9)).at(-1)).toBe("8");
  },
);
