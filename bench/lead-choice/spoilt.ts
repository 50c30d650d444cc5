import { isBeatSymbol } from "../../data/aami.ts";
import type { NoiseRecord } from "../../data/injection/noise-records.ts";
import type { LeadRecording } from "../../data/lead-recording.ts";
import { addRecordedNoise } from "../../data/mixing.ts";
import { noiseGain, noisePower, signalPower } from "../../data/noise.ts";

/** Every second minute is noisy. */
const NOISY_SECONDS = 60;
/** Of every minute, an electrode is off in the middle. */
const OFF_FROM_SECONDS = 20;
const OFF_UNTIL_SECONDS = 35;

/** The lead's samples with recorded noise at this ratio in every second minute, mV. */
export function withNoisyMinutes(lead: LeadRecording, noise: NoiseRecord, snrDb: number): Float32Array {
  const { samplingRateHz, annotations } = lead;
  const millivolts = lead.millivolts.slice();
  const beats = annotations.filter(({ symbol }) => isBeatSymbol(symbol)).map(({ sample }) => sample);
  const signal = signalPower(millivolts, beats, samplingRateHz);
  const gain = noiseGain(signal, noisePower(noise.millivolts, noise.samplingRateHz), snrDb);
  const step = noise.samplingRateHz / samplingRateHz;
  const length = NOISY_SECONDS * samplingRateHz;
  for (let from = length; from < millivolts.length; from += 2 * length) {
    const to = Math.min(millivolts.length, from + length);
    addRecordedNoise(millivolts, { from, to }, noise.millivolts, { gain, start: from * step, step });
  }
  return millivolts;
}

/** The lead's samples, flat for a quarter of each minute. */
export function withLeadOff({ millivolts, samplingRateHz }: LeadRecording): Float32Array {
  const samples = millivolts.slice();
  for (let from = 0; from < samples.length; from += 60 * samplingRateHz) {
    samples.fill(0, from + OFF_FROM_SECONDS * samplingRateHz, from + OFF_UNTIL_SECONDS * samplingRateHz);
  }
  return samples;
}
