import { beatClassOf } from "../../../data/aami.ts";
import type { LeadRecording } from "../../../data/lead-recording.ts";
import { createRandom, type Random } from "../../../kit/random.ts";
import { medianOf } from "../../../signal/beat/median.ts";
import { drawRhythm } from "./rhythms.ts";

/** Share of the recording that stays as it is, in stretches between the made-up rhythms. */
const KEPT_SHARE = 0.4;
/** Beats of a stretch, at the least and at the most. */
const STRETCH_BEATS = { least: 20, most: 120 } as const;
/** Intervals that count as the bed's usual ones, against the local median. */
const USUAL = { least: 0.8, most: 1.3 } as const;
const MEDIAN_BEATS = 41;
/** From the begin of a beat's own waves to R, and from R to the end of its T wave; s and share of the usual interval. */
const BEFORE_R = { seconds: 0.26, share: 0.36 } as const;
const AFTER_R = { seconds: 0.46, share: 0.52 } as const;
/** Fewer V beats than this are not repeated. */
const LEAST_VENTRICULAR = 3;
/** From the begin of a wide QRS to R, s. */
const WIDE_QRS_BEFORE_R_SECONDS = 0.12;
/** From the end of the P wave to R, s. */
const PR_END_SECONDS = 0.06;
/** Shortest interval that is made, s. */
const REFRACTORY_SECONDS = 0.28;

/** A beat that may be set elsewhere, from its own first wave to the begin of the next beat's. */
interface Material {
  readonly start: number;
  readonly r: number;
  readonly end: number;
  /** The bed's usual interval about it, samples. */
  readonly usual: number;
}

/**
 * The recording with other rhythms: stretches of it are rebuilt from its own N and V beats, set at the times of a rhythm drawn
 * from `seed` (early atrial beats, atrial runs, brady-tachy, fibrillation, dropped beats …). Only the pause between T
 * and the next P is shortened or drawn out; an early beat's P wave is made another's, or falls into the T wave before
 * it; in fibrillation P gives way to f waves. So each patient's own QRS, noise and lead are seen under rhythms that the
 * patient did not have. Beats that are not N are kept in the stretches that stay as they are.
 */
export function retime(recording: LeadRecording, seed: number): LeadRecording {
  const { name, lead, samplingRateHz: rate, annotations, millivolts } = recording;
  const random = createRandom(seed, `rhythm/${name}/${lead}`);
  const beats = annotations.filter(({ symbol }) => beatClassOf(symbol) !== null);
  const builder = new Builder(millivolts, rate, millivolts.length);
  const found = ventricularOf(beats, rate);
  const ventricular = found.length < LEAST_VENTRICULAR ? [] : found;
  let at = 0;
  let copiedTo = 0;
  while (at < beats.length - 1 && !builder.full) {
    const count = Math.round(STRETCH_BEATS.least + random.uniform() * (STRETCH_BEATS.most - STRETCH_BEATS.least));
    const end = Math.min(beats.length - 1, at + count);
    const material = materialOf(beats, at, end, rate);
    const next = startOf(beats[end].sample, usualAt(beats, end), rate);
    if (random.uniform() < KEPT_SHARE || material.length < STRETCH_BEATS.least / 2)
      builder.copy(copiedTo, next, annotations);
    else rebuild(builder, material, ventricular, random);
    copiedTo = next;
    at = end;
  }
  return { name, lead, samplingRateHz: rate, ...builder.result() };
}

function rebuild(builder: Builder, own: readonly Material[], ventricular: readonly Material[], random: Random): void {
  const { beats, fibrillation } = drawRhythm(random, ventricular.length > 0);
  const focus = random.uniform() < 0.5 ? -0.9 + 1.4 * random.uniform() : 0.6 + 0.5 * random.uniform();
  const waves = fibrillation ? fWaves(random) : null;
  const left = own.toReversed();
  let usual = own[0].usual;
  let current: { origin: "N" | "S" | "V"; material: Material } | null = null;
  for (const { ratio, origin } of beats) {
    const material = origin === "V" ? ventricular[Math.floor(random.uniform() * ventricular.length)] : left.pop();
    if (!material) return;
    if (current) {
      const { start, r } = current.material;
      const interval = Math.round(Math.max(REFRACTORY_SECONDS * builder.rate, ratio * usual));
      const pWave = { N: fibrillation ? 0 : 1, S: focus, V: 1 }[current.origin];
      const symbol = { N: "N", S: "A", V: "V" }[current.origin];
      builder.beat(current.material, interval + r - start - (material.r - material.start), symbol, pWave, waves);
    }
    if (origin !== "V") usual = material.usual;
    current = { origin, material };
  }
}

type FWaves = (seconds: number) => number;

/** Fibrillatory waves: 4 to 9 Hz, 0.02 to 0.1 mV, of wandering rate; mV at a time in s. */
function fWaves(random: Random): FWaves {
  const hertz = 4 + 5 * random.uniform();
  const millivolts = 0.02 + 0.08 * random.uniform();
  const wander = 0.5 + 1.5 * random.uniform();
  return (seconds) => {
    const phase = 2 * Math.PI * hertz * seconds + wander * Math.sin(2 * Math.PI * 0.7 * seconds);
    return millivolts * (Math.sin(phase) + 0.4 * Math.sin(2 * phase)) * (0.7 + 0.3 * Math.sin(2.1 * seconds));
  };
}

const startOf = (r: number, usual: number, rate: number): number =>
  Math.max(0, Math.round(r - Math.min(BEFORE_R.seconds * rate, BEFORE_R.share * usual)));

function usualAt(beats: readonly { readonly sample: number }[], at: number): number {
  const from = Math.max(1, at - (MEDIAN_BEATS >> 1));
  const to = Math.min(beats.length - 1, at + (MEDIAN_BEATS >> 1));
  const intervals = Float64Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => {
    return beats[from + k].sample - beats[from + k - 1].sample;
  });
  return medianOf(intervals);
}

type Beats = readonly { readonly sample: number; readonly symbol: string }[];

/** The N beats between usual intervals. */
function materialOf(beats: Beats, from: number, to: number, rate: number): Material[] {
  const material: Material[] = [];
  for (let i = Math.max(1, from); i < Math.min(to, beats.length - 1); i++) {
    const usual = usualAt(beats, i);
    const before = beats[i].sample - beats[i - 1].sample;
    const behind = beats[i + 1].sample - beats[i].sample;
    const fits = (interval: number): boolean => interval >= USUAL.least * usual && interval <= USUAL.most * usual;
    const isN = [beats[i], beats[i + 1]].every(({ symbol }) => beatClassOf(symbol) === "N");
    if (isN && fits(before) && fits(behind) && usual > REFRACTORY_SECONDS * rate) {
      const r = beats[i].sample;
      material.push({ start: startOf(r, usual, rate), r, end: startOf(beats[i + 1].sample, usual, rate), usual });
    }
  }
  return material;
}

/** The V beats behind which an N beat leaves room for their whole T wave. */
function ventricularOf(beats: Beats, rate: number): Material[] {
  const material: Material[] = [];
  for (let i = 1; i < beats.length - 1; i++) {
    const usual = usualAt(beats, i);
    const r = beats[i].sample;
    const end = startOf(beats[i + 1].sample, usual, rate);
    const enough = r - beats[i - 1].sample > AFTER_R.share * usual && end - r > AFTER_R.share * usual;
    if (beats[i].symbol === "V" && beatClassOf(beats[i + 1].symbol) === "N" && enough) {
      material.push({ start: Math.round(r - WIDE_QRS_BEFORE_R_SECONDS * rate), r, end, usual });
    }
  }
  return material;
}

/** Puts a recording together from pieces of another; joins are bridged, so that none of them is a step. */
class Builder {
  private readonly out: Float32Array;
  private readonly annotations: { sample: number; symbol: string }[] = [];
  private at = 0;
  /** What the beat before still adds behind its own end: the rest of a T wave that the next beat falls into. */
  private rest: Float32Array = new Float32Array(0);

  constructor(
    private readonly source: Float32Array,
    readonly rate: number,
    length: number,
  ) {
    this.out = new Float32Array(length);
  }

  get full(): boolean {
    return this.at >= this.out.length;
  }

  /** Samples `from` to before `to` as they are, with their annotations. */
  copy(from: number, to: number, annotations: LeadRecording["annotations"]): void {
    const length = to - from;
    for (const { sample, symbol } of annotations) {
      const place = this.at + sample - from;
      if (sample >= from && sample < to && place < this.out.length) this.annotations.push({ sample: place, symbol });
    }
    this.write(length, (k) => this.source[from + k], this.source[from]);
  }

  /** A beat of `length` samples, up to the begin of the next one's first wave; its P wave times `pWave`. */
  beat(material: Material, length: number, symbol: string, pWave: number, fibrillation: FWaves | null): void {
    const { source, rate } = this;
    const { start, r, end, usual } = material;
    const active = Math.min(
      end - start,
      r - start + Math.round(Math.min(AFTER_R.seconds * rate, AFTER_R.share * usual)),
    );
    const pause = Math.max(1, end - start - active);
    const pEnd = pWave === 1 ? start : Math.round(r - PR_END_SECONDS * rate);
    const begin = this.at;
    const wave = (k: number): number => {
      const i = start + k;
      let value = source[i];
      if (i < pEnd) {
        const share = (i - start) / (pEnd - start);
        const line = source[start] + share * (source[pEnd] - source[start]);
        value = line + pWave * (value - line);
      }
      return value;
    };
    const mirrored = (k: number): number => {
      const turn = k % (2 * pause);
      return source[start + active + Math.min(pause, turn < pause ? turn : 2 * pause - turn)];
    };
    const slope = length > active ? (source[end] - mirrored(length - active)) / (length - active) : 0;
    const value = (k: number): number => (k < active ? wave(k) : mirrored(k - active) + slope * (k - active));
    if (begin + r - start < this.out.length) this.annotations.push({ sample: begin + r - start, symbol });
    const tail = Float32Array.from(
      { length: Math.max(0, active - length) },
      (_, k) => wave(length + k) - wave(active - 1),
    );
    const offset = tail.length > 0 ? tail[0] : 0;
    this.write(
      length,
      (k) => value(k) + (fibrillation ? fibrillation((begin + k) / rate) : 0),
      source[start],
      tail,
      offset,
    );
  }

  result(): { millivolts: Float32Array; annotations: { sample: number; symbol: string }[] } {
    return { millivolts: this.out.slice(0, this.at), annotations: this.annotations };
  }

  /** The level the last piece ended at, without the rest that lies over it. */
  private level = Number.NaN;

  private write(
    length: number,
    value: (k: number) => number,
    first: number,
    tail = new Float32Array(0),
    offset = 0,
  ): void {
    const { out, rest } = this;
    const jump = Number.isNaN(this.level) ? 0 : this.level - first;
    const count = Math.min(length, out.length - this.at);
    for (let k = 0; k < count; k++) {
      out[this.at + k] = value(k) + jump * (1 - k / length) + (k < rest.length ? rest[k] : 0);
    }
    this.level = value(length - 1) - offset;
    const left = rest.subarray(Math.min(rest.length, length));
    this.rest = Float32Array.from(
      { length: Math.max(left.length, tail.length) },
      (_, k) => (left[k] ?? 0) + (tail[k] ?? 0),
    );
    this.at += count;
  }
}
