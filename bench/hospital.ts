import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { KAFKA_CLIENTS, type KafkaClientName } from "../bus/kafka/names.ts";
import { type ServerMessage, SOCKET_PROTOCOL } from "../contracts/socket.ts";
import { type Command, kill, startCommand } from "../e2e/processes.ts";
import { command, run } from "../kit/cli/command.ts";
import { list, wholeNumber } from "../kit/cli/options.ts";
import { startKafka } from "../tools/kafka/broker.ts";
import { freePort } from "../tools/kafka/ports.ts";
import { median } from "./harness/measure.ts";

/**
 * How many beds in real time this machine carries through Kafka, broker, simulator and workers on it: `npm run bench -- hospital`. Each
 * number of beds has a broker of its own; its topics are forgotten. Frames of 200 ms, two leads.
 */
interface Options {
  readonly beds: readonly string[];
  readonly workers: number;
  readonly seconds: number;
  readonly settle: number;
  readonly client?: KafkaClientName;
  readonly gateway: boolean;
  readonly json: boolean;
}

const LOOK_EVERY_MS = 1000;
/** Of /proc/PID/stat: a clock tick. */
const TICKS_A_SECOND = 100;
/** Percent of a core that processes spent, by what they are. */
type Load = Record<"broker" | "simulator" | "workers" | "gateway", number>;

interface Carried extends Load {
  readonly beds: number;
  /** Since all that its partitions held had been heard: the median and the worst of the worst worker, seconds. */
  readonly behind: number;
  readonly worstBehind: number;
  /** Messages behind, all workers, in the first and the last third. */
  readonly lagBefore: number;
  readonly lagAfter: number;
  /** From a beat's deciding frame being sent to the beat at a socket, ms; NaN without a gateway. */
  readonly p50: number;
  readonly p99: number;
}

const processorSeconds = (pid: number | undefined): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
};

async function metric(port: number, name: string): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const line = text.split("\n").find((one) => one.startsWith(name) && !one.startsWith("#"));
  return line ? Number(line.slice(line.lastIndexOf(" ") + 1)) : Number.NaN;
}

const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? Number.NaN;

async function carry(
  beds: number,
  { workers: count, seconds, settle, client, gateway: hasGateway }: Options,
): Promise<Carried> {
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-bench-hospital-"));
  const kafka = await startKafka({ port: 0, dir, jarsDir: path.resolve(import.meta.dirname, "../.cache/kafka-jars") });
  const started: Command[] = [];
  const begin = (name: string, args: readonly string[] = [], more: Readonly<Record<string, string>> = {}): Command => {
    const variables = { BUS: "kafka", KAFKA_BROKERS: kafka.brokers, PORT: "0", HISTORY: "off", LOG_LEVEL: "warn" };
    const own = { ...variables, ...(client && { KAFKA_CLIENT: client }), ...more };
    const process = startCommand(`server/main/${name}.ts`, args, own);
    started.push(process);
    return process;
  };
  try {
    const ports = await Promise.all(Array.from({ length: count }, () => freePort(0)));
    const workers = ports.map((port) => begin("worker", [], { METRICS_PORT: String(port), LOG_LEVEL: "info" }));
    await Promise.all(workers.map((worker) => worker.printed(/working/)));
    const gateway = hasGateway ? begin("gateway") : null;
    const delays = gateway ? listen(await gateway.address()) : null;
    const simulator = begin("simulate", ["--beds", String(beds), "--records", SYNTHETIC]);
    await simulator.printed(/Replaying/);
    await sleep(settle * 1000);
    delays?.values.splice(0);

    const spent = (): Load => ({
      broker: processorSeconds(kafka.pid),
      simulator: processorSeconds(simulator.child.pid),
      workers: workers.reduce((sum, { child }) => sum + processorSeconds(child.pid), 0),
      gateway: gateway ? processorSeconds(gateway.child.pid) : 0,
    });
    const before = spent();
    const fromMs = performance.now();
    const behind: number[] = [];
    const lags: number[] = [];
    while (performance.now() - fromMs < seconds * 1000) {
      behind.push(Math.max(...(await Promise.all(ports.map((port) => metric(port, "bedside_worker_behind_seconds"))))));
      const own = await Promise.all(ports.map((port) => metric(port, 'bedside_consumer_lag{consumer="worker"}')));
      lags.push(own.reduce((sum, lag) => sum + lag, 0));
      await sleep(LOOK_EVERY_MS);
    }
    const after = spent();
    const wall = (performance.now() - fromMs) / 1000;
    const load = (of: keyof Load): number => (100 * (after[of] - before[of])) / wall;
    const third = Math.floor(lags.length / 3);
    const values = delays?.values ?? [];
    delays?.close();
    return {
      beds,
      broker: load("broker"),
      simulator: load("simulator"),
      workers: load("workers"),
      gateway: load("gateway"),
      behind: median(behind),
      worstBehind: Math.max(...behind),
      lagBefore: median(lags.slice(0, third)),
      lagAfter: median(lags.slice(-third)),
      p50: quantile(values, 0.5),
      p99: quantile(values, 0.99),
    };
  } finally {
    await Promise.all(started.map(kill));
    await kafka.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

/** How late beats of eight beds come to a socket, ms. */
function listen(url: string): { readonly values: number[]; close(): void } {
  const values: number[] = [];
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, SOCKET_PROTOCOL);
  const beds = Array.from({ length: 8 }, (_, i) => `b${i + 1}`);
  socket.on("open", () => socket.send(JSON.stringify({ type: "subscribe", topics: ["beats"], beds })));
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (isBinary) return;
    const message = JSON.parse(data.toString()) as ServerMessage;
    if ("data" in message) values.push(Date.now() - Number(message.meta["producedAtMs"]));
  });
  return { values, close: () => socket.terminate() };
}

const SYNTHETIC = ["sinus", "atrial-beats", "bigeminy", "ventricular-runs", "fibrillation", "tachycardia"]
  .map((name) => `synthetic/${name}`)
  .join(",");

const round = (value: number): string => (Number.isNaN(value) ? "–" : String(Math.round(value)));

const program = command(
  "bench hospital",
  "Beds in real time through Kafka: broker, simulator and workers on this machine.",
)
  .option("--beds <counts>", "one run each, separated by commas", list, ["32", "128", "256", "512"])
  .option("--workers <count>", "workers that share them", wholeNumber(1, 8), 1)
  .option("--seconds <count>", "measured", wholeNumber(10, 3600), 60)
  .option(
    "--settle <count>",
    "seconds before: a broker that has just begun still compiles itself",
    wholeNumber(1, 3600),
    25,
  )
  .option("--client <name>", `of ${KAFKA_CLIENTS.join(", ")}`)
  .option("--gateway", "with a gateway, and a socket that takes eight beds' beats", false)
  .option("--json", "machine-readable", false)
  .action(async (options: Options) => {
    const cells = [
      "beds",
      "worker behind, s: median / worst",
      "lag, messages: begin → end",
      "processor, % of a core: broker",
      "simulator",
      "workers",
      "gateway",
      "frame → beat at a socket, ms: p50 / p99",
    ];
    if (!options.json) {
      console.log(`| ${cells.join(" | ")} |`);
      console.log(`|${" --- |".repeat(cells.length)}`);
    }
    for (const beds of options.beds) {
      const one = await carry(Number(beds), options);
      if (options.json) console.log(JSON.stringify(one));
      else
        console.log(
          `| ${one.beds} | ${one.behind.toFixed(1)} / ${one.worstBehind.toFixed(1)} | ${round(one.lagBefore)} → ${round(one.lagAfter)} | ${round(one.broker)} | ${round(one.simulator)} | ${round(one.workers)} | ${round(one.gateway)} | ${round(one.p50)} / ${round(one.p99)} |`,
        );
    }
  });

await run(program);
