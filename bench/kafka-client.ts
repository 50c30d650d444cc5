import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { KAFKA_CLIENTS } from "../bus/kafka/names.ts";
import { command, run } from "../kit/cli/command.ts";
import { wholeNumber } from "../kit/cli/options.ts";
import { startKafka } from "../tools/kafka/broker.ts";
import { median } from "./harness/measure.ts";
import { measureLatency, measureThroughput } from "./kafka-client/measure.ts";
import { encodedFrames } from "./worker/encoded-frames.ts";

interface Options {
  readonly rounds: number;
  readonly json: boolean;
}

const BEDS = 32;
const RATE = BEDS * 5;
const LATENCY_SECONDS = 6;
const THROUGHPUT_SECONDS = 200;
const PARTITIONS = 8;

const VARIANTS = (["none", "gzip"] as const).flatMap((compression) =>
  KAFKA_CLIENTS.map((client) => ({ client, compression, name: compression === "none" ? client : `${client}, gzip` })),
);

/** A row of the table: what it is called, and its value of one round. */
const ROWS = {
  "publish → acknowledged, p50, ms": 2,
  "publish → acknowledged, p99, ms": 2,
  "frame → message, p50, ms": 2,
  "frame → message, p99, ms": 2,
  "processor at that rate, % of a core": 1,
  "messages a second": 0,
  "processor a message, µs": 1,
  "in the log, bytes a message": 0,
} as const;
type Row = keyof typeof ROWS;

const program = command(
  "bench kafka-client",
  `Both Kafka clients side by side, with gzip and without: one broker, one process, frames of ${BEDS} beds in real time, then as fast as they go.`,
)
  .option("--rounds <count>", "rounds, of which medians are told", wholeNumber(1, 99), 5)
  .option("--json", "machine-readable", false)
  .action(async ({ rounds, json }: Options) => {
    const dir = mkdtempSync(path.join(tmpdir(), "bedside-bench-client-"));
    const jarsDir = path.resolve(import.meta.dirname, "../.cache/kafka-jars");
    const kafka = await startKafka({ port: 0, dir, jarsDir });
    try {
      const results = VARIANTS.map(() => [] as Record<Row, number>[]);
      for (let round = 0; round < rounds; round++) {
        for (const [at, variant] of VARIANTS.entries()) results[at].push(await measure(variant, kafka.brokers, dir));
      }
      if (json) return console.log(JSON.stringify(VARIANTS.map(({ name }, at) => ({ name, rounds: results[at] }))));
      console.log(`| | ${VARIANTS.map(({ name }) => name).join(" | ")} |`);
      console.log(`| --- |${" --- |".repeat(VARIANTS.length)}`);
      for (const [row, digits] of Object.entries(ROWS) as [Row, number][]) {
        console.log(
          `| ${row} | ${results
            .map((of) =>
              tell(
                of.map((one) => one[row]),
                digits,
              ),
            )
            .join(" | ")} |`,
        );
      }
    } finally {
      await kafka.stop();
      rmSync(dir, { recursive: true, force: true });
    }
  });

await run(program);
process.exit();

async function measure(
  { client, compression }: (typeof VARIANTS)[number],
  broker: string,
  dir: string,
): Promise<Record<Row, number>> {
  const bus = createKafkaBus({ client, compression, brokers: [broker], partitions: PARTITIONS, clientId: "bench" });
  await bus.start();
  try {
    const latencies = await measureLatency(bus, encodedFrames(BEDS, LATENCY_SECONDS), RATE);
    const before = bytesIn(dir);
    const frames = encodedFrames(BEDS, THROUGHPUT_SECONDS);
    const { rate, cpuUs } = await measureThroughput(bus, frames);
    return {
      "publish → acknowledged, p50, ms": quantile(latencies.acknowledged, 0.5),
      "publish → acknowledged, p99, ms": quantile(latencies.acknowledged, 0.99),
      "frame → message, p50, ms": quantile(latencies.received, 0.5),
      "frame → message, p99, ms": quantile(latencies.received, 0.99),
      "processor at that rate, % of a core": 100 * latencies.cpuShare,
      "messages a second": rate,
      "processor a message, µs": cpuUs,
      "in the log, bytes a message": (bytesIn(dir) - before) / frames.length,
    };
  } finally {
    await bus.close();
  }
}

function quantile(values: readonly number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(q * (values.length - 1))];
}

/** What the broker's logs of frames take. */
function bytesIn(dir: string): number {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((name) => /frames.*\.log$/.test(name))
    .reduce((sum, name) => sum + statSync(path.join(dir, name)).size, 0);
}

function tell(values: readonly number[], digits: number): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => value.toFixed(digits));
  return `${median(values).toFixed(digits)} (${low} to ${high})`;
}
