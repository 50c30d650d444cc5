/** How far the drawn head keeps behind the newest sample. */
const PLAYOUT_MS = 600;
/** Further behind than the target by this much, the head jumps. */
const JUMP_MS = 2000;
/** Not asked for this long (a hidden tab, a trace out of sight), the head jumps to live. */
const UNSEEN_MS = 1000;
/** Arrivals of this long give the rate at which samples come. */
const RATE_WINDOW_MS = 4000;
/** Time in which a wrong distance is made good. */
const PULL_MS = 2000;
const MAX_PULL = 0.5;
/** Without an arrival for so long, what came before says nothing of the rate to come. */
const SILENCE_MS = 4000;

interface Arrival {
  readonly atMs: number;
  readonly end: number;
}

/**
 * Turns frames that arrive in fits and starts into a head that moves evenly: it follows the rate at which samples come
 * (a replay may run at any speed) and keeps `PLAYOUT_MS`, or one and a half frames, behind them. At an underrun it stands
 * until that distance is there again. Times are any one clock's ms; positions are samples.
 */
export class Playout {
  private readonly nominal: number;
  private arrivals: Arrival[] = [];
  private newest = 0;
  private head: number | null = null;
  private lastMs = 0;
  private filling = true;

  /** `rateHz`: the samples' own rate, taken until theirs is known. */
  constructor(rateHz: number) {
    this.nominal = rateHz / 1000;
  }

  /** Samples up to `end` (exclusive) are there. */
  arrived(end: number, nowMs: number): void {
    if (end <= this.newest) return;
    this.newest = end;
    const before = this.arrivals.at(-1);
    if (before && nowMs - before.atMs > Math.max(SILENCE_MS, 3 * this.intervalMs)) this.arrivals = [];
    this.arrivals.push({ atMs: nowMs, end });
    while (this.arrivals.length > 3 && this.arrivals[0].atMs < nowMs - RATE_WINDOW_MS) this.arrivals.shift();
    if (this.head === null) {
      this.head = Math.max(0, end - Math.round(this.targetMs * this.rate));
      this.lastMs = nowMs;
    }
  }

  /** Mean time between arrivals, ms; 0 while there are fewer than two. */
  get intervalMs(): number {
    const { arrivals } = this;
    if (arrivals.length < 2) return 0;
    return (arrivals[arrivals.length - 1].atMs - arrivals[0].atMs) / (arrivals.length - 1);
  }

  /** How long samples take, at the pace at which they come, from a head at `position` to the newest, ms; without one, of the head as it should be. */
  lagMs(position: number | null): number {
    return position === null ? this.targetMs : Math.max(0, this.newest - position) / this.rate;
  }

  /** Where the head stands at `nowMs`: what is before it may be shown. Never moves back, never passes the newest sample. */
  advance(nowMs: number): number {
    if (this.head === null) return 0;
    const elapsedMs = Math.max(0, nowMs - this.lastMs);
    this.lastMs = Math.max(this.lastMs, nowMs);
    const { rate, targetMs } = this;
    const behindMs = (this.newest - this.head) / rate;
    if (elapsedMs > UNSEEN_MS || behindMs > targetMs + JUMP_MS) {
      this.head = Math.max(this.head, this.newest - targetMs * rate);
      this.filling = false;
      return this.head;
    }
    if (this.filling && behindMs < targetMs) return this.head;
    this.filling = false;
    const pull = Math.max(-MAX_PULL, Math.min(MAX_PULL, (behindMs - targetMs) / PULL_MS));
    this.head += elapsedMs * rate * (1 + pull);
    if (this.head >= this.newest) {
      this.head = this.newest;
      this.filling = true;
    }
    return this.head;
  }

  private get targetMs(): number {
    return Math.max(PLAYOUT_MS, 1.5 * this.intervalMs);
  }

  /** Samples per ms, as they came in the last seconds. */
  private get rate(): number {
    const first = this.arrivals.at(0);
    const last = this.arrivals.at(-1);
    if (!first || !last || last.atMs - first.atMs < RATE_WINDOW_MS / 4) return this.nominal;
    return (last.end - first.end) / (last.atMs - first.atMs);
  }
}
