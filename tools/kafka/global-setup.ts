import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { startKafka } from "./broker.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** host:port of the broker that lives as long as the test run. */
    readonly kafkaBrokers: string;
    /** Where Apache Kafka's jars stand, for tests that start a broker of their own. */
    readonly kafkaJarsDir: string;
  }
}

/** vitest's globalSetup of the project "kafka": a broker of its own, on free ports, in a temporary folder. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = mkdtempSync(join(tmpdir(), "bedside-kafka-"));
  const jarsDir = fileURLToPath(new URL("../../.cache/kafka-jars", import.meta.url));
  const kafka = await startKafka({ port: 0, dir, jarsDir });
  project.provide("kafkaBrokers", kafka.brokers);
  project.provide("kafkaJarsDir", jarsDir);
  return async () => {
    await kafka.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
