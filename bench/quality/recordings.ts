import { isBeatSymbol } from "../../data/aami.ts";
import { type NoiseKind, type NoiseRecord, openNoise } from "../../data/injection/noise-records.ts";
import type { LeadRecording } from "../../data/lead-recording.ts";
import { addRecordedNoise } from "../../data/mixing.ts";
import { noiseGain, noisePower, signalPower } from "../../data/noise.ts";

/** The half of NSTDB's noise `kind` that no weight was fitted on. */
export async function unseenNoise(dir: string, kind: NoiseKind): Promise<NoiseRecord> {
  const { [kind]: noise } = await openNoise(dir, [kind], "second half");
  if (!noise) throw new Error(`no noise ${kind}`);
  return noise;
}

/** The recording with `noise` (repeated as needed) added throughout, at NSTDB's SNR in dB. */
export function withNoise(recording: LeadRecording, noise: NoiseRecord, snrDb: number): LeadRecording {
  const { samplingRateHz, annotations } = recording;
  const millivolts = recording.millivolts.slice();
  const beats = annotations.filter(({ symbol }) => isBeatSymbol(symbol)).map(({ sample }) => sample);
  const signal = signalPower(millivolts, beats, samplingRateHz);
  const gain = noiseGain(signal, noisePower(noise.millivolts, noise.samplingRateHz), snrDb);
  const step = noise.samplingRateHz / samplingRateHz;
  addRecordedNoise(millivolts, { from: 0, to: millivolts.length }, noise.millivolts, { gain, start: 0, step });
  return { ...recording, millivolts };
}
