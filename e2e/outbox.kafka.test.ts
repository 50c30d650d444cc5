import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, inject, test } from "vitest";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { isCanary } from "../contracts/canary.ts";
import { decodeFrame } from "../contracts/frame.ts";
import { TOPICS } from "../contracts/topics.ts";
import { type RunningKafka, startKafka } from "../tools/kafka/broker.ts";
import { freePort } from "../tools/kafka/ports.ts";
import { type Command, kill, startCommand } from "./processes.ts";

const PARTITIONS = 4;
const SPEED = 4;
const FRAMES_A_SECOND = SPEED * 5;

const dir = mkdtempSync(join(tmpdir(), "bedside-outbox-"));
const started: Command[] = [];
const brokers: RunningKafka[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(kill));
  await Promise.all(brokers.splice(0).map((broker) => broker.stop()));
  rmSync(dir, { recursive: true, force: true });
});

test("a broker that goes, and a simulator that is killed meanwhile: with an outbox each frame arrives, in order, and no clock stands", async () => {
  const port = await freePort(0);
  const metricsPort = await freePort(port + 1);
  /** What the simulator tells of its outbox. */
  const told = async (name: string): Promise<number> => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    return Number(new RegExp(`^bedside_outbox_${name} (\\S+)$`, "m").exec(text)?.[1]);
  };
  const kafka = async (): Promise<void> => {
    brokers.push(await startKafka({ port, dir, jarsDir: inject("kafkaJarsDir") }));
  };
  const simulate = (epoch: string): Command => {
    const args = ["--records", "synthetic/sinus,synthetic/bigeminy", "--epoch", epoch, "--speed", String(SPEED)];
    const command = startCommand("server/main/simulate.ts", args, {
      BUS: "kafka",
      KAFKA_BROKERS: `127.0.0.1:${port}`,
      KAFKA_PARTITIONS: String(PARTITIONS),
      OUTBOX: join(dir, "outbox"),
      METRICS_PORT: String(metricsPort),
    });
    started.push(command);
    return command;
  };

  await kafka();
  const first = simulate("kept");
  await first.printed(/Replaying/);
  await sleep(3000);
  await brokers[0].stop();
  const goneMs = performance.now();
  await first.printed(/outbox: .* wait for the bus/);
  await sleep(6000);
  expect(await told("messages")).toBeGreaterThan(5 * FRAMES_A_SECOND);
  expect(await told("age_seconds")).toBeGreaterThan(5);
  const awayS = (performance.now() - goneMs) / 1000;
  await kill(first);

  await kafka();
  const second = simulate("next");
  await second.printed(/outbox: .* from before/);
  await second.printed(/outbox: empty, the bus has all/);
  expect(await told("age_seconds")).toBeLessThan(2);
  expect(await told("lost_total")).toBe(0);

  const bus = createKafkaBus({ brokers: [`127.0.0.1:${port}`], partitions: PARTITIONS, clientId: "test" });
  await bus.start();
  const heard = new Map<string, { epoch: string; sequence: number }[]>();
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.frames],
    from: "earliest",
    credits: 1_000_000,
    onMessage: ({ key, value }) => {
      if (isCanary(key)) return;
      const { bed, epoch, sequence } = decodeFrame(value);
      heard.set(bed, [...(heard.get(bed) ?? []), { epoch, sequence }]);
    },
    onError: (error) => expect.unreachable(error.message),
  });
  const beds = ["b1", "b2"];
  const hasNext = (bed: string): boolean => heard.get(bed)?.some(({ epoch }) => epoch === "next") ?? false;
  for (let waited = 0; waited < 300 && !beds.every(hasNext); waited++) await sleep(100);
  for (const bed of beds) {
    const frames = heard.get(bed) ?? [];
    const kept = frames.filter(({ epoch }) => epoch === "kept").map(({ sequence }) => sequence);
    // A frame may come twice, never before one that was sent before it.
    expect([...new Set(kept)]).toEqual(Array.from({ length: Math.max(...kept) + 1 }, (_, sequence) => sequence));
    expect(kept.length).toBeGreaterThan(FRAMES_A_SECOND * awayS);
    const begin = frames.findIndex(({ epoch }) => epoch === "next");
    expect(frames.slice(begin).every(({ epoch }) => epoch === "next")).toBe(true);
    expect(frames[begin].sequence).toBe(0);
  }
  await bus.close();

  second.child.kill("SIGTERM");
  expect(await second.exited).toBe(0);
}, 200_000);
