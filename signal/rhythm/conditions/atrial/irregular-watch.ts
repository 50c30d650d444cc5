import type { StateReader, StateWriter } from "../../../state.ts";
import type { Evidence, OpenCondition } from "../open-condition.ts";
import type { HeardBeat, Moment, Watch, WatchSettings } from "../watch.ts";

/** Intervals judged, and how far one must lie from the one before, as |Δ ln RR|, to be irregular. */
const INTERVALS = 32;
const IRREGULAR = 0.1;
/** Shares of irregular ones that begin and end it. */
const BEGINS = 0.6;
const ENDS = 0.3;

/** Irregular intervals between beats that are neither early nor ventricular, for a while. */
export class IrregularWatch implements Watch {
  private readonly condition: OpenCondition;
  private readonly least: number;
  /** R peaks, the interval before each, ms, and 1 where that differs from one that it follows. */
  private peaks: number[] = [];
  private intervalsMs: number[] = [];
  private irregular: number[] = [];
  /** The interval before, ms, where it was between usual beats; else NaN. */
  private lastMs = Number.NaN;
  private isUsual = false;
  /** Since when the share is that of an irregular rhythm, −1 where it is not. */
  private since = -1;

  constructor({ rateHz, limits, conditions }: WatchSettings) {
    this.condition = conditions.of("irregular-rhythm", () => this.evidence());
    this.least = limits.irregularSeconds * rateHz;
  }

  beat({ sample, beatClass, rrMs }: HeardBeat, { now, trusted, emit }: Moment): void {
    const wasUsual = this.isUsual;
    this.isUsual = trusted && beatClass === "N";
    const last = this.lastMs;
    this.lastMs = this.isUsual && wasUsual && rrMs !== null ? rrMs : Number.NaN;
    if (Number.isNaN(this.lastMs) || Number.isNaN(last)) return;
    this.peaks = [...this.peaks, sample].slice(-INTERVALS);
    this.intervalsMs = [...this.intervalsMs, this.lastMs].slice(-INTERVALS);
    this.irregular = [...this.irregular, Math.abs(Math.log(this.lastMs / last)) > IRREGULAR ? 1 : 0].slice(-INTERVALS);
    if (this.peaks.length < INTERVALS) return;
    const share = this.irregular.reduce((sum, value) => sum + value, 0) / INTERVALS;
    if (share < BEGINS) this.since = -1;
    else if (this.since < 0) this.since = this.peaks[0];
    if (share <= ENDS) this.condition.end(now, this.evidence().heartRateBpm, emit);
    else if (this.since >= 0 && sample - this.since >= this.least) {
      this.condition.begin(now, this.since, this.evidence(), emit);
    }
  }

  interrupt(): void {
    this.peaks = [];
    this.intervalsMs = [];
    this.irregular = [];
    this.lastMs = Number.NaN;
    this.isUsual = false;
    this.since = -1;
  }

  save(to: StateWriter): void {
    to.array(this.peaks);
    to.array(this.intervalsMs);
    to.array(this.irregular);
    to.number(this.lastMs);
    to.flag(this.isUsual);
    to.number(this.since);
  }

  load(from: StateReader): void {
    this.peaks = from.array();
    this.intervalsMs = from.array();
    this.irregular = from.array();
    this.lastMs = from.number();
    this.isUsual = from.flag();
    this.since = from.number();
  }

  private evidence(): Evidence {
    const total = this.intervalsMs.reduce((sum, value) => sum + value, 0);
    return { beatSamples: this.peaks, heartRateBpm: total > 0 ? (60_000 * this.peaks.length) / total : null };
  }
}
