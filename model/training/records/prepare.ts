import { readFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { writeWhole } from "../../../kit/atomic-write.ts";
import { codeHash } from "../../../kit/import-graph.ts";
import { type LeadRecording, readLeadRecording } from "../../../data/lead-recording.ts";
import { readTrainingNoise, withRecordedNoise } from "../../augmentation/recorded-noise.ts";
import { retime } from "../../augmentation/rhythm/retime.ts";
import { hear } from "./hear.ts";
import type { TrainingRecord } from "./record.ts";

const projectFolder = path.resolve(import.meta.dirname, "../../..");
const cacheFolder = path.join(projectFolder, ".cache", "training");

export interface PreparedRecord {
  readonly clean: TrainingRecord;
  /** The same with noise mixed in before the signal chain. */
  readonly noisy: readonly TrainingRecord[];
  /** The same under other rhythms; every second one noisy too. */
  readonly rhythms: readonly TrainingRecord[];
}

export interface PrepareOptions {
  readonly dir: string;
  readonly records: readonly string[];
  readonly noisyCopies: number;
  readonly rhythmCopies: number;
  readonly seed: number;
  readonly onProgress?: (done: number, total: number) => void;
}

/** The records through the signal chain, with their copies; cached in .cache/ until the code that makes them changes. */
export async function prepareRecords(options: PrepareOptions): Promise<PreparedRecord[]> {
  const { dir, records, noisyCopies, rhythmCopies, seed } = options;
  const folder = path.join(cacheFolder, (await codeHash([import.meta.filename], projectFolder)).slice(0, 16));
  const noise = noisyCopies + rhythmCopies > 0 ? await readTrainingNoise(dir) : [];
  const total = records.length * (1 + noisyCopies + rhythmCopies);
  let done = 0;
  const prepared: PreparedRecord[] = [];
  for (const name of records) {
    const recording = await readLeadRecording(dir, name);
    const prepare = async (copy: string, make: () => LeadRecording): Promise<TrainingRecord> => {
      const record = await cached(path.join(folder, `${name}-${copy}`), name, () => hear(make()));
      options.onProgress?.(++done, total);
      // Lets the progress bar and signals through.
      await new Promise(setImmediate);
      return record;
    };
    const clean = await prepare("clean", () => recording);
    const noisy: TrainingRecord[] = [];
    for (let copy = 1; copy <= noisyCopies; copy++) {
      noisy.push(await prepare(`noisy-${seed}-${copy}`, () => withRecordedNoise(recording, noise, seed + copy)));
    }
    const rhythms: TrainingRecord[] = [];
    for (let copy = 1; copy <= rhythmCopies; copy++) {
      const make = (): LeadRecording => {
        const other = retime(recording, seed + copy);
        return copy % 2 === 0 ? withRecordedNoise(other, noise, seed + noisyCopies + copy) : other;
      };
      rhythms.push(await prepare(`rhythm-${seed}-${copy}`, make));
    }
    prepared.push({ clean, noisy, rhythms });
  }
  return prepared;
}

async function cached(file: string, name: string, make: () => TrainingRecord): Promise<TrainingRecord> {
  const found = await readFile(file).catch(() => null);
  if (found) return { ...(deserialize(found) as TrainingRecord), name };
  const record = make();
  await writeWhole(file, serialize(record));
  return record;
}
