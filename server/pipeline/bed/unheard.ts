/** Frames come, and none is taken, for so long: to be said. */
const SAID_AFTER_MS = 4000;
/** They still come when the last one did so lately. */
const LATELY_MS = 2000;

/** Frames of a bed that came since the last one that was taken. Times are the wall's, Unix ms. Nothing that is heard depends on it. */
export class Unheard {
  private count = 0;
  private sinceMs = 0;
  private lastMs = 0;

  /** A frame has come and was not taken. */
  add(nowMs: number): void {
    if (this.count++ === 0) this.sinceMs = nowMs;
    this.lastMs = nowMs;
  }

  /** A frame was taken. */
  clear(): void {
    this.count = 0;
  }

  /** How many came for nothing, where that goes on at this moment; else 0. */
  goingOn(nowMs: number): number {
    const isLong = this.count > 0 && nowMs - this.sinceMs >= SAID_AFTER_MS;
    return isLong && nowMs - this.lastMs <= LATELY_MS ? this.count : 0;
  }
}
