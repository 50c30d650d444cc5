/** A beat told so soon after it was due is told as in a ward that nothing happens to, s: it may wait 1.94 s for the next one, and a frame's 0.2 s. */
const IN_TIME_SECONDS = 2.5;

interface Told {
  readonly atMs: number;
  readonly seconds: number;
}

/** How late beats are told: seconds from when a beat's sample was due until it was told for the first time. Times by performance.now(). */
export class Delays {
  private readonly told: Told[] = [];
  private returnedAtMs: number | null = null;

  add(seconds: number, atMs: number): void {
    this.told.push({ atMs, seconds });
  }

  /** The broker that was away, or frozen, has been brought back; the last time counts. */
  returned(atMs: number): void {
    this.returnedAtMs = atMs;
  }

  get median(): number {
    const sorted = this.told.map(({ seconds }) => seconds).toSorted((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? Number.NaN;
  }

  get worst(): number {
    if (this.told.length === 0) return Number.NaN;
    return this.told.reduce((worst, { seconds }) => Math.max(worst, seconds), 0);
  }

  /** Seconds from the broker's return until the last beat that was told late; null where no broker was away. */
  get caughtUp(): number | null {
    const { returnedAtMs } = this;
    if (returnedAtMs === null) return null;
    const late = this.told.filter(({ atMs, seconds }) => atMs > returnedAtMs && seconds > IN_TIME_SECONDS);
    return late.reduce((last, { atMs }) => Math.max(last, (atMs - returnedAtMs) / 1000), 0);
  }
}
