import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { WebSocket } from "ws";
import type { Bus } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "../bus/kafka/names.ts";
import type { ServerMessage } from "../contracts/socket.ts";
import { command, run } from "../kit/cli/command.ts";
import { wholeNumber } from "../kit/cli/options.ts";
import { readConfig } from "../server/config.ts";
import { startGateway } from "../server/gateway/start-gateway.ts";
import { createMetrics } from "../server/metrics.ts";
import { beatAt, beatMessage } from "../testing/gateway/messages.ts";
import { startKafka } from "../tools/kafka/broker.ts";

const PARTITIONS = 8;
const CLIENTS = [1, 50];

interface Options {
  readonly beds: number;
  readonly beats: number;
}

const program = command(
  "bench resume",
  "Clients that come back to a gateway which has just begun, with a cursor from before everything: how long until each has all beats that the topic has.",
)
  .option("--beds <count>", "beds", wholeNumber(1, 10_000), 1000)
  .option("--beats <count>", "beats of each bed", wholeNumber(1, 10_000), 100)
  .action(async ({ beds, beats }: Options) => {
    const dir = mkdtempSync(path.join(tmpdir(), "bedside-bench-resume-"));
    const jarsDir = path.resolve(import.meta.dirname, "../.cache/kafka-jars");
    const kafka = await startKafka({ port: 0, dir, jarsDir });
    try {
      await withBus(kafka.brokers, KAFKA_CLIENTS[0], (bus) => publish(bus, beds, beats));
      for (const client of KAFKA_CLIENTS) {
        for (const clients of CLIENTS) {
          const seconds = await withBus(kafka.brokers, client, (bus) => resume(bus, clients, beds * beats));
          const rate = Math.round((beds * beats * clients) / seconds);
          const { rss } = process.memoryUsage();
          console.log(
            `${client}: ${beds * beats} beats to each of ${clients} clients in ${seconds.toFixed(1)} s, ${rate} a second; RSS ${Math.round(rss / 1e6)} MB`,
          );
        }
      }
    } finally {
      await kafka.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });

await run(program);

async function withBus<T>(brokers: string, client: KafkaClientName, work: (bus: Bus) => Promise<T>): Promise<T> {
  const bus = createKafkaBus({ brokers: [brokers], partitions: PARTITIONS, clientId: "bench", client });
  await bus.start();
  try {
    return await work(bus);
  } finally {
    await bus.close();
  }
}

async function publish(bus: Bus, beds: number, beats: number): Promise<void> {
  for (let i = 0; i < beats; i++) {
    await bus.publish(Array.from({ length: beds }, (_, bed) => beatMessage(beatAt(`b${bed}`, 200 * i))));
  }
}

/** Seconds from the first subscribe until the last client has its last beat. */
async function resume(bus: Bus, clients: number, expected: number): Promise<number> {
  const { app, url } = await startGateway({
    bus,
    config: readConfig({ PORT: "0", LOG_LEVEL: "silent", BUS: "kafka" }),
    metrics: createMetrics(),
    model: null,
    clientDir: "/nonexistent",
    onError: (error) => {
      throw error;
    },
  });
  while ((await app.inject("/readyz")).statusCode !== 200) await new Promise((resolve) => setTimeout(resolve, 50));
  const { cursor } = (await snapshotOf(url)) as Extract<ServerMessage, { type: "snapshot" }>;
  // The log's name, and all topics from their beginning.
  const since = cursor.replaceAll(/~[^~]+/g, (part) => part.replaceAll(/[^~.]+/g, "0"));
  const begin = performance.now();
  await Promise.all(Array.from({ length: clients }, () => readAll(url, since, expected)));
  const seconds = (performance.now() - begin) / 1000;
  await app.close();
  return seconds;
}

function open(url: string, wish: object): WebSocket {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, "bedside.v1");
  socket.on("open", () => socket.send(JSON.stringify({ type: "subscribe", topics: ["beats"], beds: "*", ...wish })));
  return socket;
}

function snapshotOf(url: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = open(url, { beds: [] });
    socket.on("error", reject);
    socket.on("message", (text) => {
      socket.close();
      resolve(JSON.parse(String(text)));
    });
  });
}

/** Counts and does not read: what it costs to parse is the client's affair. */
function readAll(url: string, since: string, expected: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = open(url, { since });
    // The first is the snapshot.
    let left = expected + 1;
    socket.on("error", reject);
    socket.on("close", (code) => reject(new Error(`closed with ${code}, ${left} beats are missing`)));
    socket.on("message", () => {
      if (--left === 0) {
        resolve();
        socket.close();
      }
    });
  });
}
