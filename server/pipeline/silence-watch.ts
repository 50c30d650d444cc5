import { type Condition, CONDITION_KINDS, conditionId } from "../../contracts/condition.ts";
import { POLICY_VERSION } from "../../signal/rhythm/monitor.ts";
import type { EpochState } from "./work.ts";

/** Wall time without a frame after which a bed under way has no data. */
export const SILENT_AFTER_MS = 4000;
/** Wall time of silence after which a bed's partition is not held back for it any more. */
export const RELEASE_AFTER_MS = 60_000;

interface Watched {
  lastFrameMs: number;
  silent: Condition | null;
}

/** The one condition that the wall clock makes: a bed whose epoch is under way sends nothing. */
export class SilenceWatch {
  private readonly beds = new Map<string, Watched>();

  /** Samples of the bed have arrived that were not seen before. Returns the end of the silence where there was one. */
  heard(bed: string, nowMs: number, epoch: EpochState | null, sample: number): Condition | null {
    const watched = this.beds.get(bed);
    if (!watched) {
      this.beds.set(bed, { lastFrameMs: nowMs, silent: null });
      return null;
    }
    watched.lastFrameMs = nowMs;
    const begun = watched.silent;
    watched.silent = null;
    if (!begun) return null;
    const end = epoch && epoch.epoch === begun.epoch ? Math.max(sample, begun.sample) : begun.sample;
    const timeMs = begun.beginTimeMs + ((end - begun.beginSample) / begun.samplingRateHz) * 1000;
    return { ...begun, phase: "end", sample: end, timeMs };
  }

  /** Silences that begin at this moment; `standing` tells where a bed stands, null when its epoch has ended. */
  check(nowMs: number, standing: (bed: string) => { epoch: EpochState; sample: number } | null): Condition[] {
    const begun: Condition[] = [];
    for (const [bed, watched] of this.beds) {
      if (watched.silent || nowMs - watched.lastFrameMs < SILENT_AFTER_MS) continue;
      const at = standing(bed);
      if (!at) {
        this.beds.delete(bed);
        continue;
      }
      watched.silent = noData(at.epoch, at.sample);
      begun.push(watched.silent);
    }
    return begun;
  }

  /** Beds whose partition need not be held back for them. */
  releasable(nowMs: number): string[] {
    return [...this.beds].filter(([, bed]) => nowMs - bed.lastFrameMs >= RELEASE_AFTER_MS).map(([name]) => name);
  }

  forget(beds: readonly string[]): void {
    for (const bed of beds) this.beds.delete(bed);
  }
}

function noData(epoch: EpochState, sample: number): Condition {
  const timeMs = epoch.epochStartMs + (sample / epoch.samplingRateHz) * 1000;
  return {
    id: conditionId(epoch.bed, epoch.epoch, "no-data", sample),
    bed: epoch.bed,
    epoch: epoch.epoch,
    kind: "no-data",
    priority: CONDITION_KINDS["no-data"].priority,
    phase: "begin",
    beginSample: sample,
    beginTimeMs: timeMs,
    sample,
    timeMs,
    samplingRateHz: epoch.samplingRateHz,
    beats: [],
    heartRateBpm: null,
    policy: POLICY_VERSION,
  };
}
