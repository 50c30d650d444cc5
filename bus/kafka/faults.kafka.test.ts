import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, inject, onTestFinished, test, vi } from "vitest";
import { startKafka, type RunningKafka } from "../../tools/kafka/broker.ts";
import { freePort } from "../../tools/kafka/ports.ts";
import { numbered, numbers, read, type Reader, textOf, unique } from "../../testing/bus/harness.ts";
import { createKafkaBus } from "../kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "../kafka/names.ts";

const dir = mkdtempSync(join(tmpdir(), "bedside-kafka-faults-"));
const running: RunningKafka[] = [];

async function start(client: KafkaClientName, port: number): Promise<RunningKafka> {
  const kafka = await startKafka({ port, dir: join(dir, client), jarsDir: inject("kafkaJarsDir") });
  running.push(kafka);
  return kafka;
}

afterAll(async () => {
  await Promise.all(running.map((kafka) => kafka.stop()));
  rmSync(dir, { recursive: true, force: true });
});

/** A bus on the broker at this port, and what it has said of its troubles. */
function open(client: KafkaClientName, port: number) {
  const told: (string | null)[] = [];
  const onTrouble = (trouble: string | null): void => void told.push(trouble);
  const brokers = [`127.0.0.1:${port}`];
  const bus = createKafkaBus({ client, brokers, partitions: 4, clientId: "faults", onTrouble });
  onTestFinished(() => bus.close());
  return { bus, told };
}

const textsOf = ({ messages }: Reader, key: string): Set<string> =>
  new Set(messages.filter((message) => message.key === key).map(textOf));

/** Where a key's messages stand in the log, whoever was handed them how often. */
const placesOf = ({ messages }: Reader, key: string): Set<number> =>
  new Set(messages.filter((message) => message.key === key).map(({ offset }) => offset));

const PATIENCE = { timeout: 60_000, interval: 50 };

describe.each(KAFKA_CLIENTS)("%s", (client) => {
  test("a broker that comes late, goes away, comes back and freezes: nothing is lost, and what holds is said", async () => {
    const port = await freePort(0);
    const key = unique("bed");
    const { bus, told } = open(client, port);
    const starting = bus.start();
    const joining = read(bus, { group: unique("early") });
    const first = bus.publish(numbered(key, 5));
    await vi.waitFor(() => expect(bus.trouble).toMatch(/start: no Kafka at 127\.0\.0\.1:\d+ \(/), PATIENCE);

    const kafka = await start(client, port);
    await Promise.all([starting, first]);
    const reader = await joining;
    await vi.waitFor(() => expect(textsOf(reader, key)).toEqual(new Set(numbers(5))), PATIENCE);
    await vi.waitFor(() => expect(told.at(-1)).toBeNull(), PATIENCE);
    expect(told[0]).toMatch(/no Kafka at/);

    await kafka.stop();
    const second = bus.publish(numbered(key, 5, 5));
    await vi.waitFor(() => expect(bus.trouble).not.toBeNull(), PATIENCE);
    const again = await start(client, port);
    await second;
    await vi.waitFor(() => expect(textsOf(reader, key)).toEqual(new Set(numbers(10))), PATIENCE);
    await vi.waitFor(() => expect(told.at(-1)).toBeNull(), PATIENCE);

    process.kill(again.pid, "SIGSTOP");
    const third = Promise.all(numbered(key, 50, 10).map((message) => bus.publish([message])));
    await vi.waitFor(() => expect(bus.trouble).not.toBeNull(), { timeout: 15_000, interval: 50 });
    await sleep(5000);
    process.kill(again.pid, "SIGCONT");
    await third;
    await vi.waitFor(() => expect(textsOf(reader, key)).toEqual(new Set(numbers(60))), PATIENCE);
    // What the other client sends again may be there twice.
    if (client === "platformatic") expect(placesOf(reader, key).size).toBe(60);
    await vi.waitFor(() => expect(told.at(-1)).toBeNull(), PATIENCE);
    expect(reader.errors).toEqual([]);
    // Each trouble has its end. A broker that has just come may be one more: it answers, and has no group coordinator yet.
    expect(told.length).toBeGreaterThanOrEqual(6);
    expect(told.map((trouble) => trouble === null)).toEqual(told.map((_, n) => n % 2 === 1));
  }, 240_000);

  test("closing does not wait for a broker that is not there", async () => {
    const { bus } = open(client, await freePort(0));
    const waiting = [bus.start(), read(bus, { group: unique("never") }), bus.publish(numbered("bed", 1))];
    const settled = Promise.allSettled(waiting);
    await vi.waitFor(() => expect(bus.trouble).not.toBeNull(), PATIENCE);
    const startMs = performance.now();
    await bus.close();
    expect(performance.now() - startMs).toBeLessThan(8000);
    for (const { status, reason } of (await settled) as PromiseRejectedResult[]) {
      expect([status, reason]).toEqual(["rejected", expect.objectContaining({ code: "BUS_CLOSED" })]);
    }
  }, 60_000);
});
