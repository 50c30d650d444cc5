import { conditionCodec } from "../../../contracts/codec.ts";
import { type Condition, conditionId } from "../../../contracts/condition.ts";
import type { RhythmPolicy } from "../../../contracts/rhythm-policy.ts";
import type { StateReader, Stateful, StateWriter } from "../../../signal/state.ts";

/** Wall time without a frame after which a bed under way has no data. */
export const SILENT_AFTER_MS = 4000;
/** Wall time of silence after which a bed's partition is not held back for it any more. */
export const RELEASE_AFTER_MS = 60_000;

/** An epoch that is under way, as silence looks at it. */
export interface Speaking {
  readonly bed: string;
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
  readonly policy: Pick<RhythmPolicy, "kinds" | "label">;
}

/** The one condition of a bed that the wall clock makes: its epoch is under way and it sends nothing. */
export class Silence implements Stateful {
  /** NaN: no epoch is known to be under way. */
  private lastFrameMs = Number.NaN;
  private begun: Condition | null = null;

  /**
   * Samples have arrived, the first of them `sample`, up to before `end`, that were not seen before. Returns the end of the silence where
   * there was one; samples before its begin, which who took the bed over hears once more, do not end it.
   */
  heard(nowMs: number, epoch: Speaking | null, sample: number, end = Number.POSITIVE_INFINITY): Condition | null {
    this.lastFrameMs = nowMs;
    const { begun } = this;
    if (!begun || (epoch?.epoch === begun.epoch && end <= begun.sample)) return null;
    this.begun = null;
    const endSample = epoch?.epoch === begun.epoch ? Math.max(sample, begun.sample) : begun.sample;
    const timeMs = begun.beginTimeMs + ((endSample - begun.beginSample) / begun.samplingRateHz) * 1000;
    return { ...begun, phase: "end", sample: endSample, timeMs };
  }

  /** The silence that begins at this moment; `epoch` is under way and stands at `sample`, null where none is. */
  check(nowMs: number, epoch: Speaking | null, sample: number): Condition | null {
    if (this.begun || !(nowMs - this.lastFrameMs >= SILENT_AFTER_MS)) return null;
    if (!epoch) {
      this.lastFrameMs = Number.NaN;
      return null;
    }
    this.begun = noDataFrom(epoch, sample);
    return this.begun;
  }

  /** The partition need not be held back for this bed. */
  releasable(nowMs: number): boolean {
    return nowMs - this.lastFrameMs >= RELEASE_AFTER_MS;
  }

  /** Of what was loaded, and others may have gone on with: the wall's clock begins anew. */
  resume(
    nowMs: number,
    epoch: Speaking | null,
    noData: { readonly epoch: string; readonly beginSample: number } | null,
  ): void {
    this.lastFrameMs = nowMs;
    this.begun = epoch && noData?.epoch === epoch.epoch ? noDataFrom(epoch, noData.beginSample) : null;
  }

  save(to: StateWriter): void {
    to.number(this.lastFrameMs);
    to.flag(this.begun !== null);
    if (this.begun) to.octets(conditionCodec.encode(this.begun));
  }

  load(from: StateReader): void {
    this.lastFrameMs = from.number();
    this.begun = from.flag() ? conditionCodec.decode(from.octets()) : null;
  }
}

function noDataFrom(epoch: Speaking, sample: number): Condition {
  const timeMs = epoch.epochStartMs + (sample / epoch.samplingRateHz) * 1000;
  return {
    id: conditionId(epoch.bed, epoch.epoch, { kind: "no-data", lead: "" }, sample),
    bed: epoch.bed,
    epoch: epoch.epoch,
    kind: "no-data",
    priority: epoch.policy.kinds["no-data"].priority,
    phase: "begin",
    beginSample: sample,
    beginTimeMs: timeMs,
    sample,
    timeMs,
    samplingRateHz: epoch.samplingRateHz,
    beats: [],
    heartRateBpm: null,
    limitBpm: null,
    lead: "",
    policy: epoch.policy.label,
  };
}
