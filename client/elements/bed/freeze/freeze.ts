import { Changes } from "../../../changes.ts";
import { type Callipers, callipersAt, withLevel, withTime, type Which } from "../../../trace/frozen/callipers.ts";
import { FrozenSignal } from "../../../trace/frozen/frozen-signal.ts";
import type { MonitoredBed } from "../../../ward/monitored-bed.ts";

/**
 * Untouched for so long, traces go on by themselves: a frozen trace that is taken for live is worse than one to be frozen again. As long as a
 * silence of the alarms; long enough to measure a beat in twelve leads.
 */
export const FROZEN_FOR_MS = 120_000;
/** That they will is said so long before. */
export const WARNED_MS = 20_000;

/** There is something to be seen, and two edges find room. */
const LEAST_S = 1.5;
/** A bed that has just been opened has its last seconds within so long; whoever froze it sooner meant those. */
const WAITS_MS = 5000;

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
  /** Null while nothing is measured. */
  callipers: Callipers | null;
  /** The interval is repeated over what is seen. */
  marchesOut: boolean;
}

/** Where no two beats are seen, callipers begin so far before the right edge, seconds. */
const FIRST_TIMES_S = [LEAST_S, 0.5] as const;

/** To be frozen as soon as there is enough of it. */
interface Wanted {
  readonly bed: MonitoredBed;
  readonly withCallipers: boolean;
  readonly untilMs: number;
}

/** Whether the traces of the bed that is open stand still, where they have been scrolled to, and what is measured. All its leads follow it. */
export class Freeze {
  readonly changes = new Changes();
  private frozen: Frozen | null = null;
  private wanted: Wanted | null = null;
  /** Samples that find room beside one another. */
  private span = 1;

  get signal(): FrozenSignal | null {
    return this.frozen?.signal ?? null;
  }

  get to(): number {
    return this.frozen?.to ?? 0;
  }

  get callipers(): Callipers | null {
    return this.frozen?.callipers ?? null;
  }

  get marchesOut(): boolean {
    return this.frozen?.marchesOut ?? false;
  }

  /** Somebody has asked for it, and its samples are on their way. */
  get isWaiting(): boolean {
    return this.wanted !== null;
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

  /** Freezes what has come of all leads; where that is too little, as soon as it is enough. */
  begin(bed: MonitoredBed, nowMs: number, withCallipers = false): void {
    const { trace, newestMs } = bed;
    if (!trace || !hasEnough(bed)) {
      this.wanted = { bed, withCallipers, untilMs: nowMs + WAITS_MS };
      this.changes.tell();
      return;
    }
    this.wanted = null;
    const signal = new FrozenSignal(trace);
    const begun = { sinceMs: nowMs, touchedMs: nowMs, callipers: null, marchesOut: false };
    this.frozen = { signal, endTimeMs: newestMs, to: signal.end, ...begun };
    if (withCallipers) this.layCallipers(bed);
    this.changes.tell();
  }

  end(): void {
    if (!this.frozen && !this.wanted) return;
    this.frozen = null;
    this.wanted = null;
    this.changes.tell();
  }

  toggle(bed: MonitoredBed, nowMs: number): void {
    if (this.frozen || this.wanted) this.end();
    else this.begin(bed, nowMs);
  }

  /** Lays callipers on the last two beats that are seen, or takes them away; live traces are frozen for them. */
  toggleCallipers(bed: MonitoredBed, nowMs: number): void {
    const { frozen } = this;
    if (!frozen) return this.begin(bed, nowMs, true);
    this.touch(nowMs);
    if (frozen.callipers) frozen.callipers = null;
    else this.layCallipers(bed);
    this.changes.tell();
  }

  private layCallipers(bed: MonitoredBed): void {
    const { frozen } = this;
    if (!frozen) return;
    const { signal, to } = frozen;
    const peaks = signal.beats(bed.beats).flatMap(({ peak }) => (peak < to ? [peak] : []));
    const usual = FIRST_TIMES_S.map((seconds) => Math.max(signal.begin, Math.round(to - seconds * signal.rateHz)));
    const [first, second] = peaks.length < 2 ? usual : peaks.slice(-2);
    frozen.callipers = callipersAt([first, second], signal.leads.length);
  }

  toggleMarch(): void {
    if (!this.frozen) return;
    this.frozen.marchesOut = !this.frozen.marchesOut;
    this.changes.tell();
  }

  /** Puts an edge in time on a sample that is kept, and brings it into sight. */
  moveTime(which: Which, position: number): void {
    const { frozen, span } = this;
    if (!frozen?.callipers) return;
    const { begin, end } = frozen.signal;
    const within = Math.round(Math.min(end - 1, Math.max(begin, position)));
    frozen.callipers = withTime(frozen.callipers, which, within);
    if (within < frozen.to - span) this.scrollTo(within + span);
    else if (within >= frozen.to) this.scrollTo(within + 1);
    this.changes.tell();
  }

  /** `mv`: null where it is to follow the signal again. */
  moveLevel(lead: number, which: Which, mv: number | null): void {
    if (!this.frozen?.callipers) return;
    this.frozen.callipers = withLevel(this.frozen.callipers, lead, which, mv);
    this.changes.tell();
  }

  /** Time has passed. */
  tick(nowMs: number): void {
    if (this.frozen && this.leftMs(nowMs) === 0) this.end();
    const { wanted } = this;
    if (wanted && hasEnough(wanted.bed)) this.begin(wanted.bed, nowMs, wanted.withCallipers);
    else if (wanted && nowMs > wanted.untilMs) this.end();
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

function hasEnough({ trace }: MonitoredBed): boolean {
  const received = trace?.leads[0].received;
  return received !== undefined && received.end - received.begin >= LEAST_S * (trace?.rateHz ?? 0);
}
