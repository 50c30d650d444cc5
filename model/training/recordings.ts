import path from "node:path";
import { leadToMillivolts } from "../../contracts/frame.ts";
import { beatClassOf } from "../../data/aami.ts";
import { noiseGain, noisePower, signalPower } from "../../data/noise.ts";
import { mitdbFolder, pickLead } from "../../data/records.ts";
import { createRandom } from "../../data/synthetic/random.ts";
import { readAnnotations } from "../../data/wfdb/annotations.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { MODEL_CLASSES } from "../network/shape.ts";
import type { Recording } from "./hear.ts";
import { UNSCORED } from "./record.ts";

/** Recorded noise, mV, at the recordings' rate. */
export type Noise = readonly Float32Array[];

const NOISE_KINDS = ["em", "ma", "bw"];
/** Each stretch of a noisy copy has a noise and a signal-to-noise ratio of its own; some stay clean. */
const STRETCH_SECONDS = 60;
const CLEAN_SHARE = 0.2;
const SNR_DB = { lowest: 6, highest: 24 } as const;
/** Aberrated atrial premature beats are S by their origin but look like V: leaving them out of training helps. */
const NOT_TRAINED_ON = new Set(["a"]);

/** Record `name` of MIT-BIH, MLII. Throws UNKNOWN_RECORD or BAD_RECORD. */
export async function readRecording(dir: string, name: string): Promise<Recording> {
  const folder = mitdbFolder(dir);
  const record = await readRecord(folder, name);
  const lead = record.leads[pickLead(record.leads.map((candidate) => candidate.name))];
  const millivolts = new Float32Array(lead.samples.length);
  leadToMillivolts(lead, millivolts);
  const beats = (await readAnnotations(folder, name)).flatMap(({ sample, symbol }) => {
    const beatClass = beatClassOf(symbol);
    if (!beatClass) return [];
    const label = MODEL_CLASSES.findIndex((candidate) => candidate === beatClass);
    return [{ sample, label: label < 0 ? UNSCORED : label, trainedOn: !NOT_TRAINED_ON.has(symbol) }];
  });
  return { name, samplingRateHz: record.samplingRateHz, millivolts, beats };
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
export function addNoise(recording: Recording, noise: Noise, seed: number): Recording {
  const { name, samplingRateHz, beats } = recording;
  const random = createRandom(seed, `noise/${name}`);
  const millivolts = recording.millivolts.slice();
  const signal = signalPower(
    recording.millivolts,
    beats.map((beat) => beat.sample),
    samplingRateHz,
  );
  const powers = noise.map((samples) => noisePower(samples, samplingRateHz));
  const stretch = STRETCH_SECONDS * samplingRateHz;
  for (let from = 0; from < millivolts.length; from += stretch) {
    const kind = Math.floor(random.uniform() * noise.length);
    const snrDb = SNR_DB.lowest + random.uniform() * (SNR_DB.highest - SNR_DB.lowest);
    const samples = noise[kind];
    const start = Math.floor(random.uniform() * samples.length);
    if (random.uniform() < CLEAN_SHARE) continue;
    const gain = noiseGain(signal, powers[kind], snrDb);
    const to = Math.min(from + stretch, millivolts.length);
    for (let i = from; i < to; i++) millivolts[i] += gain * samples[(start + i - from) % samples.length];
  }
  return { name, samplingRateHz, millivolts, beats };
}
