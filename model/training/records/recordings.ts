import path from "node:path";
import { leadToMillivolts } from "../../../contracts/frame.ts";
import { isBeatSymbol } from "../../../data/aami.ts";
import { noiseGain, noisePower, signalPower } from "../../../data/noise.ts";
import { mitdbFolder } from "../../../data/records.ts";
import { pickLead } from "../../../signal/leads.ts";
import { createRandom } from "../../../kit/random.ts";
import { readAnnotations } from "../../../data/wfdb/annotations.ts";
import { readRecord } from "../../../data/wfdb/record.ts";
import type { Recording } from "./hear.ts";

/** Recorded noise, mV, at the recordings' rate. */
export type Noise = readonly Float32Array[];

const NOISE_KINDS = ["em", "ma", "bw"];
/** Each stretch of a noisy copy has a noise and a signal-to-noise ratio of its own; some stay clean. */
const STRETCH_SECONDS = 60;
const CLEAN_SHARE = 0.2;
const SNR_DB: SnrRange = { lowest: 6, highest: 24 };

/** Signal-to-noise ratios, dB. */
export interface SnrRange {
  readonly lowest: number;
  readonly highest: number;
}

/** Record `name` of MIT-BIH, MLII. Throws UNKNOWN_RECORD or BAD_RECORD. */
export async function readRecording(dir: string, name: string): Promise<Recording> {
  const folder = mitdbFolder(dir);
  const record = await readRecord(folder, name);
  const lead = record.leads[pickLead(record.leads.map((candidate) => candidate.name))];
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  return { name, samplingRateHz: record.samplingRateHz, millivolts, annotations: await readAnnotations(folder, name) };
}

/** The first halves of NSTDB's three noises; the second halves are kept for testing. */
export async function readNoise(dir: string): Promise<Noise> {
  const noise: Float32Array[] = [];
  for (const kind of NOISE_KINDS) {
    const { leads } = await readRecord(path.join(dir, "nstdb", "1.0.0"), kind);
    const millivolts = new Float32Array(leads[0].samples.length);
    leadToMillivolts(leads[0], millivolts);
    noise.push(millivolts.slice(0, millivolts.length / 2));
  }
  return noise;
}

/** The recording with noise mixed in, of kinds, places and strengths drawn from `seed`. */
export function addNoise(recording: Recording, noise: Noise, seed: number, range = SNR_DB): Recording {
  const { name, samplingRateHz, annotations } = recording;
  const random = createRandom(seed, `noise/${name}`);
  const millivolts = recording.millivolts.slice();
  const beats = annotations.filter(({ symbol }) => isBeatSymbol(symbol)).map(({ sample }) => sample);
  const signal = signalPower(recording.millivolts, beats, samplingRateHz);
  const powers = noise.map((samples) => noisePower(samples, samplingRateHz));
  const stretch = STRETCH_SECONDS * samplingRateHz;
  for (let from = 0; from < millivolts.length; from += stretch) {
    const kind = Math.floor(random.uniform() * noise.length);
    const snrDb = range.lowest + random.uniform() * (range.highest - range.lowest);
    const samples = noise[kind];
    const start = Math.floor(random.uniform() * samples.length);
    if (random.uniform() < CLEAN_SHARE) continue;
    const gain = noiseGain(signal, powers[kind], snrDb);
    const to = Math.min(from + stretch, millivolts.length);
    for (let i = from; i < to; i++) millivolts[i] += gain * samples[(start + i - from) % samples.length];
  }
  return { name, samplingRateHz, millivolts, annotations };
}
