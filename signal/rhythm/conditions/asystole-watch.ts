import type { StateReader, Stateful, StateWriter } from "../../state.ts";
import type { RhythmPolicy } from "../policy.ts";
import { type EmitChange, OpenCondition } from "./open-condition.ts";

/** No QRS while the signal is good. Begins at the last QRS; ends with the second QRS of a rhythm that has come back. */
export class AsystoleWatch implements Stateful {
  private readonly condition = new OpenCondition("asystole");
  private readonly limit: number;
  private readonly delay: number;
  private readonly learning: number;
  /** Last QRS, −1 before the first. */
  private lastQrs = -1;
  /** Since when a QRS would have been heard. */
  private listeningSince = 0;

  constructor(samplingRateHz: number, policy: RhythmPolicy) {
    this.limit = policy.asystoleSeconds * samplingRateHz;
    this.delay = policy.qrsDelaySeconds * samplingRateHz;
    this.learning = policy.learningSeconds * samplingRateHz;
  }

  get open(): boolean {
    return this.condition.open;
  }

  /** `trusted`: the signal is good; a QRS in noise is none that ends an asystole. */
  qrs(sample: number, now: number, trusted: boolean, emit: EmitChange): void {
    const back = trusted && this.lastQrs >= 0 && sample - this.lastQrs < this.limit;
    this.lastQrs = sample;
    if (back) this.condition.end(now, null, emit);
  }

  /** The signal is, or was until `now`, not to be trusted: silence before that means nothing. */
  deaf(now: number): void {
    this.listeningSince = now;
  }

  /** Whether it begins at this moment. */
  check(now: number, emit: EmitChange): boolean {
    const heard = this.lastQrs >= 0;
    const onset = heard ? Math.max(this.lastQrs, this.listeningSince) : this.listeningSince;
    if (this.condition.open || now - onset < this.limit + this.delay + (heard ? 0 : this.learning)) return false;
    this.condition.begin(now, onset, { beatSamples: heard ? [this.lastQrs] : [], heartRateBpm: 0 }, emit);
    return true;
  }

  update(now: number, everySamples: number, emit: EmitChange): void {
    this.condition.update(now, everySamples, () => ({ beatSamples: [], heartRateBpm: 0 }), emit);
  }

  /** The signal is gone until `now`; the next QRS is the first of what comes. */
  interrupt(now: number, emit: EmitChange): void {
    this.condition.end(now, null, emit);
    this.lastQrs = -1;
    this.listeningSince = now;
  }

  save(to: StateWriter): void {
    to.part(this.condition);
    to.number(this.lastQrs);
    to.number(this.listeningSince);
  }

  load(from: StateReader): void {
    from.part(this.condition);
    this.lastQrs = from.number();
    this.listeningSince = from.number();
  }
}
