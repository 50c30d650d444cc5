import path from "node:path";
import { codeHash } from "../../../kit/import-graph.ts";
import { readLeadRecordings } from "../../../data/lead-recording.ts";
import { readTrainingNoise } from "../../augmentation/recorded-noise.ts";
import { CLEAN, type CopyCounts, type CopyMaker, noisyCopy, rhythmCopy } from "./copies.ts";
import { hear } from "./hear.ts";
import { type StoredCopy, storedCopy } from "./stored.ts";

const projectFolder = path.resolve(import.meta.dirname, "../../..");
const cacheFolder = path.join(projectFolder, ".cache", "training");

/** One lead of a patient, with its copies. */
export interface PreparedReading {
  readonly lead: string;
  readonly clean: StoredCopy;
  readonly noisy: readonly StoredCopy[];
  readonly rhythms: readonly StoredCopy[];
}

/** One patient: readings of one heart, which no fold may part. */
export interface PreparedRecord {
  /** `database/record`. */
  readonly name: string;
  /** The monitored lead's first. */
  readonly readings: readonly [PreparedReading, ...PreparedReading[]];
}

export interface PrepareOptions {
  /** PhysioNet's file tree. */
  readonly dir: string;
  /** `database/record`. */
  readonly name: string;
  readonly seed: number;
  /** Of the monitored lead. */
  readonly copies: CopyCounts;
  /** Of each other lead; null: they are left alone. */
  readonly otherLeads: CopyCounts | null;
}

/**
 * A record's leads through the signal chain, with their copies; kept in .cache/ until the code that makes them changes. Throws
 * UNKNOWN_RECORD or BAD_RECORD.
 */
export async function prepareRecord(options: PrepareOptions): Promise<PreparedRecord> {
  const { dir, name, seed, copies, otherLeads } = options;
  const folder = path.join(cacheFolder, (await codeOf()).slice(0, 16), name);
  const [monitored, ...others] = await readLeadRecordings(dir, name);
  const isNoisy = [copies, otherLeads].some((counts) => counts && counts.noisyCopies + counts.rhythmCopies > 0);
  const noise = isNoisy ? await readTrainingNoise(dir) : [];
  const reading = async (
    recording: typeof monitored,
    { noisyCopies, rhythmCopies }: CopyCounts,
  ): Promise<PreparedReading> => {
    const { lead } = recording;
    const stored = (copy: CopyMaker): Promise<StoredCopy> =>
      storedCopy(path.join(folder, `${encodeURIComponent(lead)}-${copy.name}`), () => hear(copy.make(recording)));
    const all = async (count: number, maker: typeof noisyCopy): Promise<StoredCopy[]> => {
      const made: StoredCopy[] = [];
      for (let number = 1; number <= count; number++) made.push(await stored(maker(number, seed, noise)));
      return made;
    };
    const [clean, noisy] = [await stored(CLEAN), await all(noisyCopies, noisyCopy)];
    return { lead, clean, noisy, rhythms: await all(rhythmCopies, rhythmCopy) };
  };
  const readings: [PreparedReading, ...PreparedReading[]] = [await reading(monitored, copies)];
  if (otherLeads) for (const recording of others) readings.push(await reading(recording, otherLeads));
  return { name, readings };
}

let code: Promise<string> | null = null;

/** Of the code that makes copies. */
const codeOf = (): Promise<string> => (code ??= codeHash([import.meta.filename], projectFolder));
