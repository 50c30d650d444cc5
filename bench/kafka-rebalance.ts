import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Consumer } from "@platformatic/kafka";
import type { PartitionRef } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "../bus/kafka/names.ts";
import { TOPICS } from "../contracts/topics.ts";
import { command, run } from "../kit/cli/command.ts";
import { startKafka } from "../tools/kafka/broker.ts";

/** A member of a group, and what it holds at the moment. */
interface Member {
  readonly holds: () => readonly PartitionRef[];
  readonly leave: () => Promise<unknown>;
}

type Join = (group: string) => Promise<Member>;

const PARTITIONS = 8;
const READ = [TOPICS.frames, TOPICS.commands] as const;
const PATIENCE_MS = 60_000;

const program = command(
  "bench kafka-rebalance",
  "Three members of a group, one after another, read two topics: how long until partitions are shared out anew, and whether each member has the same numbers of both.",
).action(async () => {
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-bench-rebalance-"));
  const jarsDir = path.resolve(import.meta.dirname, "../.cache/kafka-jars");
  const kafka = await startKafka({ port: 0, dir, jarsDir });
  try {
    console.log(
      "| client | protocol | second joins, s | third joins, s | first leaves, s | same numbers of both topics |",
    );
    console.log("| --- | --- | --- | --- | --- | --- |");
    for (const client of KAFKA_CLIENTS) await measure(client, "classic, ours", joinBus(client, kafka.brokers));
    for (const assignor of ["range", "uniform"]) {
      await measure("platformatic", `consumer (KIP-848), ${assignor}`, joinConsumer(kafka.brokers, assignor));
    }
  } finally {
    await kafka.stop();
    rmSync(dir, { recursive: true, force: true });
  }
});

await run(program);
process.exit();

function joinBus(client: KafkaClientName, broker: string): Join {
  return async (group) => {
    const bus = createKafkaBus({ client, brokers: [broker], partitions: PARTITIONS, clientId: "rebalance" });
    await bus.start();
    let held: readonly PartitionRef[] = [];
    const joined = bus.subscribe({
      group,
      topics: READ,
      from: "latest",
      credits: 100,
      onMessage: () => {},
      onAssigned: (partitions) => (held = partitions),
      onRevoked: () => void (held = []),
      onError: (error) => console.error(error.message),
    });
    void joined.catch(() => {});
    return { holds: () => held, leave: () => bus.close() };
  };
}

/** By the client's own streams: its `Consumer` joins a group of the new protocol only with one. */
function joinConsumer(broker: string, assignor: string): Join {
  return async (group) => {
    const consumer = new Consumer({
      clientId: "rebalance",
      bootstrapBrokers: [broker],
      groupId: group,
      groupProtocol: "consumer",
      groupRemoteAssignor: assignor,
    });
    const stream = await consumer.consume({ topics: [...READ], mode: "latest", autocommit: false });
    stream.on("error", (error: Error) => console.error(error.message));
    stream.resume();
    const holds = (): PartitionRef[] =>
      READ.flatMap((topic) => {
        const own = consumer.assignments?.find((assignment) => assignment.topic === topic);
        return (own?.partitions ?? []).map((partition) => ({ topic, partition }));
      });
    return { holds, leave: () => Promise.resolve(consumer.close(true)) };
  };
}

async function measure(client: string, protocol: string, join: Join): Promise<void> {
  const group = `rebalance-${process.pid}-${Date.now()}`;
  const members: Member[] = [];
  const times: string[] = [];
  let isSame = true;
  const settle = async (): Promise<void> => {
    const beginMs = performance.now();
    while (!isShared(members) && performance.now() - beginMs < PATIENCE_MS) await sleep(20);
    times.push(isShared(members) ? ((performance.now() - beginMs) / 1000).toFixed(1) : `not in ${PATIENCE_MS / 1000}`);
    isSame &&= members.every((member) => numbersOf(member, READ[0]) === numbersOf(member, READ[1]));
    // What follows is measured by itself.
    await sleep(3000);
  };
  for (let count = 0; count < 3; count++) {
    members.push(await join(group));
    await settle();
  }
  await members.shift()?.leave();
  await settle();
  console.log(`| ${client} | ${protocol} | ${times.slice(1).join(" | ")} | ${isSame ? "yes" : "no"} |`);
  await Promise.all(members.map((member) => member.leave()));
}

function numbersOf(member: Member, topic: string): string {
  return member
    .holds()
    .filter((ref) => ref.topic === topic)
    .map(({ partition }) => partition)
    .toSorted((a, b) => a - b)
    .join();
}

/** Whether each partition is exactly one member's, and nobody has two more than another. */
function isShared(members: readonly Member[]): boolean {
  const all = members.flatMap((member) => member.holds().map(({ topic, partition }) => `${topic}/${partition}`));
  const counts = members.map((member) => member.holds().length);
  const isEven = Math.max(...counts) - Math.min(...counts) <= READ.length;
  return isEven && all.length === PARTITIONS * READ.length && new Set(all).size === all.length;
}
