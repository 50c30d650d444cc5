import { from, lastValueFrom, map, mergeMap, toArray } from "rxjs";
import type { FrameLead } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";
import type { Classifier } from "../../model/classifier.ts";
import { createSignalChain } from "../../signal/chain.ts";
import { classify } from "./classify.ts";
import { type Finding, interpret } from "./interpret.ts";
import { SignalStage } from "./signal-stage.ts";
import type { Reference, Work } from "./work.ts";

/** A whole recording in memory, all leads equally long. */
export interface Recording {
  readonly name: string;
  readonly samplingRateHz: number;
  readonly leads: readonly FrameLead[];
}

export interface RunOptions {
  /** Index of the lead to monitor; default: as live. */
  readonly chooseLead?: (names: readonly string[]) => number;
  /** R peaks, as ascending sample indices, to classify at in place of those found; default: as live. */
  readonly rPeaks?: readonly number[];
}

const FRAME_SECONDS = 30;

/** Stands for the bus where there is none. */
const NOWHERE: Reference = { topic: TOPICS.frames, partition: 0, offset: 0, receivedAtMs: 0 };

/**
 * What the live pipeline says of a recording from its first sample to its last, in order of decision: the same stages
 * without the bus.
 */
export function runRecord(
  recording: Recording,
  classifier: Classifier,
  { chooseLead, rPeaks }: RunOptions = {},
): Promise<Finding[]> {
  const stage = new SignalStage(classifier.info.stateSize, {
    ...(chooseLead && { chooseLead }),
    ...(rPeaks && { openChain: (settings) => createSignalChain({ ...settings, rPeaks }) }),
  });
  const findings$ = from(works(recording, stage)).pipe(
    classify(classifier),
    map((work) => interpret(work, classifier.info.hash)),
    mergeMap((findings) => findings),
    toArray(),
  );
  return lastValueFrom(findings$);
}

function* works(recording: Recording, stage: SignalStage): Generator<Work> {
  const { samplingRateHz, leads } = recording;
  const { length } = leads[0].samples;
  const step = Math.round(FRAME_SECONDS * samplingRateHz);
  for (let first = 0, sequence = 0; first < length; first += step, sequence++) {
    const end = Math.min(length, first + step);
    yield* stage.push(
      {
        bed: "record",
        epoch: "record",
        epochStartMs: 0,
        sequence,
        firstSample: first,
        producedAtMs: 0,
        samplingRateHz,
        leads: leads.map((lead) => ({ ...lead, samples: lead.samples.subarray(first, end) })),
        last: end === length,
        source: recording.name,
      },
      NOWHERE,
    );
  }
}
