import type { QualityEvent } from "../../../signal/events.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";

/** A second is judged once a second; a lead of which nothing is told for longer than this has no samples. */
const FRESH_SECONDS = 1.5;
/** Between one second's judgement and the next one's: so many seconds in a row are looked for half a second early. */
const HALF_SECOND = 0.5;

/** Since when a lead can be read, or cannot, by its quality alone. In event time. */
export class LeadFitness implements Stateful {
  /** When it was last judged good; the epoch's begin before. */
  private goodAt = 0;
  /** Seconds in a row that were good. */
  private good = 0;
  /** Seconds in a row that were off. */
  private off = 0;

  constructor(private readonly rateHz: number) {}

  quality({ state, decidedAt }: QualityEvent): void {
    this.good = state === "good" ? this.good + 1 : 0;
    this.off = state === "lead-off" ? this.off + 1 : 0;
    if (state === "good") this.goodAt = decidedAt;
  }

  /** It has been good for so many seconds in a row, and is. */
  isGoodFor(seconds: number, now: number): boolean {
    return this.good >= seconds && now - this.goodAt < FRESH_SECONDS * this.rateHz;
  }

  /** From this sample on it was not good; where it is good, where its last second began. */
  get badFrom(): number {
    return this.goodAt - this.rateHz;
  }

  /** It has not been good for so long: noisy, off, or without samples. */
  isBadFor(seconds: number, now: number): boolean {
    return now - this.goodAt >= (seconds - HALF_SECOND) * this.rateHz;
  }

  isOffFor(seconds: number): boolean {
    return this.off >= seconds;
  }

  save(to: StateWriter): void {
    for (const value of [this.goodAt, this.good, this.off]) to.number(value);
  }

  load(from: StateReader): void {
    this.goodAt = from.number();
    this.good = from.number();
    this.off = from.number();
  }
}
