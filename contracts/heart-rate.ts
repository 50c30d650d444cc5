import { Type, type Static } from "typebox";
import type { Alarm } from "./alarm.ts";
import type { Beat } from "./beat.ts";
import { concernsLead, type Condition, type ConditionKind, conditionKey } from "./condition.ts";
import type { RhythmLimits } from "./rhythm-policy.ts";
import { growing, nullable } from "./schema.ts";

/** Why a rate is not valid, in words that fit beside it. */
const REASONS = {
  "not-monitored": "not monitored",
  "no-data": "no data",
  "lead-off": "lead off",
  fibrillation: "fibrillation",
  "noisy-signal": "noisy",
  "rejected-beats": "unclear",
  "no-beats": "no beats",
} as const;
type RateReason = keyof typeof REASONS;
export const rateReasonWords = (reason: RateReason): string => REASONS[reason];

/**
 * A bed's heart rate at this moment: that of the last QRS whose beats were not rejected. While a condition is open that a rate decides, it is that of
 * the QRS since its onset where that is beyond its limit, else what the condition last told. A limit is there only where the rate is beyond it.
 */
export const HeartRateSchema = Type.Object(
  {
    bpm: nullable(Type.Number({ minimum: 0 }), { description: "beats a minute; 0 in asystole, null where unknown" }),
    validity: growing(["valid", "uncertain", "unknown"], {
      unknownAs: "uncertain",
      description: "uncertain: a rate that noise may have spoilt; unknown: there is none",
    }),
    source: nullable(Type.Enum(["qrs", "condition"])),
    reason: nullable(growing(Object.keys(REASONS) as RateReason[], { unknownAs: "no-beats" }), {
      description: "why it is not valid",
    }),
    condition: nullable(Type.String({ maxLength: 64 }), {
      description: "kind of the open condition that it belongs to",
    }),
    limitBpm: nullable(Type.Number(), { description: "that condition's, where the rate is beyond it" }),
  },
  { $id: "HeartRate" },
);
export type HeartRate = Static<typeof HeartRateSchema>;

type RateLimit = Extract<keyof RhythmLimits, `${string}Bpm`>;

/** Conditions that a rate decides, the most urgent first, and the limit that it is beyond; null: of none. */
const RATE_CONDITIONS: ReadonlyMap<string, RateLimit | null> = new Map<ConditionKind, RateLimit | null>([
  ["asystole", null],
  ["ventricular-fibrillation", null],
  ["ventricular-tachycardia", "ventricularBpm"],
  ["extreme-bradycardia", "extremeBradycardiaBpm"],
  ["extreme-tachycardia", "extremeTachycardiaBpm"],
  ["ventricular-run", "ventricularBpm"],
  ["supraventricular-tachycardia", "supraventricularBpm"],
  ["bradycardia", "bradycardiaBpm"],
  ["tachycardia", "tachycardiaBpm"],
]);

/** The limit that the rate of such a condition is beyond; null where no rate decides it. */
export function rateLimitOf(kind: string, limits: RhythmLimits): number | null {
  const name = RATE_CONDITIONS.get(kind) ?? null;
  return name && limits[name];
}

/** Whether a rate must be below the limit of such a condition; else above. */
export const isBelow = (kind: string): boolean => kind === "bradycardia" || kind === "extreme-bradycardia";

/** A beat older than this in event time says nothing of this moment; one comes up to 2 s after its R peak. */
const HOLDS_MS = 5000;
/** Intervals of which the rate is the mean, without the longest and the shortest where there are five at least. */
const INTERVALS = 8;
const TRIMMED_FROM = 5;

/** An onset is the time of a beat: to the sample, which two roundings may lay apart. */
const SAME_MS = 20;

/** So near to its limit, as a share of it, is the rate of a condition that is about to end. */
const ENDING_SHARE = 0.1;

type OpenOne = Pick<Condition, "kind" | "lead" | "heartRateBpm" | "limitBpm" | "beginTimeMs">;

interface RateEvidence {
  /** Of the epoch that is under way, in order of their times; the last 32 are enough. */
  readonly beats: readonly Pick<Beat, "timeMs" | "rrMs" | "beatClass" | "lead">[];
  readonly open: readonly OpenOne[];
  /** Of the same epoch, in any order: what was before the end of a rate's condition says nothing of what came behind it. */
  readonly ended: readonly Pick<Condition, "kind" | "beginTimeMs" | "timeMs">[];
  /** Those that are not cleared: one that goes on counts as its condition, where that is not known to be open. */
  readonly alarms: readonly Pick<Alarm, "kind" | "lead" | "heartRateBpm" | "beginTimeMs" | "state" | "ended">[];
  /** The newest sample's event time, Unix ms. */
  readonly nowMs: number;
  /** Frames do not come. */
  readonly isSilent: boolean;
  readonly isMonitored: boolean;
}

/** A bed's rate, from what was published of it alone: a gateway and a screen that know the same say the same. */
export function heartRateOf(evidence: RateEvidence): HeartRate {
  const { beats, nowMs, isSilent, isMonitored } = evidence;
  if (!isMonitored) return unknown("not-monitored");
  const open = openOf(evidence);
  const heard = beats.at(-1)?.lead ?? null;
  const of = (kind: ConditionKind) => open.find((one) => one.kind === kind && concernsLead(one, heard));
  if (isSilent || of("no-data")) return unknown("no-data");
  if (of("lead-off")) return unknown("lead-off");
  const fresh = beats.filter(({ timeMs }) => nowMs - timeMs <= HOLDS_MS);
  const rejected = fresh.filter(({ beatClass }) => beatClass === "Q").length;
  const isUnclear = rejected > 0 && 2 * rejected >= fresh.length;
  const doubt = of("noisy-signal") ? "noisy-signal" : isUnclear ? "rejected-beats" : null;
  const intervals = rejected < fresh.length ? sinceLastEnd(intervalsOf(beats), evidence) : [];
  for (const kind of RATE_CONDITIONS.keys()) {
    const condition = open.find((one) => one.kind === kind);
    if (condition) return ofCondition(condition, intervals, doubt);
  }
  const bpm = bpmOf(intervals);
  if (bpm === null) return unknown(doubt ?? "no-beats");
  return { bpm, ...trust(doubt), source: "qrs", condition: null, limitBpm: null };
}

function openOf({ open, alarms }: RateEvidence): OpenOne[] {
  const keys = new Set(open.map(conditionKey));
  const unheard = alarms.filter((alarm) => alarm.state === "active" && !alarm.ended && !keys.has(conditionKey(alarm)));
  return [...open, ...unheard.map((alarm) => ({ ...alarm, limitBpm: null }))];
}

function ofCondition(
  { kind, heartRateBpm, limitBpm, beginTimeMs }: OpenOne,
  intervals: readonly Interval[],
  doubt: RateReason | null,
): HeartRate {
  const belongs = { condition: kind, limitBpm };
  if (kind === "ventricular-fibrillation") return { ...unknown("fibrillation"), ...belongs };
  if (kind === "asystole") return { bpm: 0, ...trust(doubt), source: "condition", ...belongs };
  const isBeyond = (bpm: number): boolean => limitBpm !== null && (isBelow(kind) ? bpm < limitBpm : bpm > limitBpm);
  const qrsBpm = bpmOf(intervals.filter(({ beginMs }) => beginMs >= beginTimeMs - SAME_MS));
  // What it told may be seconds old; what noise may have spoilt is no better.
  const isFresher = qrsBpm !== null && isBeyond(qrsBpm) && (doubt === null || heartRateBpm === null);
  if (isFresher) return { bpm: qrsBpm, ...trust(doubt), source: "qrs", ...belongs };
  if (heartRateBpm === null) return { ...unknown(doubt ?? "no-beats"), ...belongs };
  const told = { bpm: heartRateBpm, ...trust(doubt), source: "condition", condition: kind } as const;
  if (limitBpm === null && doubt === null) return { ...told, limitBpm };
  if (isBeyond(heartRateBpm)) return { ...told, limitBpm };
  // About to end: it goes on until the rate is within the limit by more than a little. Far within, or spoilt by noise, it is none of this alarm's.
  const isEnding = doubt === null && limitBpm !== null && Math.abs(heartRateBpm / limitBpm - 1) <= ENDING_SHARE;
  return isEnding ? { ...told, limitBpm: null } : { ...unknown(doubt ?? "rejected-beats"), ...belongs };
}

const trust = (doubt: RateReason | null): Pick<HeartRate, "validity" | "reason"> => ({
  validity: doubt ? "uncertain" : "valid",
  reason: doubt,
});

const unknown = (reason: RateReason): HeartRate => ({
  bpm: null,
  validity: "unknown",
  source: null,
  reason,
  condition: null,
  limitBpm: null,
});

/** Between two beats that were not rejected. Unix ms of event time. */
interface Interval {
  readonly beginMs: number;
  readonly endMs: number;
  readonly rrMs: number;
}

/** Since the last gap, the latest first. */
function intervalsOf(beats: RateEvidence["beats"]): Interval[] {
  const intervals: Interval[] = [];
  for (let at = beats.length - 1; at >= 0; at--) {
    const { rrMs, beatClass, timeMs } = beats[at];
    const isBetween = beatClass !== "Q" && beats[at - 1]?.beatClass !== "Q";
    // A beat behind a gap has no interval: those before the gap hold until there is one.
    if (rrMs === null && intervals.length > 0) break;
    if (rrMs !== null && isBetween) intervals.push({ beginMs: timeMs - rrMs, endMs: timeMs, rrMs });
  }
  return intervals;
}

/**
 * Those since a rate's condition ended last. Its end is known before the last beats are: the newest interval counts in any case. The one that was
 * an asystole is none of a rhythm.
 */
function sinceLastEnd(intervals: readonly Interval[], { ended }: RateEvidence): readonly Interval[] {
  const last = ended.filter(({ kind }) => RATE_CONDITIONS.has(kind)).toSorted((a, b) => b.timeMs - a.timeMs)[0];
  if (!last) return intervals;
  if (last.kind === "asystole") return intervals.filter(({ beginMs }) => beginMs > last.beginTimeMs + SAME_MS);
  return intervals.filter(({ endMs }, at) => at === 0 || endMs > last.timeMs);
}

/** Mean rate of the last intervals; null where there is none. */
function bpmOf(intervals: readonly Interval[]): number | null {
  const sorted = intervals
    .slice(0, INTERVALS)
    .map(({ rrMs }) => rrMs)
    .sort((a, b) => a - b);
  const kept = sorted.length < TRIMMED_FROM ? sorted : sorted.slice(1, -1);
  const totalMs = kept.reduce((sum, rrMs) => sum + rrMs, 0);
  return totalMs > 0 ? (60_000 * kept.length) / totalMs : null;
}
