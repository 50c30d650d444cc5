import { BedsideError } from "../../../contracts/errors.ts";
import type { Pace } from "./pace.ts";

export interface PlaceLimits {
  /** Files under way at once. */
  readonly requests: number;
  /** Files that wait for a place, and how long. */
  readonly waiting: number;
  readonly waitMs: number;
}

export const PLACE_LIMITS: PlaceLimits = { requests: 4, waiting: 16, waitMs: 10_000 };

interface Waiter {
  readonly pace: Pace;
  readonly admit: (isAdmitted: boolean) => void;
}

/**
 * The places of files under way. Who finds none waits for one, and is given that of a client which has been slow for
 * long: a few that hang on must not keep all others out.
 */
export class Places {
  private readonly taken = new Set<Pace>();
  private readonly waiters: Waiter[] = [];

  constructor(private readonly limits: PlaceLimits) {}

  get count(): number {
    return this.taken.size;
  }

  /** Resolves when there is a place, or to false where none came in time or `signal` ended. */
  async take(pace: Pace, signal: AbortSignal): Promise<boolean> {
    if (this.waiters.length === 0 && this.findRoom()) {
      this.taken.add(pace);
      return true;
    }
    const { waiting, waitMs } = this.limits;
    if (this.waiters.length >= waiting || waitMs <= 0) return false;
    return new Promise((resolve) => {
      const leave = (isAdmitted: boolean): void => {
        clearInterval(looking);
        clearTimeout(giveUp);
        signal.removeEventListener("abort", onAbort);
        if (this.waiters.includes(waiter)) this.waiters.splice(this.waiters.indexOf(waiter), 1);
        if (isAdmitted) this.taken.add(pace);
        resolve(isAdmitted);
      };
      const onAbort = (): void => leave(false);
      const waiter: Waiter = { pace, admit: leave };
      // Who becomes slow enough to give way is found out by looking.
      const looking = setInterval(() => this.admitNext(), LOOK_MS);
      const giveUp = setTimeout(leave, waitMs, false);
      signal.addEventListener("abort", onAbort, { once: true });
      this.waiters.push(waiter);
    });
  }

  leave(pace: Pace): void {
    if (this.taken.delete(pace)) this.admitNext();
  }

  private admitNext(): void {
    while (this.waiters.length > 0 && this.findRoom()) this.waiters[0].admit(true);
  }

  /** Whether there is a place, if need be that of the one which is slowest for longest. */
  private findRoom(): boolean {
    if (this.taken.size < this.limits.requests) return true;
    const slowest = [...this.taken].reduce((a, b) => (b.unfairMs > a.unfairMs ? b : a));
    if (slowest.unfairMs === 0) return false;
    this.taken.delete(slowest);
    slowest.end(new BedsideError("UPLOAD_STALLED", "this file came slowly and others wait: send it again later"));
    return true;
  }
}

const LOOK_MS = 100;
