/** A clock that is off by more is said to be, ms; one that was, until it is off by less than RIGHT_MS. */
const OFF_MS = 60_000;
const RIGHT_MS = 50_000;
/** One frame a second counts, so that many that come at once, of an outbox that drains, are few. */
const APART_MS = 1000;
const FRAMES = 15;
/** So many frames, over so long, are needed. */
const LEAST_FRAMES = 5;
const LEAST_MS = 10_000;
/** Frames that are late for delay alone catch up: half of them then lie further apart, ms. */
const STEADY_MS = 5000;
/** What is older than that tells nothing of this moment. */
const LATELY_MS = 60_000;

/** `ahead`: its frames come before they were sent. `behind`: long after, and go on to; whether by its clock or by delay can't be known. */
export type OffClock = "ahead" | "behind";

interface Sample {
  readonly atMs: number;
  /** From when a frame was sent, by its sender's clock, to when it came, by this machine's. */
  readonly offsetMs: number;
}

/** How far the clock of a bed's source is from this machine's. Times are the wall's, Unix ms. Nothing that is heard depends on it. */
export class ClockOffset {
  private epoch: string | null = null;
  private readonly samples: Sample[] = [];
  private found: OffClock | null = null;
  private isSaid = false;

  /** A frame of this epoch has come, and brought samples. */
  heard(epoch: string, receivedAtMs: number, producedAtMs: number): void {
    if (epoch !== this.epoch) this.begin(epoch);
    const last = this.samples.at(-1);
    if (last && receivedAtMs - last.atMs < APART_MS) return;
    if (this.samples.length === FRAMES) this.samples.shift();
    this.samples.push({ atMs: receivedAtMs, offsetMs: receivedAtMs - producedAtMs });
  }

  /** What is known at this moment. `isCurrent`: all that the bed's partition holds has come lately, so that no frame waited for this worker. */
  off(nowMs: number, isCurrent: boolean): OffClock | null {
    this.found = this.judge(nowMs, isCurrent);
    return this.found;
  }

  /** Where its clock is off and that was not said of its epoch yet: by how much, in the median; else null. */
  news(): { readonly epoch: string; readonly offsetMs: number } | null {
    if (this.found === null || this.epoch === null || this.isSaid) return null;
    this.isSaid = true;
    return { epoch: this.epoch, offsetMs: this.quartiles()[1] };
  }

  private begin(epoch: string): void {
    this.epoch = epoch;
    this.samples.length = 0;
    this.found = null;
    this.isSaid = false;
  }

  private judge(nowMs: number, isCurrent: boolean): OffClock | null {
    const { samples, found } = this;
    const last = samples.at(-1);
    if (!last || nowMs - last.atMs > LATELY_MS) return null;
    // Almost always: no need to sort.
    if (found === null && Math.abs(last.offsetMs) <= OFF_MS) return null;
    if (samples.length < LEAST_FRAMES || last.atMs - samples[0].atMs < LEAST_MS) return null;
    const [lower, median, upper] = this.quartiles();
    const limitMs = found === null ? OFF_MS : RIGHT_MS;
    if (median < -limitMs) return "ahead";
    if (median <= limitMs) return null;
    if (!isCurrent) return found;
    return upper - lower <= STEADY_MS ? "behind" : null;
  }

  private quartiles(): readonly [number, number, number] {
    const sorted = this.samples.map(({ offsetMs }) => offsetMs).toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)];
    return [at(0.25), at(0.5), at(0.75)];
  }
}
