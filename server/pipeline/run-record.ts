import { from, lastValueFrom, mergeMap, tap, toArray } from "rxjs";
import type { Frame, FrameLead } from "../../contracts/frame.ts";
import type { RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import type { TopicEvent } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import { createSignalChain } from "../../signal/chain.ts";
import { ecgLeads, type LeadLabel, monitoredLead } from "../../signal/leads.ts";
import { Beds } from "./bed/beds.ts";
import { classifyStage } from "./classify-stage.ts";
import { conclude, interpretWith } from "./interpret.ts";
import type { Provenance, Work } from "./work.ts";

/** A whole recording in memory, all leads equally long. */
export interface WholeRecord {
  readonly name: string;
  readonly samplingRateHz: number;
  readonly leads: readonly FrameLead[];
}

export interface RunOptions {
  /** Index of the one lead to monitor; default: as live, the preferred one with another to fall back to. */
  readonly chooseLead?: (leads: readonly LeadLabel[]) => number;
  /** Length of the frames the recording is cut into, ms. Default: 30 s; results do not depend on it. */
  readonly frameMs?: number;
  /** What becomes of each frame on its way: none, one or several, in any order. */
  readonly disturb?: (frame: Frame) => readonly Frame[];
  /** R peaks, as ascending sample indices, to classify at in place of those found; default: as live. */
  readonly rPeaks?: readonly number[];
  /** Default: the adult one. */
  readonly policy?: RhythmPolicy;
  /** Called as the recording is gone through: the share that is done, its beats classified, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

const FRAME_MS = 30_000;
/** Samples of a lead after which the rest of the process has its turn: about a tenth of a second's work. */
const TURN_SAMPLES = 100_000;
const BED = "record";

/** Stands for the bus where there is none. */
const NOWHERE: Provenance = { partition: 0, offset: 0, receivedAtMs: 0, assignment: 0 };

/**
 * What the live pipeline says of a recording from its first sample to its last, in order of decision: the same stages
 * without the bus. Throws BAD_RECORD where no lead is an ECG and none was chosen.
 */
export async function runRecord(
  recording: WholeRecord,
  classifier: Classifier,
  options: RunOptions = {},
): Promise<TopicEvent[]> {
  const { chooseLead, rPeaks, policy } = options;
  const preferred = chooseLead?.(recording.leads) ?? monitoredLead(recording);
  // Given peaks are those of all leads: there is nothing to fall back for.
  const leads = chooseLead || rPeaks ? [preferred] : ecgLeads(recording.leads);
  const beds = new Beds(classifier.info.stateSize, {
    chooseLeads: () => leads,
    ...(policy && { policyOf: () => policy }),
    ...(rPeaks && { openChain: (settings) => createSignalChain({ ...settings, rPeaks }) }),
  });
  const interpret = interpretWith(classifier);
  const { length } = recording.leads[0].samples;
  const progress = { heardSamples: 0, worksHeard: 0, worksDone: 0 };
  const events$ = from(works(recording, beds, options, progress)).pipe(
    classifyStage(classifier),
    tap((works) => {
      progress.worksDone += works.length;
      // Hearing runs ahead of classifying: of what was heard, the share that is classified.
      options.onProgress?.((progress.heardSamples / length) * (progress.worksDone / progress.worksHeard));
    }),
    mergeMap((works) => works),
    mergeMap((work) => (work.type === "heard" ? conclude(work, interpret) : [])),
    toArray(),
  );
  return lastValueFrom(events$);
}

async function* works(
  recording: WholeRecord,
  beds: Beds,
  options: RunOptions,
  progress: { heardSamples: number; worksHeard: number },
): AsyncGenerator<readonly Work[]> {
  const { disturb = (frame) => [frame] } = options;
  const bed = beds.bed(BED, 0);
  let turn = TURN_SAMPLES;
  for (const frame of frames(recording, options.frameMs ?? FRAME_MS)) {
    for (const arrived of disturb(frame)) {
      const heard = bed.push(arrived, NOWHERE);
      progress.worksHeard += heard.length;
      yield heard;
    }
    progress.heardSamples = frame.firstSample + frame.leads[0].samples.length;
    if (frame.firstSample < turn) continue;
    turn = frame.firstSample + TURN_SAMPLES;
    await new Promise(setImmediate);
  }
  const ended = bed.endEpoch(null);
  progress.worksHeard += ended.length;
  yield ended;
}

function* frames({ name, samplingRateHz, leads }: WholeRecord, frameMs: number): Generator<Frame> {
  const { length } = leads[0].samples;
  const step = Math.round((frameMs / 1000) * samplingRateHz);
  for (let first = 0, sequence = 0; first < length; first += step, sequence++) {
    const end = Math.min(length, first + step);
    yield {
      bed: BED,
      epoch: "record",
      epochStartMs: 0,
      sequence,
      firstSample: first,
      producedAtMs: 0,
      samplingRateHz,
      leads: leads.map((lead) => ({ ...lead, samples: lead.samples.subarray(first, end) })),
      last: end === length,
      source: name,
    };
  }
}
