import type { PartitionRef } from "../../bus/bus.ts";
import { createKafkaBus } from "../../bus/kafka-bus.ts";
import { KAFKA_CLIENTS } from "../../bus/kafka/names.ts";
import { TOPICS } from "../../contracts/topics.ts";
import type { Seen } from "./ledger.ts";

/** A member of the group that is measured, in a process of its own: takes each message at once and commits once a second. */
const [clientName, broker, partitions, group] = process.argv.slice(2);
const client = KAFKA_CLIENTS.find((name) => name === clientName) ?? "kafkajs";
const bus = createKafkaBus({ client, brokers: [broker], partitions: Number(partitions), clientId: "faults-worker" });
const taken = new Map<string, PartitionRef & { offset: number }>();
let unsent: Seen[] = [];

await bus.start();
const subscription = await bus.subscribe({
  group,
  topics: [TOPICS.frames],
  from: "latest",
  credits: 2000,
  onMessage: ({ topic, partition, offset, key, value }) => {
    subscription.release(1);
    taken.set(`${topic}/${partition}`, { topic, partition, offset: offset + 1 });
    unsent.push({ key, number: Number(Buffer.from(value)), partition, offset, atMs: Date.now() });
  },
  onRevoked: async () => {
    await commit();
    taken.clear();
  },
  onError: (error) => {
    console.error(error.message);
    process.exit(1);
  },
});
process.send?.("joined");

const timers = [
  setInterval(() => void commit(), 1000),
  setInterval(() => {
    if (unsent.length > 0) process.send?.(unsent);
    unsent = [];
  }, 50),
];
process.on("message", () => {
  for (const timer of timers) clearInterval(timer);
  void bus.close().then(() => process.send?.(unsent, () => process.exit(0)));
});

async function commit(): Promise<void> {
  const offsets = [...taken.values()];
  // A broker that is away is asked again a second later.
  if (offsets.length > 0) await subscription.commit(offsets).catch(() => {});
}
