import type { Frame } from "../../contracts/frame.ts";
import { spanOf, type Trace } from "../../contracts/trace-reader.ts";

/** What the pace is measured over. */
const WINDOW_MS = 20_000;
/** Before so much has been seen of it, the jitter of frames would pass for a pace. */
const LEAST_MS = 6000;

/** By how much a sender's clock may contradict the screen's before it is not believed: frames of an old recording may tell its times. */
const CONTRADICTION = 2;

interface Arrival {
  readonly atMs: number;
  readonly producedMs: number;
  readonly eventMs: number;
}

/** How a bed's event time passes against the clock, from its frames alone. Times in arguments are of `performance.now()`. */
export class Pace {
  private arrivals: Arrival[] = [];
  private epoch: string | null = null;
  /** Of the newest sample: its event time, and when it was sent by its sender's clock, Unix ms. */
  private newest: { readonly eventMs: number; readonly producedMs: number } | null = null;

  arrived(frame: Frame | Trace, nowMs: number): void {
    const end = frame.firstSample + spanOf(frame);
    const eventMs = frame.epochStartMs + (end / frame.samplingRateHz) * 1000;
    if (frame.epoch !== this.epoch) this.arrivals = [];
    else if (this.newest && eventMs <= this.newest.eventMs) return;
    this.epoch = frame.epoch;
    this.newest = { eventMs, producedMs: frame.producedAtMs };
    this.arrivals.push({ atMs: nowMs, producedMs: frame.producedAtMs, eventMs });
    // Of very long frames the window holds one alone, which tells no pace.
    while (this.arrivals.length > 3 && this.arrivals[0].atMs < nowMs - WINDOW_MS) this.arrivals.shift();
  }

  /** When the newest sample was sent, Unix ms of its sender's clock; null before the first frame. */
  get producedMs(): number | null {
    return this.newest?.producedMs ?? null;
  }

  /** How far the newest sample's own time lies from the moment when it was sent, ms: that of a recording is another one's. */
  get eventLagMs(): number | null {
    return this.newest && Math.abs(this.newest.producedMs - this.newest.eventMs);
  }

  /**
   * Milliseconds of event time in one of the clock: the sender's, which a busy screen or a slow way does not disturb, unless this screen's own
   * contradicts it. null while that can't be told.
   */
  get factor(): number | null {
    const first = this.arrivals.at(0);
    const last = this.arrivals.at(-1);
    if (!first || !last || last.atMs - first.atMs < LEAST_MS) return null;
    const eventMs = last.eventMs - first.eventMs;
    const here = eventMs / (last.atMs - first.atMs);
    const there = eventMs / (last.producedMs - first.producedMs);
    const isBelieved = there > 0 && there < here * CONTRADICTION && here < there * CONTRADICTION;
    return isBelieved ? there : here;
  }
}
