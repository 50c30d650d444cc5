import type { DrawnHead } from "../trace/painting/painter.ts";
import type { MonitoredBed } from "./monitored-bed.ts";
import type { WardStore } from "./ward-store.ts";

/**
 * real-time: samples come as fast as they were taken, and were taken when they were sent; replay: faster, or of another time; slow: the feed does
 * not keep up with them; mixed: not the same of all beds; unknown: not measured yet.
 */
export type Pace = "real-time" | "replay" | "slow" | "mixed" | "unknown";

/** A figure of the bed of which it is the worst; the bed is null where it is no worse than it should be. */
export interface Worst {
  readonly value: number;
  readonly bed: string | null;
}

/** What the feed of all beds whose frames come is worth. */
export interface FeedTruth {
  readonly pace: Pace;
  /** Seconds of event time in one of the clock; null where it is not one number. */
  readonly factor: number | null;
  /** By how much what is on the screen lies behind, ms, at the most; null while that can't be told. */
  readonly behindMs: Worst | null;
  /** By how much it may be less, ms. */
  readonly uncertaintyMs: number;
  /** A bed whose sender's clock is ahead of the server's by so much, ms: how far behind it is nobody can tell. */
  readonly ahead: Worst | null;
  /** Share of the samples of the last minute that never came, 0 to 1. */
  readonly lost: Worst | null;
}

/** A pace this near to 1 is that of the clock, as near as frames tell. */
const PACE_TOLERANCE = 0.05;
/** Samples whose own time lies further from when they were sent are of a recording. */
const RECORDED_MS = 10_000;
/** Two paces that differ by more are not the same. */
const SAME_PACE = 1.1;
/** Clocks on one machine differ by rounding. */
const CLOCK_TOLERANCE_MS = 50;
/** A painter that tells nothing for longer draws nothing. */
const HEAD_FRESH_MS = 1500;
/** What is worse has its bed named. */
export const TRUTH_LIMITS = { behindMs: 2000, lost: 0.01 } as const;

/** `nowMs` of `performance.now()`. Beds whose frames do not come have an alarm of their own and count for nothing here. */
export function feedTruthOf(
  { beds, clock, painter }: Pick<WardStore, "beds" | "clock" | "painter">,
  nowMs: number,
): FeedTruth {
  const fed = [...beds.values()].filter((bed) => bed.trace !== null && bed.staleForMs(nowMs) === null);
  const serverMs = clock.latestMs(nowMs);
  const ages = fed.flatMap((bed) => ageOf(bed, serverMs, lagOf(bed, painter.headOf(bed.bed), nowMs)));
  const behind = ages.map(({ bed, ageMs, lagMs }) => ({ bed, value: ageMs + lagMs }));
  const ahead = ages
    .filter(({ ageMs }) => ageMs < -CLOCK_TOLERANCE_MS)
    .map(({ bed, ageMs }) => ({ bed, value: -ageMs }));
  const lost = fed.flatMap((bed) => {
    const share = bed.trace?.losses.share(nowMs) ?? null;
    return share === null ? [] : [{ bed: bed.bed, value: share }];
  });
  return {
    ...paceOf(fed),
    behindMs: ahead.length > 0 ? null : worst(behind, TRUTH_LIMITS.behindMs),
    uncertaintyMs: clock.uncertaintyMs ?? 0,
    ahead: worst(ahead, 0),
    lost: worst(lost, TRUTH_LIMITS.lost),
  };
}

interface Age {
  readonly bed: string;
  /** Of the newest sample, since it was sent. */
  readonly ageMs: number;
  /** From there to what is drawn. */
  readonly lagMs: number;
}

function ageOf({ bed, pace }: MonitoredBed, serverMs: number | null, lagMs: number): Age[] {
  const { producedMs } = pace;
  return serverMs === null || producedMs === null ? [] : [{ bed, ageMs: serverMs - producedMs, lagMs }];
}

/** As drawn where it is; as it should be drawn where nobody looks. A head moves on until it is told of again, unless that does not come. */
function lagOf({ trace }: MonitoredBed, head: DrawnHead | null, nowMs: number): number {
  if (!trace) return 0;
  if (!head) return trace.lagMs(null);
  const sinceMs = nowMs - head.toldMs;
  return Math.max(0, trace.lagMs(head.position) - (sinceMs < HEAD_FRESH_MS ? sinceMs : 0));
}

function worst(figures: readonly { bed: string; value: number }[], limit: number): Worst | null {
  if (figures.length === 0) return null;
  const { bed, value } = figures.reduce((most, one) => (one.value > most.value ? one : most));
  return { value, bed: value > limit ? bed : null };
}

function paceOf(beds: readonly MonitoredBed[]): Pick<FeedTruth, "pace" | "factor"> {
  const factors = beds.flatMap(({ pace }) => pace.factor ?? []);
  if (factors.length === 0) return { pace: "unknown", factor: null };
  const least = Math.min(...factors);
  const most = Math.max(...factors);
  if (most > SAME_PACE * least) return { pace: "mixed", factor: null };
  const factor = factors.reduce((sum, one) => sum + one, 0) / factors.length;
  if (Math.abs(factor - 1) > PACE_TOLERANCE) return { pace: factor > 1 ? "replay" : "slow", factor };
  const isRecorded = beds.some(({ pace }) => (pace.eventLagMs ?? 0) > RECORDED_MS);
  return { pace: isRecorded ? "replay" : "real-time", factor: 1 };
}
