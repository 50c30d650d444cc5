import { fitLogistic } from "../../../model/training/fit-logistic.ts";
import {
  logOddsOfIntervals,
  NEUTRAL_P_WAVE,
} from "../../../signal/rhythm/conditions/atrial/atrial-fibrillation-odds.ts";
import type { AtrialFibrillationWeights } from "../../../signal/rhythm/conditions/atrial/atrial-fibrillation-weights.ts";
import type { AtrialFeatures } from "../../../signal/rhythm/conditions/atrial/atrial-intervals.ts";
import type { AtrialPatient, Source } from "./patients.ts";

/** What a source's beats without and with fibrillation count together. */
const WEIGHT: Readonly<Record<Source, { readonly without: number; readonly with: number }>> = {
  afdb: { without: 10_000, with: 10_000 },
  mitdb: { without: 5000, with: 2000 },
  svdb: { without: 10_000, with: 0 },
  "challenge-2017": { without: 3000, with: 5000 },
};
const SIGNIFICANT = 4;

interface Example {
  readonly source: Source;
  readonly features: AtrialFeatures;
  readonly label: number;
}

/**
 * The weights of the intervals from all beats that are judged; that of P waves from those where they are known, on top of what the intervals say. How
 * likely fibrillation is in these databases where P waves are known is not learned: NEUTRAL_P_WAVE stands for it.
 */
export function fitAtrialFibrillation(patients: readonly AtrialPatient[]): AtrialFibrillationWeights {
  const all = patients.flatMap(({ source, beats }): Example[] =>
    beats.flatMap(({ features, isFibrillating: is }) => (is === null ? [] : { source, features, label: Number(is) })),
  );
  const [entropy, irregularShare, lnMeanRr, offset] = fit(all, (one) => [
    one.entropy,
    one.irregularShare,
    one.lnMeanRr,
  ]);
  const ofIntervals = { entropy, irregularShare, lnMeanRr, offset, pWave: 0 };
  const known = all.filter(({ features }) => features.pWave !== null);
  const [pWave] = fit(
    known,
    (one) => [(one.pWave ?? 0) - NEUTRAL_P_WAVE],
    (one) => logOddsOfIntervals(one, ofIntervals),
  );
  return { ...ofIntervals, pWave };
}

/** Weights and offset of the features as they are, rounded. */
function fit(
  examples: readonly Example[],
  valuesOf: (features: AtrialFeatures) => readonly number[],
  known: (features: AtrialFeatures) => number = () => 0,
): number[] {
  const counts = new Map<string, number>();
  const keyOf = ({ source, label }: Example): string => `${source} ${label}`;
  for (const one of examples) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1);
  const { mean, deviation, weights, offset } = fitLogistic({
    features: Float64Array.from(examples.flatMap(({ features }) => valuesOf(features))),
    labels: Uint8Array.from(examples, ({ label }) => label),
    weights: Float64Array.from(
      examples,
      (one) => WEIGHT[one.source][one.label === 1 ? "with" : "without"] / (counts.get(keyOf(one)) ?? 1),
    ),
    known: Float64Array.from(examples, ({ features }) => known(features)),
  });
  const slopes = weights.map((weight, i) => weight / deviation[i]);
  const shift = slopes.reduce((sum, slope, i) => sum + slope * mean[i], 0);
  return [...slopes, offset - shift].map((value) => Number(value.toPrecision(SIGNIFICANT)));
}
