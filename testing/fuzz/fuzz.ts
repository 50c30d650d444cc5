import type { Random } from "../../kit/random.ts";
import { createRandom } from "../../kit/random.ts";

/** Something that reads what others send. */
export interface Target {
  readonly name: string;
  /** Of all inputs, against the other targets'. */
  readonly share: number;
  readonly open: () => Promise<Attacked>;
}

export interface Attacked {
  /** Gives it one input. Whether it was taken; false: refused as it has to be. Whatever else comes of it is thrown. */
  readonly attempt: (random: Random) => Promise<boolean> | boolean;
  readonly close?: () => Promise<void>;
}

export interface Report {
  readonly name: string;
  readonly inputs: number;
  readonly taken: number;
  readonly refused: number;
  readonly slowestMs: number;
  /** The first of them; `at` is the input's number, from which it can be made again. */
  readonly faults: readonly { readonly at: number; readonly what: string }[];
}

/** What takes longer hangs, on a busy machine, too. */
const HANGS_MS = 5000;
const MOST_FAULTS = 20;

/** Inputs from `from` on, each of a random stream of its own. */
export async function fuzz(
  { name, open }: Target,
  { inputs, seed, from = 0, hangsMs = HANGS_MS }: { inputs: number; seed: number; from?: number; hangsMs?: number },
): Promise<Report> {
  const { attempt, close } = await open();
  const faults: { at: number; what: string }[] = [];
  const count = { taken: 0, refused: 0 };
  let slowestMs = 0;
  let done = 0;
  for (let at = from; at < from + inputs && faults.length < MOST_FAULTS; at++, done++) {
    const begunMs = performance.now();
    const outcome = await within(hangsMs, async () => attempt(createRandom(seed, `${name}/${at}`)));
    const tookMs = performance.now() - begunMs;
    slowestMs = Math.max(slowestMs, tookMs);
    if (outcome === true) count.taken++;
    else if (outcome === false) count.refused++;
    else faults.push({ at, what: outcome });
    if (tookMs > hangsMs && typeof outcome === "boolean") faults.push({ at, what: `took ${Math.round(tookMs)} ms` });
  }
  await close?.();
  return { name, inputs: done, ...count, slowestMs, faults };
}

/** What came of it, or in words what is wrong with it. */
async function within(ms: number, work: () => Promise<boolean>): Promise<boolean | string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${ms} ms`), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}
