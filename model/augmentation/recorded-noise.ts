import { isBeatSymbol } from "../../data/aami.ts";
import { type NoiseRecord, openNoise } from "../../data/injection/noise-records.ts";
import type { LeadRecording } from "../../data/lead-recording.ts";
import { addRecordedNoise } from "../../data/mixing.ts";
import { noiseGain, noisePower, signalPower } from "../../data/noise.ts";
import { createRandom } from "../../kit/random.ts";

/** Their order decides which one a seed draws. */
const KINDS = ["em", "ma", "bw"] as const;
/** Each stretch of a noisy copy has a noise and a signal-to-noise ratio of its own; some stay clean. */
const STRETCH_SECONDS = 60;
const CLEAN_SHARE = 0.2;
const SNR_DB: SnrRange = { lowest: 6, highest: 24 };

/** Signal-to-noise ratios by NSTDB's definition (data/noise.ts), dB. */
export interface SnrRange {
  readonly lowest: number;
  readonly highest: number;
}

/** The first halves of NSTDB's three noises; the second halves are for measuring. Throws UNKNOWN_RECORD, BAD_RECORD. */
export async function readTrainingNoise(dir: string): Promise<NoiseRecord[]> {
  const noise = await openNoise(dir, KINDS, "first half");
  return KINDS.flatMap((kind) => noise[kind] ?? []);
}

/** The recording with noise mixed in, of kinds, places and strengths drawn from `seed`. */
export function withRecordedNoise(
  recording: LeadRecording,
  noise: readonly NoiseRecord[],
  seed: number,
  range = SNR_DB,
): LeadRecording {
  const { name, lead, samplingRateHz, annotations } = recording;
  const random = createRandom(seed, `noise/${name}/${lead}`);
  const millivolts = recording.millivolts.slice();
  const beats = annotations.filter(({ symbol }) => isBeatSymbol(symbol)).map(({ sample }) => sample);
  const signal = signalPower(recording.millivolts, beats, samplingRateHz);
  const powers = noise.map((record) => noisePower(record.millivolts, record.samplingRateHz));
  const length = STRETCH_SECONDS * samplingRateHz;
  for (let from = 0; from < millivolts.length; from += length) {
    const kind = Math.floor(random.uniform() * noise.length);
    const snrDb = range.lowest + random.uniform() * (range.highest - range.lowest);
    const record = noise[kind];
    const start = Math.floor(random.uniform() * record.millivolts.length);
    if (random.uniform() < CLEAN_SHARE) continue;
    const gain = noiseGain(signal, powers[kind], snrDb);
    const stretch = { from, to: Math.min(from + length, millivolts.length) };
    const step = record.samplingRateHz / samplingRateHz;
    addRecordedNoise(millivolts, stretch, record.millivolts, { gain, start, step });
  }
  return { name, lead, samplingRateHz, millivolts, annotations };
}
