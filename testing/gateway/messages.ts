import type { BusMessage } from "../../bus/bus.ts";
import { type Beat, beatId } from "../../contracts/beat.ts";
import { beatCodec, conditionCodec } from "../../contracts/codec.ts";
import { type Condition, CONDITION_KINDS, type ConditionKind, conditionId } from "../../contracts/condition.ts";
import { encodeFrame, type Frame } from "../../contracts/frame.ts";
import { TOPICS } from "../../contracts/topics.ts";

const RATE = 250;

/** A beat at `sample` of 250 Hz. */
export function beatAt(bed: string, sample: number, change: Partial<Beat> = {}): Beat {
  const epoch = change.epoch ?? "e1";
  return {
    id: beatId(bed, epoch, sample),
    bed,
    epoch,
    sample,
    samplingRateHz: RATE,
    timeMs: 1e12 + (sample / RATE) * 1000,
    beatClass: "N",
    probabilities: { N: 0.9, S: 0.05, V: 0.03, F: 0.02 },
    rrMs: 800,
    heartRateBpm: 75,
    quality: 0.99,
    foundLate: false,
    lead: "II",
    model: "fake00000000",
    ...change,
  };
}

/** A condition's phase at `sample`, begun at `beginSample`. */
export function conditionAt(
  bed: string,
  kind: ConditionKind,
  phase: Condition["phase"],
  sample: number,
  { epoch = "e1", beginSample = sample, lead = "" }: { epoch?: string; beginSample?: number; lead?: string } = {},
): Condition {
  return {
    id: conditionId(bed, epoch, { kind, lead }, beginSample),
    bed,
    epoch,
    kind,
    priority: CONDITION_KINDS[kind].priority,
    phase,
    beginSample,
    beginTimeMs: 1e12 + (beginSample / RATE) * 1000,
    sample,
    timeMs: 1e12 + (sample / RATE) * 1000,
    samplingRateHz: RATE,
    beats: [],
    heartRateBpm: null,
    limitBpm: null,
    lead,
    policy: "test",
  };
}

/** The n-th frame of a bed, 0.2 s of two flat leads, or of `samples` samples. */
export function frameAt(bed: string, sequence: number, { epoch = "e1", samples = 50 } = {}): Frame {
  const lead = { gainAduPerMv: 200, baselineAdu: 0, unit: "mV", samples: new Int16Array(samples) };
  return {
    bed,
    epoch,
    epochStartMs: 1e12,
    sequence,
    firstSample: sequence * samples,
    producedAtMs: Date.now(),
    samplingRateHz: RATE,
    leads: [
      { name: "MLII", ...lead },
      { name: "V1", ...lead },
    ],
    last: false,
    source: "synthetic/test",
  };
}

type Headers = Readonly<Record<string, string>>;

export const beatMessage = (beat: Beat, headers: Headers = {}): BusMessage => ({
  topic: TOPICS.beats,
  key: beat.bed,
  value: beatCodec.encode(beat),
  headers,
});

export const conditionMessage = (condition: Condition): BusMessage => ({
  topic: TOPICS.conditions,
  key: condition.bed,
  value: conditionCodec.encode(condition),
});

export const frameMessage = (frame: Frame): BusMessage => ({
  topic: TOPICS.frames,
  key: frame.bed,
  value: encodeFrame(frame),
});
