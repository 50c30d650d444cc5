import { Changes } from "../../../changes.ts";
import { FrozenSignal } from "../../../trace/frozen/frozen-signal.ts";
import type { MonitoredBed } from "../../../ward/monitored-bed.ts";

/**
 * Untouched for so long, traces go on by themselves: a frozen trace that is taken for live is worse than one to be frozen again. As long as a
 * silence of the alarms; long enough to measure a beat in twelve leads.
 */
export const FROZEN_FOR_MS = 120_000;
/** That they will is said so long before. */
export const WARNED_MS = 20_000;

/** A bed's traces that stand still. */
interface Frozen {
  readonly signal: FrozenSignal;
  /** When it was frozen, of performance.now(). */
  readonly sinceMs: number;
  /** Event time of its newest sample, Unix ms. */
  readonly endTimeMs: number;
  /** Position at the right edge, behind the last that is shown. */
  to: number;
  touchedMs: number;
}

/** Whether the traces of the bed that is open stand still, and where they have been scrolled to. All its leads follow it. */
export class Freeze {
  readonly changes = new Changes();
  private frozen: Frozen | null = null;
  /** Samples that find room beside one another. */
  private span = 1;

  get signal(): FrozenSignal | null {
    return this.frozen?.signal ?? null;
  }

  get to(): number {
    return this.frozen?.to ?? 0;
  }

  /** Event time of a position, Unix ms. */
  timeMsOf(position: number): number {
    if (!this.frozen) return 0;
    const { signal, endTimeMs } = this.frozen;
    return endTimeMs + ((position - signal.end) / signal.rateHz) * 1000;
  }

  /** How long ago it was frozen, ms. */
  forMs(nowMs: number): number {
    return this.frozen ? nowMs - this.frozen.sinceMs : 0;
  }

  /** How long until it goes on by itself, ms. */
  leftMs(nowMs: number): number {
    return this.frozen ? Math.max(0, this.frozen.touchedMs + FROZEN_FOR_MS - nowMs) : 0;
  }

  /** Freezes what has come of all leads; nothing where nothing has. */
  begin({ trace, newestMs }: MonitoredBed, nowMs: number): void {
    if (!trace || trace.leads[0].received.end === 0) return;
    const signal = new FrozenSignal(trace);
    this.frozen = { signal, sinceMs: nowMs, endTimeMs: newestMs, to: signal.end, touchedMs: nowMs };
    this.changes.tell();
  }

  end(): void {
    if (!this.frozen) return;
    this.frozen = null;
    this.changes.tell();
  }

  toggle(bed: MonitoredBed, nowMs: number): void {
    if (this.frozen) this.end();
    else this.begin(bed, nowMs);
  }

  /** Time has passed. */
  tick(nowMs: number): void {
    if (this.frozen && this.leftMs(nowMs) === 0) this.end();
  }

  /** Somebody is at it: the time until it goes on begins anew. */
  touch(nowMs: number): void {
    if (this.frozen) this.frozen.touchedMs = nowMs;
  }

  /** How many samples a lead has room for. All leads are as wide as one another. */
  fit(span: number): void {
    this.span = span;
    this.scrollTo(this.to);
  }

  /** Lays `to` at the right edge, as far as there is something to show. */
  scrollTo(to: number): void {
    if (!this.frozen) return;
    const { begin, end } = this.frozen.signal;
    const least = Math.min(end, begin + this.span);
    const within = Math.round(Math.min(end, Math.max(least, to)));
    if (within === this.frozen.to) return;
    this.frozen.to = within;
    this.changes.tell();
  }

  scrollBySeconds(seconds: number): void {
    if (this.frozen) this.scrollTo(this.frozen.to + seconds * this.frozen.signal.rateHz);
  }
}
