import { setTimeout as sleep } from "node:timers/promises";

const FIRST_MS = 200;
const LONGEST_MS = 2000;

/** How long to wait before the n-th further try, n from 1, ms: doubling from 0.2 s to 2 s. */
const backoffMs = (tries: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(tries - 1, 10));

/** Waits before the n-th further try; returns at once when `signal` is aborted. */
export async function backoff(tries: number, signal: AbortSignal): Promise<void> {
  await sleep(backoffMs(tries), undefined, { signal }).catch(() => {});
}
