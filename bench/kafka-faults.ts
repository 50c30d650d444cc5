import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "../bus/kafka/names.ts";
import { command, run } from "../kit/cli/command.ts";
import { list } from "../kit/cli/options.ts";
import { startKafka, type RunningKafka } from "../tools/kafka/broker.ts";
import { freePort } from "../tools/kafka/ports.ts";
import { judge, type Verdict } from "./kafka-faults/ledger.ts";
import { Ward, type Worker } from "./kafka-faults/ward.ts";

interface Options {
  readonly clients: readonly string[];
  readonly faults: readonly string[];
  readonly json: boolean;
}

/** What a fault acts on. */
interface Scene {
  readonly ward: Ward;
  readonly workers: readonly Worker[];
  broker: RunningKafka;
  readonly restart: () => Promise<RunningKafka>;
}

/** `faultS`: from the fault's beginning until all was there again, as far as it comes back. */
type Measured = Verdict & { readonly faultS: number };

const PARTITIONS = 8;
const BEFORE_MS = 4000;
const AFTER_MS = 8000;
/** What has not come by then is lost, ms. */
const PATIENCE_MS = 60_000;

async function away(scene: Scene, seconds: number): Promise<void> {
  process.kill(scene.broker.pid, "SIGKILL");
  await scene.broker.ended;
  await sleep(seconds * 1000);
  scene.broker = await scene.restart();
}

async function frozen(pid: number | undefined, seconds: number): Promise<void> {
  if (pid === undefined) throw new Error("no such process");
  process.kill(pid, "SIGSTOP");
  await sleep(seconds * 1000);
  process.kill(pid, "SIGCONT");
}

const FAULTS: Readonly<Record<string, (scene: Scene) => Promise<void>>> = {
  none: async () => {},
  "broker SIGKILL 5 s": (scene) => away(scene, 5),
  "broker SIGSTOP 15 s": ({ broker }) => frozen(broker.pid, 15),
  "broker down 60 s": (scene) => away(scene, 60),
  "worker SIGKILL": async ({ workers }) => void workers[0].child.kill("SIGKILL"),
  "worker SIGSTOP 20 s": ({ workers }) => frozen(workers[0].child.pid, 20),
  "third joins and leaves": async ({ ward }) => {
    const third = await ward.addWorker();
    await sleep(5000);
    await third.leave();
  },
};

const program = command(
  "bench kafka-faults",
  "What faults of broker and workers cost with each Kafka client: a real broker, two workers as processes, 16 beds of 5 messages a second.",
)
  .option("--clients <list>", "clients, comma-separated", list, [...KAFKA_CLIENTS])
  .option("--faults <list>", `of ${Object.keys(FAULTS).join(", ")}`, list, Object.keys(FAULTS))
  .option("--json", "machine-readable", false)
  .action(async ({ clients, faults, json }: Options) => {
    if (!json) {
      console.log(
        "| fault | client | lasted, s | stall, s | lost | written twice | redelivered | reordered | published |",
      );
      console.log("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    }
    for (const fault of faults) {
      for (const client of KAFKA_CLIENTS.filter((name) => clients.includes(name))) {
        const verdict = await measure(client, fault);
        if (json) console.log(JSON.stringify({ fault, client, ...verdict }));
        else console.log(toRow(fault, client, verdict));
      }
    }
  });

await run(program);
process.exit();

async function measure(client: KafkaClientName, fault: string): Promise<Measured> {
  const act = FAULTS[fault];
  if (!act) throw new Error(`no fault ${JSON.stringify(fault)}`);
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-bench-faults-"));
  const port = await freePort(0);
  const jarsDir = path.resolve(import.meta.dirname, "../.cache/kafka-jars");
  const restart = (): Promise<RunningKafka> => startKafka({ port, dir, jarsDir });
  const broker = `127.0.0.1:${port}`;
  const bus = createKafkaBus({ client, brokers: [broker], partitions: PARTITIONS, clientId: "faults-source" });
  const ward = new Ward({ bus, client, broker, run: `faults-${process.pid}-${Date.now()}` });
  const scene: Scene = { ward, workers: [], broker: await restart(), restart };
  try {
    await bus.start();
    const workers = [await ward.addWorker(), await ward.addWorker()];
    // The first member has half of its partitions again.
    await sleep(BEFORE_MS);
    ward.begin();
    await sleep(BEFORE_MS);
    const under = { ...scene, workers };
    const beginMs = performance.now();
    await act(under);
    const faultS = (performance.now() - beginMs) / 1000;
    scene.broker = under.broker;
    await sleep(AFTER_MS);
    await ward.end(PATIENCE_MS);
    return { faultS, ...judge(ward.publishedMs, ward.seen) };
  } finally {
    ward.kill();
    await bus.close();
    await scene.broker.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

function toRow(fault: string, client: string, verdict: Measured): string {
  const { faultS, stallS, lost, writtenTwice, redelivered, reordered, published } = verdict;
  const cells = [
    fault,
    client,
    faultS.toFixed(1),
    stallS.toFixed(1),
    lost,
    writtenTwice,
    redelivered,
    reordered,
    published,
  ];
  return `| ${cells.join(" | ")} |`;
}
