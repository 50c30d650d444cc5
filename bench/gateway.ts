import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Bus, ReceivedMessage, SubscribeOptions } from "../bus/bus.ts";
import type { TopicName } from "../contracts/topics.ts";
import { readConfig } from "../server/config.ts";
import { startGateway } from "../server/gateway/start-gateway.ts";
import { createMetrics } from "../server/metrics.ts";
import { busMessages, PARTITIONS } from "./gateway/messages.ts";
import { conclude } from "./harness/conclude.ts";
import { cpuSeconds, inTurns, median, spread } from "./harness/measure.ts";

/**
 * Beds that a core passes on to 32 sockets which want all of them: bed-seconds of frames and beats in a second of the
 * gateway's processor time. Messages are encoded beforehand, the clients are another process: `npm run bench -- gateway`.
 */
const SOCKETS = 32;
const BEDS = 64;
const SECONDS = 6;
const RUNS = 5;
/** Messages that a bus hands out in one turn of the event loop: as many when they wait, fewer when the gateway keeps up. */
const A_TURN = [64, 8, 1];

const handlers = new Map<TopicName, SubscribeOptions["onMessage"]>();
/** Hands out what the measurement gives it, when it does. */
const bus: Bus = {
  partitions: PARTITIONS,
  trouble: null,
  start: async () => {},
  publish: async () => {},
  ends: async () => Array.from({ length: PARTITIONS }, () => 0),
  close: async () => {},
  subscribe: async ({ topics, onMessage, onAssigned }) => {
    for (const topic of topics) handlers.set(topic, onMessage);
    const places = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: 0, end: 0 }));
    onAssigned?.(topics.flatMap((topic) => places.map((place) => ({ topic, ...place }))));
    const nothing = async (): Promise<void> => {};
    return { inFlight: 0, release: () => {}, commit: nothing, seek: () => {}, lag: async () => 0, close: nothing };
  },
};

async function passOn(messages: readonly ReceivedMessage[], perTurn: number, app: FastifyInstance): Promise<void> {
  for (let at = 0; at < messages.length; at += perTurn) {
    const end = Math.min(messages.length, at + perTurn);
    for (let i = at; i < end; i++) handlers.get(messages[i].topic)?.(messages[i]);
    await nextTurn();
    // The clients share the machine: frames would be left out for them, and leaving out is cheap.
    for (const client of app.websocketServer.clients) while (client.bufferedAmount > 1 << 15) await sleep(1);
  }
  for (const client of app.websocketServer.clients) while (client.bufferedAmount > 0) await sleep(1);
}

const config = { ...readConfig(), HOST: "127.0.0.1", PORT: 0, LOG_LEVEL: "error" as const, BUS: "memory" as const };
const onError = (error: unknown): never => {
  throw error;
};
const metrics = createMetrics();
const { app, url } = await startGateway({ bus, config, metrics, model: null, clientDir: "/nonexistent", onError });
const clients = fork(path.join(import.meta.dirname, "gateway/clients.ts"), [url, String(SOCKETS)], {
  execArgv: ["--import", "tsx"],
});
await once(clients, "message");

let runs = 0;
async function run(perTurn: number): Promise<number> {
  const messages = busMessages(BEDS, SECONDS, runs++);
  const seconds = await cpuSeconds(() => passOn(messages, perTurn, app));
  return (BEDS * SECONDS) / seconds;
}

await run(A_TURN[0]);
const results = await inTurns(RUNS, Object.fromEntries(A_TURN.map((perTurn) => [perTurn, () => run(perTurn)])));
for (const perTurn of A_TURN) {
  console.log(`${perTurn} messages a turn, ${SOCKETS} sockets: ${spread(results[perTurn])} beds a core`);
}

const [dropped] = (await metrics.droppedFrames.get()).values;
clients.send("what have you got?");
const [got] = (await once(clients, "message")) as [{ frames: number; events: number }];
const sent = busMessages(BEDS, SECONDS, 0).length * runs * SOCKETS;
if (got.frames + got.events !== sent) throw new Error(`of ${sent} messages the clients got ${JSON.stringify(got)}`);
clients.kill();
await app.close();
conclude("gateway", {
  bedsPerCore: Math.round(median(results[A_TURN[0]])),
  byMessagesATurn: Object.fromEntries(A_TURN.map((perTurn) => [perTurn, Math.round(median(results[perTurn]))])),
  sockets: SOCKETS,
  droppedFrames: dropped?.value ?? 0,
});
