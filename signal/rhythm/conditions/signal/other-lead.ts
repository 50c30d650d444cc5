import type { OtherEvent, QualityEvent } from "../../../events.ts";
import type { StateReader, Stateful, StateWriter } from "../../../state.ts";

/** Intervals that differ from their mean by no more than this share are a heart's: noise is not so regular. */
const REGULAR_INTERVALS = 3;
const REGULAR_SHARE = 0.2;
/** R peaks, each within an asystole's time of the one before, that make a rhythm that was under way. */
const ESTABLISHED_PEAKS = 5;
/** Judged once a second: of which nothing is told for longer than this, it has no samples. */
const FRESH_SECONDS = 1.5;
const STATES = ["good", "noisy", "lead-off"] as const satisfies readonly QualityEvent["state"][];

/** What the lead in use that is not heard says of the heart: a witness for and against an asystole. In event time. */
export class OtherLead implements Stateful {
  private readonly limit: number;
  private readonly fresh: number;
  private state: QualityEvent["state"] | null = null;
  private judgedAt = 0;
  private lastPeak = -1;
  private intervals: number[] = [];
  /** The last R peak that had another one before it within the time of an asystole, where the lead could be read or they were regular. */
  private rhythmPeak = -1;
  /** How many of those came in a row. */
  private inARow = 0;

  /** `asystoleSeconds`: what is further apart is no rhythm. */
  constructor(rateHz: number, asystoleSeconds: number) {
    this.limit = asystoleSeconds * rateHz;
    this.fresh = FRESH_SECONDS * rateHz;
  }

  /** R peak of its rhythm that it told last; −1 where it has told of none. */
  get lastOfRhythm(): number {
    return this.rhythmPeak;
  }

  hear(event: OtherEvent): void {
    if (event.type === "quality") this.quality(event);
    else if (event.type === "qrs") this.qrs(event.sample);
  }

  /** It can be read, told a rhythm that was under way, and has been silent for so many samples since. */
  isSilentFor(samples: number, now: number): boolean {
    const isRead = this.state === "good" && now - this.judgedAt <= this.fresh;
    return isRead && this.inARow >= ESTABLISHED_PEAKS && now - this.lastPeak >= samples;
  }

  /** Nothing is known of it: the signal is gone, or another lead takes its place. */
  forget(): void {
    this.state = null;
    this.lastPeak = this.rhythmPeak = -1;
    this.intervals = [];
    this.inARow = 0;
  }

  save(to: StateWriter): void {
    to.number(this.state === null ? -1 : STATES.indexOf(this.state));
    for (const value of [this.judgedAt, this.lastPeak, this.rhythmPeak, this.inARow]) to.number(value);
    to.array(this.intervals);
  }

  load(from: StateReader): void {
    this.state = STATES[from.number()] ?? null;
    this.judgedAt = from.number();
    this.lastPeak = from.number();
    this.rhythmPeak = from.number();
    this.inARow = from.number();
    this.intervals = from.array();
  }

  private quality({ state, decidedAt }: QualityEvent): void {
    this.state = state;
    this.judgedAt = decidedAt;
    // Silence beside noise means nothing.
    if (state !== "good") this.inARow = 0;
  }

  private qrs(sample: number): void {
    const { lastPeak, limit, state } = this;
    this.lastPeak = Math.max(lastPeak, sample);
    if (lastPeak < 0 || sample <= lastPeak) return;
    this.intervals = [...this.intervals, sample - lastPeak].slice(-REGULAR_INTERVALS);
    const isRhythm = sample - lastPeak <= limit && (state === "good" || (state === "noisy" && this.isRegular));
    this.inARow = isRhythm ? this.inARow + 1 : 0;
    if (isRhythm) this.rhythmPeak = sample;
  }

  private get isRegular(): boolean {
    const { intervals } = this;
    if (intervals.length < REGULAR_INTERVALS) return false;
    const mean = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length;
    return intervals.every((interval) => Math.abs(interval - mean) <= REGULAR_SHARE * mean);
  }
}
