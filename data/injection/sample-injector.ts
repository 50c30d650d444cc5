import { formatDrift, type Injection } from "../../contracts/drift.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { type FrameLead, leadToMillivolts, MISSING_ADU } from "../../contracts/frame.ts";
import { createRandom, type Random } from "../../kit/random.ts";
import { isBeatSymbol } from "../aami.ts";
import { addRecordedNoise, addWhiteNoise } from "../mixing.ts";
import { noiseGain, noisePower, signalPower } from "../noise.ts";
import { NOISE_KINDS, type NoiseKind, type NoiseRecords } from "./noise-records.ts";

/** What drift is mixed into: a whole recording with its beats. */
export interface Injectable {
  readonly name: string;
  readonly samplingRateHz: number;
  /** Equally long. */
  readonly leads: readonly FrameLead[];
  readonly annotations: readonly { readonly sample: number; readonly symbol: string }[];
}

const MAX_ADU = 32_767;

/** Kinds that change samples; the others change frames. */
const SAMPLE_KINDS: readonly Injection["kind"][] = [...NOISE_KINDS, "white", "wander", "gain", "baseline", "lead-off"];

/** Breathing and what is slower than it, Hz, with their shares of the amplitude. */
const WANDER = [
  [0.25, 0.6],
  [0.07, 0.4],
] as const;

/** Samples [from, to) of a lead in mV, `mixed`, and where they lie in the stretch that an injection holds for. */
interface Part {
  readonly mixed: Float32Array;
  readonly from: number;
  readonly to: number;
  /** Samples since the injection began. */
  readonly since: number;
}

type Mix = (part: Part) => void;

/**
 * The injections that change samples (noise, wander, gain, baseline step, lead-off), mixed into a recording portion by portion, in
 * the order they are given: the same samples however it is cut, as long as portions follow one another. The noise of a lead
 * begins at a place drawn from `seed`. Throws BAD_ARGUMENT when recorded noise is asked for and not there, or a ratio to beats that
 * are not annotated, and when a lead is to be off that is not there.
 */
export class SampleInjector {
  private readonly mixes: readonly { readonly from: number; readonly to: number; readonly leads: readonly Mix[] }[];

  constructor(
    private readonly source: Injectable,
    injections: readonly Injection[],
    noise: NoiseRecords,
    seed: number,
  ) {
    const absent = injections.find(({ kind, value }) => kind === "lead-off" && value > source.leads.length);
    if (absent) {
      const line = `drift "${formatDrift([absent])}": ${source.name} has ${source.leads.length} leads`;
      throw new BedsideError("BAD_ARGUMENT", line);
    }
    const powers = new Map<number, number>();
    this.mixes = injections
      .map((injection, order) => ({ injection, order }))
      .filter(({ injection }) => SAMPLE_KINDS.includes(injection.kind))
      .map(({ injection, order }) => ({
        from: Math.round(injection.fromSeconds * source.samplingRateHz),
        to: Math.round(injection.toSeconds * source.samplingRateHz),
        leads: source.leads.map((_, lead) => {
          const purpose = `${source.name}/${lead}/${injection.kind}/${order}`;
          const power = (): number => {
            const known = powers.get(lead) ?? powerOf(source, lead, injection);
            powers.set(lead, known);
            return known;
          };
          return mixOf({ injection, lead, power, noise, rateHz: source.samplingRateHz, seed, purpose });
        }),
      }));
  }

  /** Samples [begin, end) of all leads. */
  portion(begin: number, end: number): FrameLead[] {
    const mixes = this.mixes.filter(({ from, to }) => from < end && to > begin);
    return this.source.leads.map((lead, index) => {
      const portion = { ...lead, samples: lead.samples.subarray(begin, end) };
      if (mixes.length === 0) return portion;
      const mixed = new Float32Array(end - begin);
      leadToMillivolts(portion, mixed);
      for (const { from, to, leads } of mixes) {
        const first = Math.max(from, begin);
        leads[index]({ mixed, from: first - begin, to: Math.min(to, end) - begin, since: first - from });
      }
      return { ...portion, samples: toAdu(mixed, lead) };
    });
  }
}

interface Task {
  readonly injection: Injection;
  /** Index of the lead it is mixed into. */
  readonly lead: number;
  /** Of the clean signal, mV². */
  readonly power: () => number;
  readonly noise: NoiseRecords;
  readonly rateHz: number;
  readonly seed: number;
  readonly purpose: string;
}

function mixOf(task: Task): Mix {
  const { lead, injection } = task;
  const { kind, value } = injection;
  switch (kind) {
    case "em":
    case "bw":
    case "ma":
      return recordedNoise(task, kind);
    case "white":
      return whiteNoise(task);
    case "wander":
      return wander(task);
    case "gain":
      return ({ mixed, from, to }) => {
        for (let i = from; i < to; i++) mixed[i] *= value;
      };
    case "baseline":
      return ({ mixed, from, to }) => {
        for (let i = from; i < to; i++) mixed[i] += value;
      };
    case "lead-off":
      return ({ mixed, from, to }) => {
        if (value === 0 || value === lead + 1) mixed.fill(0, from, to);
      };
    default:
      return () => {};
  }
}

function whiteNoise({ injection, power, seed, purpose }: Task): Mix {
  const deviation = Math.sqrt(power() / 10 ** (injection.value / 10));
  let random: Random = createRandom(seed, purpose);
  let next = 0;
  return ({ mixed, from, to, since }) => {
    if (since !== next) random = createRandom(seed, purpose);
    addWhiteNoise(mixed, { from, to }, deviation, random);
    next = since + to - from;
  };
}

/** Slow sines of phases drawn from the seed; together they reach the peak-to-peak value asked for at the most. */
function wander({ injection, rateHz, seed, purpose }: Task): Mix {
  const random = createRandom(seed, purpose);
  const sines = WANDER.map(([hertz, share]) => ({
    phase: 2 * Math.PI * random.uniform(),
    step: (2 * Math.PI * hertz) / rateHz,
    amplitude: (share * injection.value) / 2,
  }));
  return ({ mixed, from, to, since }) => {
    for (const { phase, step, amplitude } of sines) {
      for (let i = from; i < to; i++) mixed[i] += amplitude * Math.sin(phase + (since + i - from) * step);
    }
  };
}

/** Of a noise record, found once: it is the same for all beds. */
const noisePowers = new WeakMap<Float32Array, number>();

function recordedNoise({ injection, power, noise, rateHz, seed, purpose }: Task, kind: NoiseKind): Mix {
  const record = noise[kind];
  if (!record) {
    throw new BedsideError("BAD_ARGUMENT", `drift ${kind} needs NSTDB's noise records: run \`npm run fetch -- nstdb\``);
  }
  const { millivolts, samplingRateHz } = record;
  const ofNoise = noisePowers.get(millivolts) ?? noisePower(millivolts, samplingRateHz);
  noisePowers.set(millivolts, ofNoise);
  const gain = noiseGain(power(), ofNoise, injection.value);
  const step = samplingRateHz / rateHz;
  const start = createRandom(seed, purpose).uniform() * millivolts.length;
  return ({ mixed, from, to, since }) =>
    addRecordedNoise(mixed, { from, to }, millivolts, { gain, start: start + since * step, step });
}

function powerOf({ name, leads, annotations, samplingRateHz }: Injectable, lead: number, { kind }: Injection): number {
  const beats = annotations.filter(({ symbol }) => isBeatSymbol(symbol)).map(({ sample }) => sample);
  if (beats.length === 0) {
    throw new BedsideError("BAD_ARGUMENT", `drift ${kind} needs the beats of ${name}, it has none annotated`);
  }
  const clean = new Float32Array(leads[lead].samples.length);
  leadToMillivolts(leads[lead], clean);
  return signalPower(clean, beats, samplingRateHz);
}

function toAdu(millivolts: Float32Array, lead: FrameLead): Int16Array {
  return Int16Array.from(millivolts, (mv) => {
    if (Number.isNaN(mv)) return MISSING_ADU;
    return Math.max(-MAX_ADU, Math.min(MAX_ADU, Math.round(mv * lead.gainAduPerMv + lead.baselineAdu)));
  });
}
