import type { WfdbRecord } from "../../../data/wfdb/record.ts";
import { leadToMillivolts } from "../../../contracts/frame.ts";
import type { Reference, ScoredBeat } from "../../../scoring/reference.ts";
import { pairBeats } from "../../../scoring/score.ts";
import { durationOf, intersection, type Span } from "../../../scoring/episodes/spans.ts";
import { createSignalChain } from "../../../signal/chain.ts";
import type { BeatEvent } from "../../../signal/events.ts";
import { monitoredLead } from "../../../signal/leads.ts";
import { type AtrialFeatures, AtrialIntervals } from "../../../signal/rhythm/conditions/atrial/atrial-intervals.ts";

/** A beat behind which the rhythm monitor would judge the atria. */
export interface JudgedBeat {
  readonly features: AtrialFeatures;
  /** Its interval. */
  readonly seconds: number;
  /** Whether the beats that are judged together are in fibrillation; null where they are of two rhythms, or in flutter. */
  readonly isFibrillating: boolean | null;
  /** The heart could not be observed since the one before: what was open has ended. */
  readonly isFirst: boolean;
}

/** Where a record is in fibrillation and flutter, s. */
export interface AtrialTruth {
  readonly fibrillation: readonly Span[];
  readonly flutter: readonly Span[];
}

/** What is heard, in order. `samplingRateHz`: of the samples of its beats. */
type Heard = { readonly beat: Parameters<AtrialIntervals["add"]>[0]; readonly trusted: boolean } | "interruption";

/** Beats that are judged together show one rhythm where no more of their time than this is of another. */
const IMPURE = 0.1;
/** So long a silence is an asystole to the monitor, which ends what is open. */
const SILENCE_SECONDS = 7;

export function judgedBeats(heard: readonly Heard[], samplingRateHz: number, truth: AtrialTruth): JudgedBeat[] {
  const intervals = new AtrialIntervals();
  const judged: JudgedBeat[] = [];
  let isFirst = true;
  for (const one of heard) {
    if (one === "interruption") {
      intervals.forget();
      isFirst = true;
      continue;
    }
    const features = intervals.add(one.beat, one.trusted) ? intervals.features() : null;
    if (!features) continue;
    const to = one.beat.sample / samplingRateHz;
    const among: Span = { from: intervals.beatSamples[0] / samplingRateHz, to };
    const share = (spans: readonly Span[]): number => durationOf(intersection(spans, [among])) / (to - among.from);
    const fibrillating = share(truth.fibrillation);
    const isOne = share(truth.flutter) <= IMPURE && Math.abs(fibrillating - 0.5) >= 0.5 - IMPURE;
    judged.push({
      features,
      seconds: (one.beat.rrMs ?? 0) / 1000,
      isFibrillating: isOne ? fibrillating > 0.5 : null,
      isFirst,
    });
    isFirst = false;
  }
  return judged;
}

/** R peaks alone, as sample indices. */
export function heardPeaks(peaks: readonly number[], samplingRateHz: number): Heard[] {
  return peaks.flatMap((sample, i): Heard[] => {
    const rrMs = i > 0 ? ((sample - peaks[i - 1]) / samplingRateHz) * 1000 : null;
    const beat = { sample, beatClass: "N" as const, rrMs, pWave: null };
    const isBack = rrMs !== null && rrMs > SILENCE_SECONDS * 1000;
    return [...(isBack ? (["interruption"] as const) : []), { beat, trusted: true }];
  });
}

/** The monitored lead through the signal chain. The classes of its beats are the annotators', where there are any, else N. */
export function heardRecord(record: WfdbRecord, reference: Reference | null): Heard[] {
  const { samplingRateHz } = record;
  const lead = record.leads[monitoredLead(record)];
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  const events: (BeatEvent | boolean | "interruption")[] = [];
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  const take: Parameters<typeof chain.push>[2] = (event) => {
    if (event.type === "beat") events.push(event);
    if (event.type === "gap" || (event.type === "quality" && event.state === "lead-off")) events.push("interruption");
    if (event.type === "quality") events.push(event.state === "good");
  };
  chain.push(millivolts, millivolts.length, take);
  chain.end(take);
  const classes = reference && classesOf(events, reference, samplingRateHz);
  let trusted = true;
  return events.flatMap((event): Heard[] => {
    if (event === "interruption") return [event];
    if (typeof event === "boolean") {
      trusted = event;
      return [];
    }
    const { sample, rrMs, pWave } = event;
    const beatClass = classes ? (classes.get(sample) ?? "Q") : "N";
    return [{ beat: { sample, rrMs, pWave, beatClass }, trusted }];
  });
}

function classesOf(
  events: readonly (BeatEvent | boolean | "interruption")[],
  reference: Reference,
  samplingRateHz: number,
): Map<number, ScoredBeat["beatClass"]> {
  const found = events.flatMap((event): ScoredBeat[] =>
    typeof event === "object" ? [{ sample: event.sample, beatClass: "N" }] : [],
  );
  const { pairs } = pairBeats(reference, found, { samplingRateHz });
  return new Map(pairs.flatMap((pair) => (pair.found ? [[pair.found.sample, pair.reference.beatClass]] : [])));
}
