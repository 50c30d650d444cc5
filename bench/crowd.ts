import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Command, kill, startCommand } from "../e2e/processes.ts";
import { command, run } from "../kit/cli/command.ts";
import { list, wholeNumber } from "../kit/cli/options.ts";
import { startKafka } from "../tools/kafka/broker.ts";
import type { Crowd } from "./crowd/clients.ts";

/**
 * Many sockets at one gateway, each with the beats of eight beds, through a real Kafka: how late beats come, whether each socket gets each
 * of them, and whether one that reads nothing costs the others anything: `npm run bench -- crowd`.
 */
interface Options {
  readonly sockets: readonly string[];
  readonly topics: string;
  readonly seconds: number;
}

const BEDS = 8;
const SETTLE_MS = 20_000;
/** Openings a minute that a gateway takes of one address. */
const MOST = 1000;

async function crowd(sockets: number, { topics, seconds }: Options): Promise<readonly Crowd[]> {
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-bench-crowd-"));
  const kafka = await startKafka({ port: 0, dir, jarsDir: path.resolve(import.meta.dirname, "../.cache/kafka-jars") });
  const started: Command[] = [];
  const begin = (name: string, args: readonly string[] = []): Command => {
    const variables = { BUS: "kafka", KAFKA_BROKERS: kafka.brokers, PORT: "0", HISTORY: "off" };
    const process = startCommand(`server/main/${name}.ts`, args, { ...variables, MAX_SOCKETS: String(MOST + 1) });
    started.push(process);
    return process;
  };
  const gateway = begin("gateway");
  const clients = fork(path.join(import.meta.dirname, "crowd/clients.ts"), [
    await gateway.address(),
    String(sockets),
    topics,
  ]);
  const ask = async (): Promise<Crowd> => {
    clients.send("tell");
    const [answer] = (await once(clients, "message")) as [Crowd];
    return answer;
  };
  try {
    await once(clients, "message");
    const worker = begin("worker");
    await worker.printed(/working/);
    begin("simulate", ["--beds", String(BEDS)]);
    await sleep(SETTLE_MS);
    const told: Crowd[] = [];
    for (const turn of ["all read", "one reads nothing"]) {
      clients.send("measure");
      if (turn === "one reads nothing") clients.send("slow");
      await sleep(seconds * 1000);
      told.push(await ask());
    }
    return told;
  } finally {
    clients.kill("SIGKILL");
    await Promise.all(started.map(kill));
    await kafka.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const cells = ({ p50, p99, beats, missing, closed }: Crowd): string =>
  `${beats} | ${missing} | ${closed} | ${p50} / ${p99}`;

const program = command("bench crowd", "Many sockets at one gateway: beats' way to all of them, and a slow one beside.")
  .option("--sockets <counts>", `one run each, separated by commas, ${MOST} at the most`, list, ["100", "1000"])
  .option("--topics <names>", "that each socket asks for: beats, or beats,frames", "beats")
  .option("--seconds <count>", "measured without, then with one that reads nothing", wholeNumber(10, 3600), 60)
  .action(async (options: Options) => {
    console.log("| sockets | | beats | missing at a socket | closed | frame → beat, ms: p50 / p99 |");
    console.log(`|${" --- |".repeat(6)}`);
    for (const sockets of options.sockets) {
      const [all, beside] = await crowd(Number(sockets), options);
      console.log(
        `| ${sockets} | all read | ${cells(all)} |\n| ${sockets} | one more reads nothing | ${cells(beside)} |`,
      );
    }
  });

await run(program);
