import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, test, vi } from "vitest";
import { startKafka, type RunningKafka } from "../../tools/kafka/broker.ts";
import { numbered, numbers, read, textOf, unique } from "../../testing/bus/harness.ts";
import { createKafkaBus } from "../kafka-bus.ts";

const dir = mkdtempSync(join(tmpdir(), "bedside-kafka-faults-"));
const running: RunningKafka[] = [];

async function start(port: number): Promise<RunningKafka> {
  const kafka = await startKafka({ port, dir, jarsDir: inject("kafkaJarsDir") });
  running.push(kafka);
  return kafka;
}

afterAll(async () => {
  await Promise.all(running.map((kafka) => kafka.stop()));
  rmSync(dir, { recursive: true, force: true });
});

test("a broker that goes away and comes back: the patient lose nothing, the impatient are told", async () => {
  const kafka = await start(0);
  const connection = { brokers: [kafka.brokers], partitions: 4, clientId: "faults" };
  const patient = createKafkaBus(connection);
  const impatient = createKafkaBus({ ...connection, publishRetries: 2, stallTimeoutMs: 5000 });
  await patient.start();
  await impatient.start();
  const key = unique("bed");
  const staying = await read(patient, { group: unique("staying") });
  const leaving = await read(impatient, { group: unique("leaving") });
  await patient.publish(numbered(key, 5));
  await staying.texts(key, 5);
  await leaving.texts(key, 5);

  await kafka.stop();
  await expect(impatient.publish(numbered("other", 1))).rejects.toMatchObject({
    code: "BUS_UNREACHABLE",
    retryable: true,
  });
  const published = patient.publish(numbered(key, 5, 5));
  await vi.waitFor(() => expect(leaving.errors.map(({ code }) => code)).toEqual(["BUS_UNREACHABLE"]), 20_000);

  await start(Number(kafka.brokers.split(":")[1]));
  await published;
  await impatient.publish(numbered(key, 1, 10));
  const texts = (): Set<string> => new Set(staying.messages.filter((message) => message.key === key).map(textOf));
  await vi.waitFor(() => expect(texts()).toEqual(new Set(numbers(11))), 30_000);
  expect(staying.errors).toEqual([]);
  await patient.close();
  await impatient.close();
}, 240_000);
