import { createSignalChain } from "../../signal/chain.ts";
import { type BeatEvent, type ChainEvent, WINDOW_LENGTH } from "../../signal/events.ts";
import { FEATURE_NAMES } from "../../signal/features.ts";
import { MODEL_CLASSES } from "../network/shape.ts";
import { matchBeats } from "./match.ts";
import { FALSE_BEAT, type TrainingRecord, UNSCORED } from "./record.ts";

/** A beat as the reference has it. */
export interface ReferenceBeat {
  readonly sample: number;
  /** Index in MODEL_CLASSES, or UNSCORED. */
  readonly label: number;
  /** False where it is scored but would teach the wrong thing. */
  readonly trainedOn: boolean;
}

/** One lead of a record and its truth. */
export interface Recording {
  readonly name: string;
  readonly samplingRateHz: number;
  readonly millivolts: Float32Array;
  readonly beats: readonly ReferenceBeat[];
}

/** EC57's tolerance between a detection and the reference. */
const TOLERANCE_SECONDS = 0.15;
/** Samples of a push; the chain's results do not depend on it. */
const PUSH_LENGTH = 4096;

/** The recording as the live signal chain hears it, beside the truth. */
export function hear({ name, samplingRateHz, millivolts, beats }: Recording): TrainingRecord {
  const heard: BeatEvent[] = [];
  const keep = (event: ChainEvent): void => {
    if (event.type === "beat") heard.push(event);
  };
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  for (let at = 0; at < millivolts.length; at += PUSH_LENGTH) {
    const piece = millivolts.subarray(at, at + PUSH_LENGTH);
    chain.push(piece, piece.length, keep);
  }
  chain.end(keep);

  const windows = new Float32Array(heard.length * WINDOW_LENGTH);
  const features = new Float32Array(heard.length * FEATURE_NAMES.length);
  heard.forEach((event, index) => {
    windows.set(event.window, index * WINDOW_LENGTH);
    features.set(event.features, index * FEATURE_NAMES.length);
  });
  const partners = matchBeats(
    beats.map((beat) => beat.sample),
    heard.map((event) => event.sample),
    TOLERANCE_SECONDS * samplingRateHz,
  );
  const labels = new Int8Array(heard.length).fill(FALSE_BEAT);
  const targets = new Int8Array(heard.length).fill(UNSCORED);
  const missed = MODEL_CLASSES.map(() => 0);
  beats.forEach((beat, index) => {
    const partner = partners[index];
    if (partner >= 0) {
      labels[partner] = beat.label;
      targets[partner] = beat.trainedOn ? beat.label : UNSCORED;
    } else if (beat.label >= 0) missed[beat.label]++;
  });
  return { name, count: heard.length, windows, features, labels, targets, missed };
}
