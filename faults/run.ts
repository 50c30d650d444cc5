import { fileURLToPath } from "node:url";
import { KAFKA_CLIENTS, type KafkaClientName } from "../bus/kafka/names.ts";
import { BedsideError } from "../contracts/errors.ts";
import { command, run } from "../kit/cli/command.ts";
import { readConfig } from "../server/config.ts";
import { LONG, REAL_TIME, ROWS, SHORT } from "./rows.ts";
import { type RowResult, runRow } from "./run-row.ts";

const jarsDir = fileURLToPath(new URL("../.cache/kafka-jars", import.meta.url));

interface Options {
  readonly long: boolean;
  readonly realTime: boolean;
  readonly only?: string;
  readonly client?: KafkaClientName;
  readonly seed: string;
  readonly output: boolean;
}

const COLUMNS = [
  "fault",
  "client",
  "told",
  "lost",
  "different",
  "extra",
  "reordered",
  "repeated",
  "dead letters",
  "delay, s: median / worst",
  "caught up, s",
];

const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;

const rowOf = (name: string, client: string, one: RowResult): string =>
  line([
    name,
    client,
    one.told,
    one.lost.length,
    one.different.length,
    one.extra.length,
    one.reordered.length,
    one.repeated,
    `${one.letters} of ${one.poison}`,
    `${one.delays.median.toFixed(1)} / ${one.delays.worst.toFixed(1)}`,
    one.delays.caughtUp?.toFixed(1) ?? "–",
  ]);

const program = command(
  "test:faults",
  "Kills, stops and confuses what a ward consists of, on a real Kafka, and counts what a subscriber misses.",
)
  .option("--long", "a ward of 32 beds, ten minutes of signal a row")
  .option("--real-time", "a ward of 32 beds, four minutes of signal at its own speed")
  .option("--only <words>", "rows whose name holds these words")
  .option("--client <name>", `of ${KAFKA_CLIENTS.join(", ")}; default: the configured one`)
  .option("--seed <n>", "of what happens when", "1")
  .option("--output", "print what the processes said of a row that fails")
  .action(async ({ long, realTime, only, client, seed, output }: Options) => {
    const config = readConfig();
    if (long && realTime) throw new BedsideError("BAD_ARGUMENT", "--long or --real-time: one of them");
    const form = long ? LONG : realTime ? REAL_TIME : SHORT;
    console.log(`${form.beds} beds, ${form.seconds} s of signal at ${form.speed} times its speed, seed ${seed}\n`);
    console.log(line(COLUMNS));
    console.log(line(COLUMNS.map(() => "---")));
    let failed = 0;
    for (const row of ROWS) {
      if (only ? !row.name.includes(only) : row.longOnly && !long) continue;
      const options = { form, client: client ?? config.KAFKA_CLIENT, seed: Number(seed), jarsDir };
      const result = await runRow(row, { ...options, physionetDir: config.PHYSIONET_DIR });
      console.log(rowOf(row.name, options.client, result));
      const { reordered, letters, poison } = result;
      const wrong = [...result.lost, ...result.different, ...result.extra, ...result.wrong];
      wrong.push(...reordered.map((id) => `${id} came behind a later one`));
      if (letters !== poison) wrong.push(`${letters} dead letters, not ${poison}`);
      if (wrong.length === 0) continue;
      failed++;
      console.log(wrong.slice(0, 20).join("\n"));
      if (output) console.error(result.output);
    }
    if (failed > 0) process.exitCode = 1;
  });

await run(program);
