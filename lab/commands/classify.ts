import { SingleBar } from "cli-progress";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { BedsideError } from "../../contracts/errors.ts";
import { classifyBeats } from "../../server/classify/classify-beats.ts";
import { type Classification, Collection } from "../../server/classify/collection.ts";
import { csvOf, jsonOf } from "../../server/classify/formats.ts";
import { openRowPool } from "../../server/classify/pool.ts";
import { summaryOf } from "../../server/classify/summary.ts";
import { readConfig } from "../../server/config.ts";
import { command, run } from "../../kit/cli/command.ts";

interface Options {
  readonly json: boolean;
  readonly csv: boolean;
  readonly to?: string;
}

const CHUNK_BYTES = 256 * 1024;
const MAX_THREADS = 2;
/** Refused rows that are named on the terminal. */
const SHOWN = 5;

const program = command("classify", "Classifies the beats of a CSV file: rows of 187 samples, with a label or without.")
  .argument("<file>", "the CSV file; -: standard input")
  .option("--json", "write rows, refusals, totals and scores as JSON", false)
  .option("--csv", "write a table, a line for each row", false)
  .option("--to <file>", "where JSON or CSV goes (default: standard output)")
  .addHelpText("after", "\nVariables: ROWS_MODEL and ENGINE, the model of isolated beats and what runs it.")
  .action(async (file: string, options: Options) => {
    if (options.json && options.csv) throw new BedsideError("BAD_ARGUMENT", "--json or --csv: give one of them");
    if (options.to !== undefined && !options.json && !options.csv) {
      throw new BedsideError("BAD_ARGUMENT", "--to says where JSON or CSV goes: give --json or --csv too");
    }
    const { source, bytes } = await open(file);
    const { ROWS_MODEL, ENGINE } = readConfig();
    const threads = Math.min(MAX_THREADS, availableParallelism());
    const classifier = await openRowPool(ROWS_MODEL, ENGINE, threads);
    const collection = new Collection();
    const bar = progressBar(bytes);
    const start = performance.now();
    try {
      for await (const batch of classifyBeats(source, classifier)) {
        collection.add(batch);
        bar.update(batch.counts.bytes, { rows: batch.counts.rows });
      }
    } finally {
      bar.stop();
      await classifier.close();
    }
    const seconds = (performance.now() - start) / 1000;
    await report(collection.end(classifier.info), options, seconds);
  });

async function report(done: Classification, options: Options, seconds: number): Promise<void> {
  const { rows, rejected } = done.counts;
  const to = options.to === undefined ? process.stdout : createWriteStream(options.to);
  if (options.json) await write(to, [...jsonOf(done), "\n"]);
  else if (options.csv) await write(to, csvOf(done));
  else console.log(summaryOf(done));
  const { name, hash, engine } = done.model;
  console.error(`${rows} rows in ${seconds.toFixed(2)} s by ${name} ${hash} on ${engine}`);
  if (rejected > 0) {
    const first = done.batches.flatMap((batch) => batch.rejected).slice(0, SHOWN);
    console.error(`${rejected} ${rejected === 1 ? "row was" : "rows were"} refused:`);
    for (const { row, reason } of first) console.error(`  line ${row}: ${reason}`);
    if (rejected > first.length) console.error(`  and ${rejected - first.length} more`);
  }
}

async function write(to: Writable, pieces: Iterable<string>): Promise<void> {
  const isFile = to !== process.stdout;
  await pipeline(Readable.from(pieces, { objectMode: false }), to, { end: isFile }).catch((cause: unknown) => {
    // Whoever reads our output may have read enough.
    if ((cause as NodeJS.ErrnoException).code === "EPIPE") return;
    throw new BedsideError("BAD_ARGUMENT", `the result cannot be written: ${String(cause)}`, { cause });
  });
}

async function open(file: string): Promise<{ source: AsyncIterable<Uint8Array>; bytes: number | null }> {
  if (file === "-") return { source: process.stdin, bytes: null };
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) throw new BedsideError("BAD_ARGUMENT", `${file} is no file`);
  return { source: createReadStream(file, { highWaterMark: CHUNK_BYTES }), bytes: found.size };
}

/** By bytes where their number is known; nothing where no one watches. */
function progressBar(bytes: number | null): Pick<SingleBar, "update" | "stop"> {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const format =
    bytes === null ? "{rows} rows  {duration_formatted}" : "[{bar}] {percentage}%  {rows} rows  {eta_formatted} left";
  const bar = new SingleBar({ format, stream: process.stderr, clearOnComplete: true });
  bar.start(bytes ?? 0, 0, { rows: 0 });
  return bar;
}

await run(program);
