import { msg, str } from "@lit/localize";
import type { ConditionKind } from "../../../contracts/condition.ts";
import { type BeatIntervals, beatIntervals } from "../../../signal/median-beat/intervals.ts";
import { type MedianBeat, medianBeat } from "../../../signal/median-beat/median-beat.ts";
import type { MonitoredBed } from "../../ward/monitored-bed.ts";

/** Beats that are laid over one another come from so long a time. */
const SPAN_SECONDS = 30;
/** What is behind R must have come. */
const BEHIND_SECONDS = 0.6;
/** Where the error is known (signal/median-beat/README.md), /min and mV. */
const MEASURED = { lowestBpm: 45, highestBpm: 110, mostSpreadMv: 0.1 } as const;

/** While one of these is open no interval of a usual beat means anything. */
const SPOILT_BY = {
  "lead-off": () => msg("the lead is off"),
  "noisy-signal": () => msg("the signal is noisy"),
  "signal-suspect": () => msg("its gain or polarity is suspect"),
  "atrial-fibrillation": () => msg("atrial fibrillation: RR, and QT with it, differ from beat to beat"),
  "ventricular-tachycardia": () => msg("ventricular tachycardia"),
  "ventricular-fibrillation": () => msg("ventricular fibrillation"),
  "ventricular-rhythm": () => msg("ventricular rhythm"),
  asystole: () => msg("asystole"),
  "no-data": () => msg("no data"),
} as const satisfies Partial<Record<ConditionKind, () => string>>;

/** Beats of the last 30 s of a lead laid over one another, and what can be measured in them. */
export type MeasuredBeat =
  | { readonly beat: MedianBeat; readonly intervals: BeatIntervals; readonly rrMs: number; readonly why: null }
  | { readonly beat: MedianBeat | null; readonly intervals: null; readonly rrMs: null; readonly why: string };

const not = (why: string, beat: MedianBeat | null = null): MeasuredBeat => ({ beat, intervals: null, rrMs: null, why });

/** `lead`: its index. Of beats that are N alone. */
export function measureBeat(bed: MonitoredBed, lead: number, nowMs: number): MeasuredBeat {
  const { trace } = bed;
  if (!trace) return not(msg("no signal has come"));
  if (bed.unmonitored) return not(msg("nobody monitors the bed"));
  if (bed.staleForMs(nowMs) !== null) return not(msg("no data"));
  const name = trace.leads[lead].name;
  const spoilt = [...bed.open.values()].find(
    ({ kind, lead: of }) => Object.hasOwn(SPOILT_BY, kind) && (of === "" || of === name),
  );
  if (spoilt) return not(SPOILT_BY[spoilt.kind as keyof typeof SPOILT_BY]());
  const { received } = trace.leads[lead];
  const from = received.end - SPAN_SECONDS * trace.rateHz;
  const to = received.end - BEHIND_SECONDS * trace.rateHz;
  const peaks = trace.marks.flatMap(({ position, beatClass }) =>
    beatClass === "N" && position >= from && position < to ? [position] : [],
  );
  const beat = medianBeat((position) => received.at(position), trace.rateHz, peaks);
  if (!beat) return not(msg("fewer than 8 whole normal beats in the last 30 s"));
  if (beat.spreadMv > MEASURED.mostSpreadMv) return not(msg("its beats differ too much from one another"), beat);
  const rrMs = meanRr(bed);
  if (rrMs === null) return not(msg("the interval between beats is not known"), beat);
  const bpm = 60_000 / rrMs;
  const { lowestBpm, highestBpm } = MEASURED;
  if (bpm < lowestBpm || bpm > highestBpm)
    return not(msg(str`measured at ${lowestBpm} to ${highestBpm}/min alone`), beat);
  const intervals = beatIntervals(beat, rrMs);
  return intervals ? { beat, intervals, rrMs, why: null } : not(msg("no QRS stands out"), beat);
}

/** Of the normal beats of the last 30 s, ms. */
function meanRr({ beats }: MonitoredBed): number | null {
  const last = beats.at(-1);
  const intervals = beats.flatMap(({ timeMs, rrMs, beatClass }) =>
    last && rrMs !== null && beatClass === "N" && last.timeMs - timeMs < SPAN_SECONDS * 1000 ? [rrMs] : [],
  );
  return intervals.length === 0 ? null : intervals.reduce((sum, rrMs) => sum + rrMs, 0) / intervals.length;
}
