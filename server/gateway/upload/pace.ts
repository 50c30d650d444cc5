import type { Socket } from "node:net";
import { BedsideError } from "../../../contracts/errors.ts";

export interface PaceLimits {
  /** A client is waited for so long in all, unless it moves `windowBytes` in this time: the least rate. */
  readonly windowMs: number;
  readonly windowBytes: number;
  /** From its first byte to the end of its answer. */
  readonly totalMs: number;
  /** One that is slower than `fairBytesPerS` for `graceMs` gives up its place to one that waits for it. */
  readonly graceMs: number;
  readonly fairBytesPerS: number;
  /** How often it is looked at. */
  readonly tickMs: number;
}

export const PACE_LIMITS: PaceLimits = {
  windowMs: 30_000,
  windowBytes: 16 * 1024,
  totalMs: 10 * 60_000,
  graceMs: 5000,
  fairBytesPerS: 64 * 1024,
  tickMs: 500,
};

/**
 * How fast a client sends its file and reads its answer, whichever it is at: time in which the gateway itself is busy
 * does not count. `signal` ends with an UPLOAD_STALLED when it is too slow.
 */
export class Pace {
  /** The gateway waits for bytes of the file. */
  isReading = false;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly begunMs = performance.now();
  private lastMs = this.begunMs;
  private bytes: number;
  private patienceMs: number;
  private slowMs = 0;

  /** @param isWriting the answer waits for its reader */
  constructor(
    private readonly socket: Pick<Socket, "bytesRead" | "bytesWritten">,
    private readonly isWriting: () => boolean,
    private readonly limits: PaceLimits,
  ) {
    this.bytes = this.moved();
    this.patienceMs = limits.windowMs;
    this.timer = setInterval(() => this.look(), limits.tickMs).unref();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** For how long it has been slower than is fair to one that waits, ms; 0 as long as that is forgiven. */
  get unfairMs(): number {
    return this.slowMs >= this.limits.graceMs ? this.slowMs : 0;
  }

  /** Ends it with a reason; what is ended stays so. */
  end(reason: unknown): void {
    this.stop();
    this.controller.abort(reason);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { windowMs, windowBytes, totalMs, fairBytesPerS } = this.limits;
    const now = performance.now();
    const passedMs = now - this.lastMs;
    const total = this.moved();
    const moved = total - this.bytes;
    this.lastMs = now;
    this.bytes = total;
    const isWaiting = this.isReading || this.isWriting();
    const isSlow = isWaiting && moved * 1000 < fairBytesPerS * passedMs;
    this.slowMs = isSlow ? this.slowMs + passedMs : 0;
    const earnedMs = (moved * windowMs) / windowBytes;
    this.patienceMs = Math.min(windowMs, this.patienceMs + earnedMs - (isWaiting ? passedMs : 0));
    const stalled = (what: string): void =>
      this.end(new BedsideError("UPLOAD_STALLED", `${what}: send the file again`));
    if (this.patienceMs <= 0) stalled(`less than ${windowBytes} bytes came in ${windowMs / 1000} s`);
    else if (now - this.begunMs > totalMs) stalled(`the file and its answer took more than ${totalMs / 1000} s`);
  }

  private moved(): number {
    return (this.socket.bytesRead ?? 0) + (this.socket.bytesWritten ?? 0);
  }
}

/** What a promise gives; rejects with the signal's reason when that comes first. */
export async function unlessEnded<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  let onAbort = (): void => {};
  const ended = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
  });
  promise.catch(() => {}); // Where the signal comes first, no one else hears of it.
  return Promise.race([promise, ended]).finally(() => signal.removeEventListener("abort", onAbort));
}
