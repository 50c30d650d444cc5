import { JUDGED_CLASSES } from "../../../contracts/beat.ts";
import type { LeadRecording } from "../../../data/lead-recording.ts";
import { createSignalChain } from "../../../signal/chain.ts";
import { type BeatEvent, type ChainEvent, WINDOW_LENGTH } from "../../../signal/events.ts";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { NOISE_MEASURES } from "../../../signal/quality/measures.ts";
import { matchBeats } from "../../../scoring/match.ts";
import { referenceOf } from "../../../scoring/reference.ts";
import { TOLERANCE_MS } from "../../../scoring/score.ts";
import { NO_TARGET, type TrainingRecord } from "./record.ts";

/** Samples of a push; the chain's results do not depend on it. */
const PUSH_LENGTH = 4096;
/** Aberrated atrial premature beats are S by their origin but look like V: leaving them out of training helps. */
const NOT_TRAINED_ON = new Set(["a"]);

/** The recording as the live signal chain hears it, beside the truth. */
export function hear({ name, samplingRateHz, millivolts, annotations }: LeadRecording): TrainingRecord {
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
  const noise = new Float32Array(heard.length * NOISE_MEASURES.length);
  heard.forEach((event, index) => {
    noise.set(event.noise, index * NOISE_MEASURES.length);
    windows.set(event.window, index * WINDOW_LENGTH);
    features.set(event.features, index * FEATURE_NAMES.length);
  });
  const reference = referenceOf(annotations);
  const samples = Int32Array.from(heard, (event) => event.sample);
  const tolerance = (TOLERANCE_MS / 1000) * samplingRateHz;
  const partners = matchBeats(
    reference.beats.map((beat) => beat.sample),
    samples,
    tolerance,
  );
  const leftOut = new Set(annotations.filter(({ symbol }) => NOT_TRAINED_ON.has(symbol)).map(({ sample }) => sample));
  const targets = new Int8Array(heard.length).fill(NO_TARGET);
  reference.beats.forEach(({ sample, beatClass }, index) => {
    if (partners[index] < 0 || leftOut.has(sample)) return;
    targets[partners[index]] = JUDGED_CLASSES.findIndex((name) => name === beatClass);
  });
  return { name, samplingRateHz, reference, count: heard.length, samples, windows, features, noise, targets };
}
