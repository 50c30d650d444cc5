import { describe, expect, inject, onTestFinished, test, vi } from "vitest";
import type { BusTopic } from "../../../contracts/topics.ts";
import { numbered, numbers, read, unique } from "../../../testing/bus/harness.ts";
import { hasLibrdkafka, produce } from "../../../testing/kafka/librdkafka.ts";
import { createKafkaBus } from "../../kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "../../kafka/names.ts";
import { CODECS, MAX_UNPACKED_BYTES } from "./codecs.ts";

/** One of its own: what is produced here is much, and other tests read theirs from the beginning. */
const TOPIC: BusTopic = {
  name: "ecg.codecs.v1",
  cleanup: { policy: "delete", retentionMs: 3_600_000 },
  compression: "producer",
};
const broker = inject("kafkaBrokers");

async function openBus(client: KafkaClientName) {
  const bus = createKafkaBus({ client, brokers: [broker], partitions: 4, topics: [TOPIC], clientId: "codecs" });
  onTestFinished(() => bus.close());
  await bus.start();
  return bus;
}

describe.skipIf(!hasLibrdkafka).each(KAFKA_CLIENTS)("%s", (client) => {
  test.each([
    ["gzip", 1],
    ["snappy", 2],
    ["lz4", 3],
    ["zstd", 4],
  ] as const)("what librdkafka packs by %s is read, in order", async (compression, type) => {
    const bus = await openBus(client);
    const unpack = vi.spyOn(CODECS[type], "unpack");
    onTestFinished(() => unpack.mockRestore());
    const key = unique("bed");
    const reader = await read(bus, { group: unique(compression), topics: [TOPIC.name] });
    await produce(broker, compression, numbered(key, 3000, 0, TOPIC.name));
    expect(await reader.texts(key, 3000)).toEqual(numbers(3000));
    expect(unpack).toHaveBeenCalled();
  });

  test("a batch that grows beyond the limit is stepped over, its offsets said, and what follows is read", async () => {
    const bus = await openBus(client);
    const key = unique("bed");
    const reader = await read(bus, { group: unique("bomb"), topics: [TOPIC.name] });
    const zeros = Buffer.alloc(900_000);
    const count = Math.ceil(MAX_UNPACKED_BYTES / zeros.length) + 1;
    await bus.publish(numbered(key, 1, 0, TOPIC.name));
    await produce(
      broker,
      "gzip",
      Array.from({ length: count }, () => ({ topic: TOPIC.name, key, value: zeros })),
    );
    await bus.publish(numbered(key, 1, 1, TOPIC.name));
    expect(await reader.texts(key, 2)).toEqual(numbers(2));
    const stepped = reader.messages.filter(({ unreadable }) => unreadable !== undefined);
    expect(stepped).toHaveLength(1);
    const [first, last] = reader.messages.filter((message) => message.key === key).map(({ offset }) => offset);
    expect(stepped[0]).toMatchObject({
      offset: last - 1,
      unreadable: expect.stringContaining(`the messages at ${first + 1} to ${last - 1} cannot be read`),
    });
    expect(reader.errors).toEqual([]);
  });
});
