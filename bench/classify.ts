import { beatSamples, kaggleRow } from "../testing/beat-csv.ts";
import { createBeatCsvParser } from "../contracts/beat-csv/parser.ts";
import type { RowClassifier } from "../model/rows/classifier.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { classifyBeats } from "../server/classify/classify-beats.ts";
import { openRowPool } from "../server/classify/pool.ts";
import { readConfig } from "../server/config.ts";
import { startGateway } from "../server/gateway/start-gateway.ts";
import { createMetrics } from "../server/metrics.ts";

/**
 * Rows a second of a CSV like Kaggle's test set (21,892 labelled rows, 103 MB), best of a few runs with the processor's
 * time beside: the parser alone, with the classifier on one and two threads, and end to end by POST /api/classify.
 */
const ROWS = 21_892;
const RUNS = 3;
const CHUNK = 64 * 1024;

const some = Array.from({ length: 500 }, (_, i) => kaggleRow(beatSamples(i), i % 5));
const file = Buffer.from(`${Array.from({ length: ROWS }, (_, i) => some[i % some.length]).join("\n")}\n`);
const config = readConfig();
console.log(`${ROWS} rows, ${(file.length / 1e6).toFixed(0)} MB\n`);
console.log("| what | s | rows/s | MB/s | processor, s |\n| --- | --- | --- | --- | --- |");

await measure("parser", async () => {
  let rows = 0;
  const parser = createBeatCsvParser({ row: () => rows++, rejected: () => {} });
  for (const chunk of chunks()) parser.push(chunk);
  parser.end();
  return rows;
});
for (const threads of [1, 2]) {
  const pool = await openRowPool(config.ROWS_MODEL, config.ENGINE, threads);
  await measure(`parser and classifier (${config.ENGINE}), ${threads} threads`, () => classified(pool));
  if (threads === 2) await endToEnd(pool);
  await pool.close();
}

async function classified(pool: RowClassifier): Promise<number> {
  let rows = 0;
  const source = async function* () {
    yield* chunks();
  };
  for await (const batch of classifyBeats(source(), pool)) rows += batch.count;
  return rows;
}

async function endToEnd(pool: RowClassifier): Promise<void> {
  const bus = createMemoryBus();
  await bus.start();
  const { app, url } = await startGateway({
    bus,
    config: readConfig({ PORT: "0", LOG_LEVEL: "silent" }),
    metrics: createMetrics(),
    model: null,
    clientDir: "/nonexistent",
    onError: (error) => {
      throw error;
    },
    openRows: async () => pool,
  });
  const headers = { "content-type": "text/csv" };
  await measure("POST /api/classify, JSON", async () => {
    const response = await fetch(`${url}/api/classify`, { method: "POST", headers, body: file });
    return ((await response.json()) as { rows: unknown[] }).rows.length;
  });
  await app.close();
  await bus.close();
}

function* chunks(): Generator<Buffer> {
  for (let at = 0; at < file.length; at += CHUNK) yield file.subarray(at, at + CHUNK);
}

async function measure(what: string, run: () => Promise<number>): Promise<void> {
  let best = { seconds: Number.POSITIVE_INFINITY, processor: 0 };
  for (let i = 0; i < RUNS; i++) {
    const before = process.cpuUsage();
    const start = performance.now();
    const rows = await run();
    const seconds = (performance.now() - start) / 1000;
    const { user, system } = process.cpuUsage(before);
    if (rows !== ROWS) throw new Error(`${what}: ${rows} rows of ${ROWS}`);
    if (seconds < best.seconds) best = { seconds, processor: (user + system) / 1e6 };
  }
  const { seconds, processor } = best;
  const rate = Math.round(ROWS / seconds);
  const megabytes = Math.round(file.length / 1e6 / seconds);
  console.log(`| ${what} | ${seconds.toFixed(2)} | ${rate} | ${megabytes} | ${processor.toFixed(2)} |`);
}
