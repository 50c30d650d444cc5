import { from, lastValueFrom, mergeMap, toArray } from "rxjs";
import type { Frame, FrameLead } from "../../contracts/frame.ts";
import type { TopicEvent } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import { createSignalChain } from "../../signal/chain.ts";
import { type LeadLabel, monitoredLead } from "../../signal/leads.ts";
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
  /** Index of the lead to monitor; default: as live. */
  readonly chooseLead?: (leads: readonly LeadLabel[]) => number;
  /** Length of the frames the recording is cut into, ms. Default: 30 s; results do not depend on it. */
  readonly frameMs?: number;
  /** What becomes of each frame on its way: none, one or several, in any order. */
  readonly disturb?: (frame: Frame) => readonly Frame[];
  /** R peaks, as ascending sample indices, to classify at in place of those found; default: as live. */
  readonly rPeaks?: readonly number[];
  /** Called as the recording is gone through: the share that was heard, 0 to 1. */
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
  const { chooseLead = (): number => monitoredLead(recording), rPeaks } = options;
  const lead = chooseLead(recording.leads);
  const beds = new Beds(classifier.info.stateSize, {
    chooseLeads: () => [lead],
    ...(rPeaks && { openChain: (settings) => createSignalChain({ ...settings, rPeaks }) }),
  });
  const interpret = interpretWith(classifier);
  const events$ = from(works(recording, beds, options)).pipe(
    classifyStage(classifier),
    mergeMap((works) => works),
    mergeMap((work) => (work.type === "heard" ? conclude(work, interpret) : [])),
    toArray(),
  );
  return lastValueFrom(events$);
}

async function* works(recording: WholeRecord, beds: Beds, options: RunOptions): AsyncGenerator<readonly Work[]> {
  const { disturb = (frame) => [frame], onProgress } = options;
  const bed = beds.bed(BED, 0);
  const { length } = recording.leads[0].samples;
  let turn = TURN_SAMPLES;
  for (const frame of frames(recording, options.frameMs ?? FRAME_MS)) {
    for (const arrived of disturb(frame)) yield bed.push(arrived, NOWHERE);
    if (frame.firstSample < turn) continue;
    turn = frame.firstSample + TURN_SAMPLES;
    onProgress?.(frame.firstSample / length);
    await new Promise(setImmediate);
  }
  yield bed.endEpoch(null);
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
