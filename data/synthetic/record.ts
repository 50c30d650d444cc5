import { BedsideError } from "../../contracts/errors.ts";
import { FRAME_LIMITS } from "../../contracts/frame.ts";
import type { WfdbAnnotation } from "../wfdb/annotations.ts";
import type { WfdbRecord } from "../wfdb/record.ts";
import { addWhiteNoise } from "../mixing.ts";
import { ADC, addFibrillation, addMotion, digitise, FIBRILLATION_MV, LEAD_OFF_ADU } from "./disturbance.ts";
import { integrate } from "./heart/dynamics.ts";
import { createRandom } from "../../kit/random.ts";
import { type Schedule, schedule } from "./heart/schedule.ts";
import { checkScript, type Script, type Segment } from "./script.ts";

/**
 * A record with its truth: a beat annotation at each R peak, `+` with the rhythm in `aux` where one begins, `~` where
 * the electrode goes off (aux `uu`) and on (`cc`).
 */
export interface SyntheticRecord extends WfdbRecord {
  readonly annotations: readonly WfdbAnnotation[];
}

export interface SyntheticOptions {
  /** 50 to 10,000. */
  readonly samplingRateHz: number;
  /** The same seed gives the same record; beats at other rates differ by at most the rounding to 4 ms. */
  readonly seed: number;
  readonly name?: string;
  /** Names of the limb lead and, if there is a second, of V1. */
  readonly leads?: readonly string[];
  /** Standard deviation of the white noise, mV. */
  readonly noiseMv?: number;
  /** Amplitude A of z₀, mV; the baseline follows breathing with about half of it. */
  readonly wanderMv?: number;
}

const RHYTHM_AUX: Readonly<Record<Segment["rhythm"], string>> = {
  sinus: "(N",
  afib: "(AFIB",
  vt: "(VT",
  asystole: "(ASYS",
  "lead-off": "",
};

/**
 * A synthetic ECG with true annotations (see README.md). Throws BAD_ARGUMENT when the script or an option cannot be
 * played.
 */
export function syntheticRecord(script: Script, options: SyntheticOptions): SyntheticRecord {
  const { samplingRateHz, seed, name = `synthetic-${seed}`, leads = ["MLII", "V1"] } = options;
  const { noiseMv = 0.012, wanderMv = 0.12 } = options;
  checkScript(script);
  const { minRateHz, maxRateHz } = FRAME_LIMITS;
  if (!(samplingRateHz >= minRateHz && samplingRateHz <= maxRateHz)) {
    throw new BedsideError("BAD_ARGUMENT", `samplingRateHz is ${samplingRateHz}, must be ${minRateHz} to ${maxRateHz}`);
  }
  if (leads.length < 1 || leads.length > 2) {
    throw new BedsideError("BAD_ARGUMENT", `a synthetic record has 1 or 2 leads, ${leads.length} are named`);
  }
  const plan = schedule(script, seed);
  const length = Math.round(plan.durationS * samplingRateHz);
  const { limb, chest, peaks } = integrate(plan.beats, length, samplingRateHz, wanderMv);
  const signals = { limb, chest };

  const projections = (["limb", "chest"] as const).slice(0, leads.length);
  return {
    name,
    samplingRateHz,
    length,
    comments: [],
    leads: projections.map((projection, index) => ({
      name: leads[index],
      gainAduPerMv: ADC.gainAduPerMv,
      baselineAdu: ADC.baselineAdu,
      unit: "mV",
      samples: disturbed(signals[projection], projection, plan, { samplingRateHz, seed, noiseMv }),
    })),
    annotations: annotate(plan, peaks, samplingRateHz, length),
  };
}

function disturbed(
  millivolts: Float32Array,
  projection: "limb" | "chest",
  { spans }: Schedule,
  { samplingRateHz, seed, noiseMv }: { samplingRateHz: number; seed: number; noiseMv: number },
): Int16Array {
  const noise = createRandom(seed, `noise/${projection}`);
  const motion = createRandom(seed, `motion/${projection}`);
  const fibrillation = createRandom(seed, "fibrillation");
  const extent = spans.map(({ segment, fromS, toS }) => ({
    segment,
    from: Math.round(fromS * samplingRateHz),
    to: Math.min(Math.round(toS * samplingRateHz), millivolts.length),
  }));
  for (const { segment, from, to } of extent) {
    if (segment.rhythm === "afib") {
      addFibrillation(millivolts, from, to, samplingRateHz, FIBRILLATION_MV[projection], fibrillation);
    }
    addWhiteNoise(millivolts, { from, to }, segment.noiseMv ?? noiseMv, noise);
    if (segment.motionMv) addMotion(millivolts, from, to, samplingRateHz, segment.motionMv, motion);
  }
  const samples = digitise(millivolts);
  for (const { segment, from, to } of extent) {
    if (segment.rhythm === "lead-off") samples.fill(LEAD_OFF_ADU[segment.form], from, to);
  }
  return samples;
}

function annotate(
  { beats, spans }: Schedule,
  peaks: Int32Array,
  samplingRateHz: number,
  length: number,
): WfdbAnnotation[] {
  const at = (sample: number, symbol: string, aux = ""): WfdbAnnotation => ({
    sample,
    symbol,
    aux,
    subtype: 0,
    channel: 0,
    number: 0,
  });
  const changes = spans.flatMap(({ segment, fromS }, index) => {
    const sample = Math.round(fromS * samplingRateHz);
    const wasOff = index > 0 && spans[index - 1].segment.rhythm === "lead-off";
    if (segment.rhythm === "lead-off") return wasOff ? [] : [at(sample, "~", "uu")];
    return [...(wasOff ? [at(sample, "~", "cc")] : []), at(sample, "+", RHYTHM_AUX[segment.rhythm])];
  });
  const rPeaks = beats.map(({ symbol }, index) => at(peaks[index], symbol));
  return [...changes, ...rPeaks].filter(({ sample }) => sample < length).sort((a, b) => a.sample - b.sample);
}
