import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, inject, onTestFailed, test, vi } from "vitest";
import { type RunningKafka, startKafka } from "../tools/kafka/broker.ts";
import { type Command, kill, startCommand } from "./processes.ts";

const PARTITIONS = 4;
/** What the product promises, and a second for who asks. */
const FOUND_WITHIN_MS = 11_000;

const dir = mkdtempSync(join(tmpdir(), "bedside-proof-"));
const started: Command[] = [];
let broker: RunningKafka | undefined;
afterEach(async () => {
  await Promise.all(started.splice(0).map(kill));
  await broker?.stop();
  rmSync(dir, { recursive: true, force: true });
});

test("a worker, a simulator and a broker that die are each found by the gateway within 10 s, and told where it broke", async () => {
  broker = await startKafka({ port: 0, dir, jarsDir: inject("kafkaJarsDir") });
  const variables = {
    BUS: "kafka",
    KAFKA_BROKERS: broker.brokers,
    KAFKA_PARTITIONS: String(PARTITIONS),
    PORT: "0",
    HOST: "127.0.0.1",
  };
  const own: Command[] = [];
  // The processes' own words tell why.
  onTestFailed(() => console.error(own.map(({ output }) => output()).join("\n---\n")));
  const begin = (name: string, args: string[] = []): Command => {
    const command = startCommand(`server/main/${name}.ts`, args, variables);
    started.push(command);
    own.push(command);
    return command;
  };

  const gateway = begin("gateway");
  const worker = begin("worker");
  await worker.printed(/working/);
  const url = await gateway.address();
  const simulator = begin("simulate", ["--beds", "0"]);
  /** Values of a metric, by what stands in its braces. */
  const metric = async (name: string): Promise<Map<string, number>> => {
    const text = await (await fetch(`${url}/metrics`)).text();
    const lines = text.matchAll(new RegExp(`^bedside_${name}\\{(.*)\\} (.*)$`, "gm"));
    return new Map([...lines].map(([, labels, value]) => [labels, Number(value)]));
  };
  const faults = async (): Promise<string[]> =>
    [...(await metric("proof_faults"))].filter(([, count]) => count > 0).map(([labels]) => labels);
  const become = (wanted: string[], timeout: number): Promise<void> =>
    vi.waitFor(async () => expect(await faults()).toEqual(wanted), { timeout, interval: 100 });
  await vi.waitFor(async () => expect((await metric("canary_age_seconds")).size).toBe(PARTITIONS), 90_000);
  await become([], 30_000);

  await kill(worker);
  await become(['stage="worker"'], FOUND_WITHIN_MS);
  await kill(simulator);
  await become(['stage="source"'], FOUND_WITHIN_MS);
  // Its frames are the proof that the bus is there.
  begin("simulate", ["--beds", "0"]);
  await vi.waitFor(async () => expect(await faults()).not.toContain('stage="source"'), 60_000);
  if (broker.pid > 0) process.kill(broker.pid, "SIGKILL");
  await become(['stage="source"'], FOUND_WITHIN_MS);
}, 240_000);
