import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { deserialize, serialize } from "node:v8";
import { writeWhole } from "../../kit/atomic-write.ts";

/** One epoch's line of the log. */
export interface EpochLog {
  /** From 0. */
  readonly epoch: number;
  /** Mean of its steps. */
  readonly loss: number;
  /** Of the validation part; null where there is none. */
  readonly validation: { readonly accuracy: number; readonly macroF1: number } | null;
  readonly seconds: number;
}

/** What a fit has come to after an epoch. */
export interface Checkpoint<W, S> {
  readonly log: readonly EpochLog[];
  /** After each epoch. */
  readonly snapshots: readonly W[];
  /** What it takes to go on; null where the fit is done. */
  readonly state: S | null;
}

const FOLDER = path.resolve(import.meta.dirname, "../../.cache/training");

/** Where a fit is cached, by all that it depends on but the trainer's own code: another setting is another fit. */
export function fitFile(
  model: "live" | "rows",
  what: unknown,
  data: Iterable<string | Uint8Array | Int8Array> = [],
): string {
  const hash = createHash("sha256").update(JSON.stringify(what));
  for (const part of data) hash.update(part);
  return path.join(FOLDER, model, hash.digest("hex").slice(0, 24));
}

/** Writes a checkpoint, and beside it its log, a line of JSON an epoch. */
export async function saveCheckpoint(file: string, checkpoint: Checkpoint<unknown, unknown>): Promise<void> {
  await writeWhole(file, serialize(checkpoint));
  await writeWhole(`${file}.jsonl`, checkpoint.log.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** What was saved there; null where nothing was. */
export async function loadCheckpoint<W, S>(file: string): Promise<Checkpoint<W, S> | null> {
  const bytes = await readFile(file).catch(() => null);
  return bytes && (deserialize(bytes) as Checkpoint<W, S>);
}
