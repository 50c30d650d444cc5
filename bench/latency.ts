import { WebSocket } from "ws";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { decodeFrame, type Frame } from "../contracts/frame.ts";
import { type ServerMessage, SOCKET_PROTOCOL } from "../contracts/socket.ts";
import { SYNTHETIC_BEDS } from "../data/synthetic/beds.ts";
import { syntheticRecord } from "../data/synthetic/record.ts";
import { loadClassifier } from "../model/load.ts";
import { readConfig } from "../server/config.ts";
import { startGateway } from "../server/gateway/start-gateway.ts";
import { createMetrics } from "../server/metrics.ts";
import { runPipeline } from "../server/pipeline/pipeline.ts";
import { runSimulator } from "../simulator/simulator.ts";

/**
 * From a frame's arrival to the beat it completes at a socket, in real time, simulator, pipeline, gateway and client in
 * one process on the memory bus: `npm run bench -- latency [seconds]`. Frame: the one that the beat was decided on, sent
 * by its producer → its bytes at a client. Beat: the same frame sent by its producer → the beat at the client.
 */
const SAMPLING_RATE_HZ = 360;
const WARM_UP_SECONDS = 5;
const seconds = Number(process.argv[2] ?? 60);

interface Latencies {
  readonly frames: number[];
  readonly beats: number[];
}

async function run(beds: number): Promise<Latencies> {
  const config = { ...readConfig(), HOST: "127.0.0.1", PORT: 0, LOG_LEVEL: "error" as const, BUS: "memory" as const };
  const bus = createMemoryBus();
  await bus.start();
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  const onError = (error: unknown): never => {
    throw error;
  };
  const metrics = createMetrics();
  const { app, url } = await startGateway({ bus, config, metrics, model: null, clientDir: "client/dist", onError });
  const pipeline = runPipeline({ bus, classifier, group: "bench", credits: config.CREDITS });
  await pipeline.lag();

  const sources = SYNTHETIC_BEDS.map(({ name, script, seed }) => ({
    ...syntheticRecord(script, { samplingRateHz: SAMPLING_RATE_HZ, seed }),
    name,
  }));
  const simulator = runSimulator({
    bus,
    beds: Array.from({ length: beds }, (_, i) => ({ bed: `b${i + 1}`, source: sources[i % sources.length] })),
    speed: 1,
    loop: "epoch after epoch",
    frameMs: 200,
    seed: 1,
    epoch: "bench",
  });
  const latencies = await listen(url, (WARM_UP_SECONDS + seconds) * 1000);
  await simulator.stop();
  await pipeline.close();
  await app.close();
  await classifier.close();
  await bus.close();
  return latencies;
}

/** What a client measures in so many ms, the warm-up left out. */
async function listen(url: string, forMs: number): Promise<Latencies> {
  const latencies: Latencies = { frames: [], beats: [] };
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, SOCKET_PROTOCOL);
  const fromMs = Date.now() + WARM_UP_SECONDS * 1000;
  const note = (list: number[], sinceMs: number): void => {
    if (Date.now() >= fromMs) list.push(Date.now() - sinceMs);
  };
  socket.on("open", () => socket.send(JSON.stringify({ type: "subscribe", topics: ["frames", "beats"], beds: "*" })));
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) {
      const frame: Frame = decodeFrame(data);
      note(latencies.frames, frame.producedAtMs);
      return;
    }
    const message = JSON.parse(data.toString()) as ServerMessage;
    if ("data" in message) note(latencies.beats, Number(message.meta["producedAtMs"]));
  });
  await new Promise((resolve) => setTimeout(resolve, forMs));
  socket.terminate();
  return latencies;
}

function describe(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return `${values.length}, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${sorted.at(-1)} ms`;
}

for (const beds of [1, 32]) {
  const { frames, beats } = await run(beds);
  console.log(`${beds} beds, ${seconds} s: frames ${describe(frames)}; beats ${describe(beats)}`);
}
