import { performance } from "node:perf_hooks";
import type { Bus, BusMessage } from "../bus/bus.ts";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { DEFAULT_PARTITIONS, TOPICS } from "../contracts/topics.ts";
import { list, wholeNumber } from "../kit/cli/options.ts";
import { command, run } from "../kit/cli/command.ts";
import { receive } from "./harness/receive.ts";

interface Options {
  readonly brokers?: readonly string[];
  readonly messages: number;
  readonly bytes: number;
  readonly rate: number;
  readonly partitions: number;
}

/** Beds that publish, and messages a bed publishes in one call when throughput is measured. */
const BEDS = 32;
const BATCH = 16;
/** First messages, left out: connections and the compiler warm up. */
const WARM_UP = 200;

const many = wholeNumber(1, 10_000_000);

const program = command(
  "bench bus",
  "Latency and throughput of the memory bus and, with --brokers, of Kafka, in one process.",
)
  .option("--brokers <list>", "host:port of Kafka, comma-separated", list)
  .option("--messages <count>", "messages whose throughput is measured", many, 50_000)
  .option("--bytes <count>", "size of a message", wholeNumber(1, 1 << 20), 750)
  .option("--rate <count>", "messages a second while latency is measured", many, 160)
  .option("--partitions <count>", "partitions of each topic", wholeNumber(1, 256), DEFAULT_PARTITIONS)
  .action(async (options: Options) => {
    const { brokers, partitions } = options;
    await measure("memory", createMemoryBus({ partitions }), options);
    if (!brokers) return;
    const settings = { brokers, partitions, clientId: "bench" };
    await measure("kafka", createKafkaBus(settings), options);
    await measure("kafka, gzip", createKafkaBus({ ...settings, compression: "gzip" }), options);
  });

await run(program);

async function measure(name: string, bus: Bus, options: Options): Promise<void> {
  await bus.start();
  try {
    const latencies = (await measureLatency(bus, options)).toSorted((a, b) => a - b);
    const quantile = (q: number): string => latencies[Math.floor(q * (latencies.length - 1))].toFixed(2);
    const rate = await measureThroughput(bus, options);
    const latency = `latency p50 ${quantile(0.5)} ms, p99 ${quantile(0.99)} ms at ${options.rate} messages/s`;
    console.log(`${name}: ${latency}; ${Math.round(rate)} messages/s of ${options.bytes} B`);
  } finally {
    await bus.close();
  }
}

/** Milliseconds from each `publish` to its message's `onMessage`, at a steady rate for ten seconds. */
async function measureLatency(bus: Bus, { rate, bytes }: Options): Promise<number[]> {
  const total = rate * 10 + WARM_UP;
  const sentAt: number[] = [];
  const latencies: number[] = [];
  const received = await receive(bus, total, (index) => {
    if (index >= WARM_UP) latencies.push(performance.now() - sentAt[index]);
  });
  const begin = performance.now();
  for (let i = 0; i < total; i++) {
    const wait = begin + (i * 1000) / rate - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    sentAt[i] = performance.now();
    void bus.publish([{ ...message(i, bytes), headers: { run: received.run, index: String(i) } }]);
  }
  await received.done;
  return latencies;
}

/** Messages a second, from the first publish to the last receive; each bed waits for its own acknowledgements. */
async function measureThroughput(bus: Bus, { messages, bytes }: Options): Promise<number> {
  const rounds = Math.ceil(messages / (BEDS * BATCH));
  const total = rounds * BEDS * BATCH;
  const received = await receive(bus, total, () => {});
  const begin = performance.now();
  const publish = async (bed: number): Promise<void> => {
    const batch = Array.from({ length: BATCH }, () => ({ ...message(bed, bytes), headers: { run: received.run } }));
    for (let round = 0; round < rounds; round++) await bus.publish(batch);
  };
  await Promise.all([...Array(BEDS).keys()].map(publish));
  await received.done;
  return total / ((performance.now() - begin) / 1000);
}

function message(index: number, bytes: number): BusMessage {
  return { topic: TOPICS.frames, key: `bench-${index % BEDS}`, value: new Uint8Array(bytes).fill(index & 0xff) };
}
