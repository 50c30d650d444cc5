/** What the share is of. */
const WINDOW_MS = 60_000;
/** The window is forgotten in steps of so much. */
const STEP_MS = 1000;

interface Step {
  readonly sinceMs: number;
  received: number;
  lost: number;
}

interface Hole {
  readonly from: number;
  readonly to: number;
  readonly step: Step;
}

/**
 * Samples of a trace that never came, or came when their place had been shown. Positions count samples, as the trace's; a hole is known when what lies
 * behind it comes.
 */
export class Losses {
  private steps: Step[] = [];
  private holes: Hole[] = [];
  private end: number | null = null;

  /** `rateHz`: samples in a second; a hole counts no more than the window's. */
  constructor(private readonly rateHz: number) {}

  /** What lies before `position` is no loss: another epoch begins there. */
  beginAt(position: number): void {
    this.end = position;
    this.holes = [];
  }

  /** `count` samples came at `position`; what lies before `shownEnd` has been shown. */
  arrived(position: number, count: number, shownEnd: number, nowMs: number): void {
    const step = this.stepAt(nowMs);
    const end = this.end ?? position;
    const next = position + count;
    if (position > end) {
      const from = Math.max(end, position - Math.round((WINDOW_MS / 1000) * this.rateHz));
      this.holes.push({ from, to: position, step });
      step.lost += position - from;
    }
    if (position < end) this.fill(Math.max(position, shownEnd), Math.min(next, end), step);
    step.received += Math.max(0, next - Math.max(position, end));
    this.end = Math.max(end, next);
  }

  /** Share of the samples of the last minute that were lost, 0 to 1; null where none came. */
  share(nowMs: number): number | null {
    this.forget(nowMs);
    const received = this.steps.reduce((sum, step) => sum + step.received, 0);
    const lost = this.steps.reduce((sum, step) => sum + step.lost, 0);
    return received + lost > 0 ? lost / (received + lost) : null;
  }

  /** What came late from `from` to `to` is lost no more, where it was. */
  private fill(from: number, to: number, step: Step): void {
    if (from >= to) return;
    this.holes = this.holes.flatMap((hole) => {
      const filled = Math.min(hole.to, to) - Math.max(hole.from, from);
      if (filled <= 0) return [hole];
      hole.step.lost -= filled;
      step.received += filled;
      const rests = [
        { from: hole.from, to: Math.max(hole.from, from), step: hole.step },
        { from: Math.min(hole.to, to), to: hole.to, step: hole.step },
      ];
      return rests.filter((rest) => rest.from < rest.to);
    });
  }

  private stepAt(nowMs: number): Step {
    const last = this.steps.at(-1);
    if (last && nowMs - last.sinceMs < STEP_MS) return last;
    this.forget(nowMs);
    const step = { sinceMs: nowMs, received: 0, lost: 0 };
    this.steps.push(step);
    return step;
  }

  private forget(nowMs: number): void {
    this.steps = this.steps.filter(({ sinceMs }) => sinceMs > nowMs - WINDOW_MS);
    this.holes = this.holes.filter(({ step }) => step.sinceMs > nowMs - WINDOW_MS);
  }
}
