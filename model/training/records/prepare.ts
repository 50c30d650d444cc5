import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { FEATURE_NAMES } from "../../../signal/features.ts";
import { WINDOW_LENGTH } from "../../../signal/events.ts";
import { referenceOf } from "../../scoring/reference.ts";
import { hear, type Recording } from "./hear.ts";
import { addNoise, readNoise, readRecording } from "./recordings.ts";
import type { TrainingRecord } from "./record.ts";

const projectFolder = path.resolve(import.meta.dirname, "../../..");
const cacheFolder = path.join(projectFolder, ".cache", "training");
/** What a prepared record depends on beside the recording itself (signal/rhythm works on beats, not before them). */
const SOURCES = ["signal", "model/scoring", "model/training/records"];

export interface PreparedRecord {
  readonly clean: TrainingRecord;
  /** The same with noise mixed in before the signal chain. */
  readonly noisy: readonly TrainingRecord[];
}

export interface PrepareOptions {
  readonly dir: string;
  readonly records: readonly string[];
  readonly noisyCopies: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The records through the signal chain, clean and noisy; kept in .cache/ until chain or preparation change. */
export async function prepareRecords(options: PrepareOptions): Promise<PreparedRecord[]> {
  const { dir, records, noisyCopies, seed } = options;
  const folder = path.join(cacheFolder, await sourcesHash());
  await mkdir(folder, { recursive: true });
  const noise = noisyCopies > 0 ? await readNoise(dir) : [];
  const prepared: PreparedRecord[] = [];
  const total = records.length * (1 + noisyCopies);
  let done = 0;
  for (const name of records) {
    const recording = await readRecording(dir, name);
    const copies: TrainingRecord[] = [];
    for (let copy = 0; copy <= noisyCopies; copy++) {
      const file = path.join(folder, copy === 0 ? `${name}-clean` : `${name}-noisy-${seed}-${copy}`);
      copies.push(
        await cached(file, recording, () => hear(copy === 0 ? recording : addNoise(recording, noise, seed + copy))),
      );
      options.onProgress?.(++done, total);
      // Lets the progress bar and signals through.
      await new Promise(setImmediate);
    }
    const [clean, ...noisy] = copies;
    prepared.push({ clean, noisy });
  }
  return prepared;
}

async function cached(file: string, recording: Recording, make: () => TrainingRecord): Promise<TrainingRecord> {
  const found = await readFile(file).catch(() => null);
  if (found) return decode(recording, found);
  const record = make();
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, encode(record));
  await rename(part, file);
  return record;
}

/** Count, samples (int32), windows, features (float32), targets (int8), in this order. */
function encode({ count, samples, windows, features, targets }: TrainingRecord): Buffer {
  const parts = [Int32Array.of(count), samples, windows, features, targets];
  return Buffer.concat(parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength)));
}

function decode({ name, samplingRateHz, annotations }: Recording, bytes: Buffer): TrainingRecord {
  const { buffer } = Uint8Array.from(bytes);
  const [count] = new Int32Array(buffer, 0, 1);
  const samples = new Int32Array(buffer, 4, count);
  const windows = new Float32Array(buffer, 4 + samples.byteLength, count * WINDOW_LENGTH);
  const features = new Float32Array(buffer, windows.byteOffset + windows.byteLength, count * FEATURE_NAMES.length);
  const targets = new Int8Array(buffer, features.byteOffset + features.byteLength, count);
  return { name, samplingRateHz, reference: referenceOf(annotations), count, samples, windows, features, targets };
}

async function sourcesHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    for (const file of await sourceFiles(path.join(projectFolder, source))) hash.update(await readFile(file));
  }
  return hash.digest("hex").slice(0, 16);
}

async function sourceFiles(source: string): Promise<string[]> {
  if (source.endsWith(".ts")) return [source];
  const entries = await readdir(source, { recursive: true });
  return entries
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && !name.startsWith("rhythm"))
    .toSorted()
    .map((name) => path.join(source, name));
}
