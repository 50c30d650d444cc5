import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { writeWhole } from "../../../kit/atomic-write.ts";
import type { RowShape } from "../network/shape.ts";
import { type EpochLog, initialState, type TrainingState } from "./state.ts";

/** Where a training stands between its epochs, apart from its numbers. */
interface Progress {
  readonly epoch: number;
  readonly steps: number;
  readonly log: readonly EpochLog[];
}

/** Name of a training by all that it depends on: another setting is another training. */
export const trainingKey = (what: unknown): string =>
  createHash("sha256").update(JSON.stringify(what)).digest("hex").slice(0, 16);

const vectorsOf = ({ weights, averaged, best, moments }: TrainingState): Float32Array[] => [
  ...[weights, averaged, best].flatMap(({ parameters, statistics }) => [parameters, statistics]),
  moments.first,
  moments.second,
];

/** Writes the state to `folder`: its numbers, and behind them the JSON that tells how far it is (read first). */
export async function saveState(folder: string, state: TrainingState): Promise<void> {
  const { epoch, log, moments } = state;
  const progress: Progress = { epoch, steps: moments.steps, log };
  const numbers = vectorsOf(state).map((vector) => new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength));
  const head = Buffer.from(`${JSON.stringify(progress)}\n`);
  await writeWhole(path.join(folder, "checkpoint"), Buffer.concat([head, ...numbers]));
  await writeWhole(path.join(folder, "log.jsonl"), log.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

/** The state saved in `folder`, or null where there is none of this shape. */
export async function loadState(folder: string, shape: RowShape): Promise<TrainingState | null> {
  const bytes = await readFile(path.join(folder, "checkpoint")).catch(() => null);
  if (!bytes) return null;
  const end = bytes.indexOf(10);
  const { epoch, steps, log } = JSON.parse(bytes.subarray(0, end).toString("utf8")) as Progress;
  const state = initialState(shape, 0);
  let at = end + 1;
  for (const vector of vectorsOf(state)) {
    if (at + vector.byteLength > bytes.length) return null;
    new Uint8Array(vector.buffer).set(bytes.subarray(at, at + vector.byteLength));
    at += vector.byteLength;
  }
  state.epoch = epoch;
  state.moments.steps = steps;
  state.log.push(...log);
  return state;
}
