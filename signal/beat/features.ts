import type { Kinship } from "./clusters.ts";
import type { RrFeatures } from "./rr-context.ts";
import { difference, qrsArea, qrsPeakToPeak, qrsSpread, waveHeight } from "./shape.ts";
import { Stretch } from "./stretch.ts";

/** What a beat's features are made of. Windows: [187] mV, median removed, R at 62. */
export interface BeatContext {
  readonly rr: RrFeatures;
  readonly window: Float64Array;
  /** The bed's dominant template; the window itself where there is none yet. */
  readonly template: Float64Array;
  /** The beat before; the window itself where there is none. */
  readonly previous: Float64Array;
  readonly kinship: Kinship;
  /** The bed's usual QRS size, mV. */
  readonly scale: number;
}

type Formula = (beat: BeatContext) => number;

/** Stretches of the beat that is described, to be compared with its template and the beat before. Ranges are ms from R. */
const stretches = {
  /** [−96, 120] */
  qrs: new Stretch(-12, 15, 3),
  /** [−240, −64] */
  p: new Stretch(-30, -8, 3),
  /** [−240, 400] */
  beat: new Stretch(-30, 50, 3),
  /** [−96, 152] */
  wideQrs: new Stretch(-12, 19, 2),
};

/** Every feature by name, scaled so that most values lie within ± 1. Ranges in brackets are ms from R. */
const FORMULAS = {
  rr10: ({ rr }) => rr.rr10,
  rr80: ({ rr }) => rr.rr80,
  rr400: ({ rr }) => rr.rr400,
  next10: ({ rr }) => rr.next10,
  next80: ({ rr }) => rr.next80,
  next400: ({ rr }) => rr.next400,
  previous80: ({ rr }) => rr.previous80,
  rrToPrevious: ({ rr }) => rr.rrToPrevious,
  rrToNext: ({ rr }) => rr.rrToNext,
  irregularity20: ({ rr }) => rr.irregularity20 * 3,
  irregularity80: ({ rr }) => rr.irregularity80 * 3,
  irregularityMedian: ({ rr }) => rr.irregularityMedian * 5,
  unpredictability: ({ rr }) => rr.unpredictability * 5,
  rrToLong: ({ rr }) => rr.rrToLong,
  rrKnown: ({ rr }) => Number(rr.rrKnown),
  previousKnown: ({ rr }) => Number(rr.previousKnown),
  nextKnown: ({ rr }) => Number(rr.nextKnown),
  /** Likeness to the template. */
  qrsLikeness: ({ template }) => stretches.qrs.likeness(template),
  pLikeness: ({ template }) => stretches.p.likeness(template),
  beatLikeness: ({ template }) => stretches.beat.likeness(template),
  /** Likeness to the beat before. */
  previousLikeness: ({ previous }) => stretches.wideQrs.likeness(previous),
  qrsSpread: ({ window }) => (qrsSpread(window) - 0.02) * 50,
  qrsSpreadRatio: ({ window, template }) => logRatio(qrsSpread(window), qrsSpread(template), 0.005),
  amplitudeRatio: ({ window, scale }) => logRatio(qrsPeakToPeak(window), scale, 0.05),
  areaRatio: ({ window, template }) => logRatio(qrsArea(window), qrsArea(template), 0.01),
  clusterShare: ({ kinship }) => Math.log(kinship.share + 0.02) / 2,
  dominantCluster: ({ kinship }) => Number(kinship.dominant),
  /** Difference to the template, against the bed's scale: P [−224, −64], QRS [−80, 128], T [160, 440]. */
  pDifference: (beat) => logDifference(beat, -28, -8),
  qrsDifference: (beat) => logDifference(beat, -10, 16),
  tDifference: (beat) => logDifference(beat, 20, 55),
  /** Height of the P wave [−240, −72] in the bed's template against the QRS, and of the beat's against the template's. */
  templateP: ({ template, scale }) => logRatio(waveHeight(template, -30, -9), scale, 0.02) / 2 + 1,
  pHeight: ({ window, template, scale }) =>
    logRatio(waveHeight(window, -30, -9), waveHeight(template, -30, -9), 0.02 * scale),
  previousPLikeness: ({ previous }) => stretches.p.likeness(previous),
} satisfies Record<string, Formula>;

export type FeatureName = keyof typeof FORMULAS;

/** Names of a beat's features, in the order of the vector. */
export const FEATURE_NAMES = Object.keys(FORMULAS) as readonly FeatureName[];

const formulas: readonly Formula[] = Object.values(FORMULAS);
const allStretches: readonly Stretch[] = Object.values(stretches);

/** [FEATURE_NAMES.length], clipped to ± 3. Depends on the beat, those before it and the RR behind it, nothing else. */
export function beatFeatures(beat: BeatContext): Float32Array {
  for (let i = 0; i < allStretches.length; i++) allStretches[i].take(beat.window);
  const features = new Float32Array(formulas.length);
  for (let i = 0; i < formulas.length; i++) features[i] = Math.max(-3, Math.min(3, formulas[i](beat)));
  return features;
}

function logRatio(a: number, b: number, floor: number): number {
  return Math.log((a + floor) / (b + floor));
}

function logDifference({ window, template, scale }: BeatContext, from: number, to: number): number {
  return Math.log(difference(window, template, from, to) / scale + 0.02) / 2 + 1;
}
