import { expect, inject, onTestFinished, test, vi } from "vitest";
import { TOPICS } from "../../contracts/topics.ts";
import { numbered, PATIENCE, read, unique } from "../../testing/bus/harness.ts";
import { createKafkaBus } from "../kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "../kafka/names.ts";

async function open(client: KafkaClientName) {
  const bus = createKafkaBus({ client, brokers: [inject("kafkaBrokers")], partitions: 4, clientId: "mixed" });
  onTestFinished(() => bus.close());
  await bus.start();
  return bus;
}

const [ONE, OTHER] = KAFKA_CLIENTS;

test.each([
  [ONE, OTHER],
  [OTHER, ONE],
] as const)(
  "members of %s and %s share one group: the same numbers in each topic, and all of them when the other leaves",
  async (first, second) => {
    const options = { group: unique("mixed"), topics: [TOPICS.frames, TOPICS.beats] };
    // Of one of the clients, members have names.
    const readers = [
      await read(await open(first), { ...options, memberName: "worker-1" }),
      await read(await open(second), { ...options, memberName: "worker-2" }),
    ];
    await vi.waitFor(() => expect(readers.map(({ assigned }) => assigned.length)).toEqual([4, 4]), PATIENCE);
    const numbersOf = (topic: string) =>
      readers.map(({ assigned }) => assigned.filter((ref) => ref.topic === topic).map(({ partition }) => partition));
    expect(numbersOf(TOPICS.frames)).toEqual(numbersOf(TOPICS.beats));
    expect(numbersOf(TOPICS.frames).flat().toSorted()).toEqual([0, 1, 2, 3]);
    await readers[0].subscription.close();
    await vi.waitFor(() => expect(readers[1].assigned).toHaveLength(8), PATIENCE);
    const bus = await open(first);
    const keys = Array.from({ length: 12 }, () => unique("bed"));
    await bus.publish(keys.flatMap((key) => numbered(key, 1)));
    await vi.waitFor(() => expect(readers[1].messages).toHaveLength(12), PATIENCE);
  },
);
