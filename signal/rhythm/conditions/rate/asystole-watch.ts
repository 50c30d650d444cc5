import type { OtherEvent, QrsEvent } from "../../../events.ts";
import type { StateReader, StateWriter } from "../../../state.ts";
import type { OpenCondition } from "../open-condition.ts";
import type { Moment, Watch, WatchSettings } from "../watch.ts";

/**
 * No QRS in any lead that can be read. Begins at the last QRS; ends with the second QRS of a rhythm that has come back. While the
 * lead that is heard can't be read, the other one's silence counts, where it told a rhythm until then.
 */
export class AsystoleWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly limit: number;
  private readonly delay: number;
  private readonly learning: number;
  /** Last QRS, −1 before the first. */
  private lastQrs = -1;
  /** Since when a QRS would have been heard. */
  private listeningSince = 0;
  /** Begin of one that is known to stand and has not been gone on with; −1: none. */
  private standing = -1;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.condition = conditions.of("asystole", () => ({ beatSamples: [], heartRateBpm: 0 }));
    this.limit = limits.asystoleSeconds * rateHz;
    this.delay = limits.qrsDelaySeconds * rateHz;
    this.learning = limits.learningSeconds * rateHz;
  }

  /** A QRS in noise is none that ends an asystole. */
  qrs({ sample }: QrsEvent, { now, trusted, emit }: Moment): void {
    const back = trusted && this.lastQrs >= 0 && sample - this.lastQrs < this.limit;
    this.lastQrs = Math.max(this.lastQrs, sample);
    if (back) this.condition.end(now, null, emit);
  }

  other(_: OtherEvent, { now, beside, emit }: Moment): void {
    if (beside.lastOfRhythm >= 0 && now - beside.lastOfRhythm < this.limit) this.condition.end(now, null, emit);
  }

  resume(kind: string, beginSample: number): void {
    if (kind === this.condition.kind) this.standing = beginSample;
  }

  check(at: Moment): void {
    const { now, emit } = at;
    const onset = this.takeStanding(now) ?? this.silentSince(at);
    if (onset === null) return;
    const beatSamples = this.lastQrs >= 0 ? [this.lastQrs] : [];
    this.condition.begin(now, onset, { beatSamples, heartRateBpm: 0 }, emit);
  }

  /** Silence before noise means nothing. */
  deaf(now: number): void {
    this.listeningSince = now;
  }

  interrupt(now: number, by: "no signal" | "asystole"): void {
    if (by === "asystole") return;
    this.lastQrs = -1;
    this.listeningSince = now;
  }

  save(to: StateWriter): void {
    to.number(this.lastQrs);
    to.number(this.listeningSince);
    to.number(this.standing);
  }

  load(from: StateReader): void {
    this.lastQrs = from.number();
    this.listeningSince = from.number();
    this.standing = from.number();
  }

  /** The begin of one that stands, when it is reached. */
  private takeStanding(now: number): number | null {
    const { standing } = this;
    if (standing < 0 || now < standing) return null;
    this.standing = -1;
    return standing;
  }

  /** Since when no lead that can be read tells of a QRS, where that is long enough for an asystole; else null. */
  private silentSince({ now, trusted, beside }: Moment): number | null {
    const enough = this.limit + this.delay;
    const heard = Math.max(this.lastQrs, beside.lastOfRhythm);
    if (!trusted) return beside.isSilentFor(enough, now) && now - heard >= enough ? heard : null;
    const onset = Math.max(heard, this.listeningSince);
    return now - onset >= enough + (heard >= 0 ? 0 : this.learning) ? onset : null;
  }
}
