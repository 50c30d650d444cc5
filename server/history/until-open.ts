import { setTimeout as sleep } from "node:timers/promises";

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;

export interface Attempts {
  /** Rejects where it can't be opened at this moment. */
  readonly open: () => Promise<void>;
  readonly onFailure: (error: unknown) => void;
  /** Nobody wants it any more: no attempt is begun behind that. */
  readonly givenUp: AbortSignal;
}

/** Opens something, again and again until it is open, at longer and longer intervals: 1 s, doubling up to a minute. False where it was given up. */
export async function untilOpen({ open, onFailure, givenUp }: Attempts): Promise<boolean> {
  for (let waitMs = FIRST_MS; !givenUp.aborted; waitMs = Math.min(LONGEST_MS, 2 * waitMs)) {
    // Rejects when it is given up.
    await sleep(waitMs, undefined, { ref: false, signal: givenUp }).catch(() => {});
    if (givenUp.aborted) break;
    try {
      await open();
      return true;
    } catch (error) {
      onFailure(error);
    }
  }
  return false;
}
