import type { LeadRecording } from "../../data/lead-recording.ts";
import { repairSignal } from "../../data/missing/repair.ts";
import { createSignalChain } from "../../signal/chain.ts";
import { WINDOW_LENGTH, WINDOW_R_INDEX } from "../../signal/events.ts";
import type { TrainingRecord } from "../../model/training/records/record.ts";
import { quantilesOf } from "./quantiles.ts";
import type { RecordSignal } from "./report.ts";

const PUSH_LENGTH = 4096;
/** Pairs of N beats an estimate should rest on. */
const FEWEST_PAIRS = 20;

/** Missing stretches, quality second by second and noise of a record; `rails`: the converter's ends, mV. */
export function describeSignal(
  recording: LeadRecording,
  heard: TrainingRecord,
  rails: readonly [number, number],
): RecordSignal {
  const { name, samplingRateHz, millivolts } = recording;
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  let [seconds, quality, noisy, off] = [0, 0, 0, 0];
  for (let at = 0; at < millivolts.length; at += PUSH_LENGTH) {
    const piece = millivolts.subarray(at, at + PUSH_LENGTH);
    chain.push(piece, piece.length, (event) => {
      if (event.type !== "quality") return;
      seconds++;
      quality += event.signalQuality;
      if (event.state === "noisy") noisy++;
      if (event.state === "lead-off") off++;
    });
  }
  return {
    record: name,
    seconds: millivolts.length / samplingRateHz,
    missing: repairSignal(millivolts, samplingRateHz, { railsMillivolts: rails }).counts,
    quality: quality / Math.max(1, seconds),
    noisyShare: noisy / Math.max(1, seconds),
    leadOffShare: off / Math.max(1, seconds),
    snrDb: estimateSnr(heard),
  };
}

/**
 * Signal-to-noise ratio within the windows' band, dB. Signal: p²/8, p the median peak-to-peak QRS of N beats (± 50 ms), as
 * NSTDB defines it (data/noise.ts). Noise: half the mean square of the difference of N beats that follow one another, the
 * median over all such pairs: what a heart repeats cancels, what does not is counted as noise. Null below 20 pairs.
 */
export function estimateSnr({ windows, targets }: Pick<TrainingRecord, "windows" | "targets">): number | null {
  const sizes: number[] = [];
  const noises: number[] = [];
  targets.forEach((target, beat) => {
    if (target !== 0) return;
    const window = windows.subarray(beat * WINDOW_LENGTH, (beat + 1) * WINDOW_LENGTH);
    const qrs = window.subarray(WINDOW_R_INDEX - 6, WINDOW_R_INDEX + 7);
    sizes.push(Math.max(...qrs) - Math.min(...qrs));
    if (beat === 0 || targets[beat - 1] !== 0) return;
    const before = windows.subarray((beat - 1) * WINDOW_LENGTH, beat * WINDOW_LENGTH);
    // Up to 0.5 s behind R: the next beat comes at a time of its own.
    const end = WINDOW_R_INDEX + 62;
    let sum = 0;
    for (let i = 30; i < end; i++) sum += (window[i] - before[i]) ** 2 / 2;
    noises.push(sum / (end - 30));
  });
  if (noises.length < FEWEST_PAIRS) return null;
  const [size] = quantilesOf(sizes, [0.5]);
  const [noise] = quantilesOf(noises, [0.5]);
  return size && noise ? 10 * Math.log10(size ** 2 / 8 / noise) : null;
}
