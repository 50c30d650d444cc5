import type { Injection } from "../../contracts/drift.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { type FrameLead, leadToMillivolts, MISSING_ADU } from "../../contracts/frame.ts";
import { isBeatSymbol } from "../aami.ts";
import { addRecordedNoise, addWhiteNoise } from "../mixing.ts";
import { noiseGain, noisePower, signalPower } from "../noise.ts";
import { createRandom } from "../../kit/random.ts";
import type { NoiseKind, NoiseRecords } from "./noise-records.ts";

/** What drift is mixed into: a whole recording with its beats. */
export interface Injectable {
  readonly name: string;
  readonly samplingRateHz: number;
  /** Equally long. */
  readonly leads: readonly FrameLead[];
  readonly annotations: readonly { readonly sample: number; readonly symbol: string }[];
}

const MAX_ADU = 32_767;

/**
 * The source with the injections that change samples (noise, wander, gain, baseline step, lead-off) mixed in, in the
 * order they are given. The noise of a lead begins at a place drawn from `seed`. Throws BAD_ARGUMENT when recorded noise is
 * asked for and not there.
 */
export function injectSamples<T extends Injectable>(
  source: T,
  injections: readonly Injection[],
  noise: NoiseRecords,
  seed: number,
): T {
  if (injections.length === 0) return source;
  const beats = source.annotations.filter((a) => isBeatSymbol(a.symbol)).map((a) => a.sample);
  const leads = source.leads.map((lead, index) => {
    const clean = new Float32Array(lead.samples.length);
    leadToMillivolts(lead, clean);
    const mixed = clean.slice();
    injections.forEach((injection, order) => {
      const from = Math.round(injection.fromSeconds * source.samplingRateHz);
      const to = Math.min(mixed.length, Math.round(injection.toSeconds * source.samplingRateHz));
      const purpose = `${source.name}/${index}/${injection.kind}/${order}`;
      applyInjection({ injection, mixed, clean, beats, from, to, source, noise, seed, purpose });
    });
    return { ...lead, samples: toAdu(mixed, lead) };
  });
  return { ...source, leads };
}

interface Task {
  readonly injection: Injection;
  readonly mixed: Float32Array;
  readonly clean: Float32Array;
  readonly beats: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly source: Injectable;
  readonly noise: NoiseRecords;
  readonly seed: number;
  readonly purpose: string;
}

function applyInjection(task: Task): void {
  const { injection, mixed, from, to } = task;
  switch (injection.kind) {
    case "em":
    case "bw":
    case "ma":
      addNoiseRecord(task, injection.kind);
      break;
    case "white": {
      const random = createRandom(task.seed, task.purpose);
      const deviation = Math.sqrt(powerOf(task) / 10 ** (injection.value / 10));
      addWhiteNoise(mixed, { from, to }, deviation, random);
      break;
    }
    case "wander":
      addWander(task);
      break;
    case "gain":
      for (let i = from; i < to; i++) mixed[i] *= injection.value;
      break;
    case "baseline":
      for (let i = from; i < to; i++) mixed[i] += injection.value;
      break;
    case "lead-off":
      mixed.fill(0, from, to);
      break;
    default:
  }
}

/** Breathing and what is slower than it, Hz, with their shares of the amplitude. */
const WANDER = [
  [0.25, 0.6],
  [0.07, 0.4],
] as const;

/** Slow sines of phases drawn from the seed; together they reach the peak-to-peak value asked for at the most. */
function addWander({ injection, mixed, from, to, source, seed, purpose }: Task): void {
  const random = createRandom(seed, purpose);
  for (const [hertz, share] of WANDER) {
    const phase = 2 * Math.PI * random.uniform();
    const step = (2 * Math.PI * hertz) / source.samplingRateHz;
    const amplitude = (share * injection.value) / 2;
    for (let i = from; i < to; i++) mixed[i] += amplitude * Math.sin(phase + (i - from) * step);
  }
}

function addNoiseRecord(task: Task, kind: NoiseKind): void {
  const { injection, mixed, from, to, source, noise, seed, purpose } = task;
  const record = noise[kind];
  if (!record) {
    throw new BedsideError("BAD_ARGUMENT", `drift ${kind} needs NSTDB's noise records: run \`npm run fetch -- nstdb\``);
  }
  const gain = noiseGain(powerOf(task), noisePower(record.millivolts, record.samplingRateHz), injection.value);
  const step = record.samplingRateHz / source.samplingRateHz;
  const start = createRandom(seed, purpose).uniform() * record.millivolts.length;
  addRecordedNoise(mixed, { from, to }, record.millivolts, { gain, start, step });
}

function powerOf({ clean, beats, source, injection }: Task): number {
  if (beats.length === 0) {
    throw new BedsideError(
      "BAD_ARGUMENT",
      `drift ${injection.kind} needs the beats of ${source.name}, it has none annotated`,
    );
  }
  return signalPower(clean, beats, source.samplingRateHz);
}

function toAdu(millivolts: Float32Array, lead: FrameLead): Int16Array {
  return Int16Array.from(millivolts, (mv) => {
    if (Number.isNaN(mv)) return MISSING_ADU;
    return Math.max(-MAX_ADU, Math.min(MAX_ADU, Math.round(mv * lead.gainAduPerMv + lead.baselineAdu)));
  });
}
