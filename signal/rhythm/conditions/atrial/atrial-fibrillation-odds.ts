import type { AtrialFibrillationWeights } from "./atrial-fibrillation-weights.ts";
import type { AtrialFeatures } from "./atrial-intervals.ts";

/** Log odds above which fibrillation begins, below which it ends. */
export interface LogOddsLimits {
  readonly begins: number;
  readonly ends: number;
}

/** README.md says how they were chosen. */
export const LOG_ODDS: LogOddsLimits = { begins: 1.25, ends: -0.5 };
/** Likeness of P waves that says neither. */
export const NEUTRAL_P_WAVE = 0.1;
/** It begins where so large a share of the intervals is irregular alone, and ends where so small a one is: entropy is high in a fast even rhythm, too. */
const IRREGULAR_SHARES = { begins: 0.5, ends: 0.35 } as const;

/** What becomes of fibrillation; null: it stays as it is. */
export function verdictOn(
  features: AtrialFeatures,
  weights: AtrialFibrillationWeights,
  limits = LOG_ODDS,
): "begins" | "ends" | null {
  const odds = logOdds(features, weights);
  const { irregularShare } = features;
  if (odds > limits.begins && irregularShare >= IRREGULAR_SHARES.begins) return "begins";
  return odds < limits.ends || irregularShare < IRREGULAR_SHARES.ends ? "ends" : null;
}

function logOdds(features: AtrialFeatures, weights: AtrialFibrillationWeights): number {
  const { pWave } = features;
  const ofIntervals = logOddsOfIntervals(features, weights);
  return pWave === null ? ofIntervals : ofIntervals + weights.pWave * (pWave - NEUTRAL_P_WAVE);
}

/** What the intervals alone say. */
export const logOddsOfIntervals = (
  { entropy, irregularShare, lnMeanRr }: AtrialFeatures,
  weights: AtrialFibrillationWeights,
): number =>
  weights.entropy * entropy + weights.irregularShare * irregularShare + weights.lnMeanRr * lnMeanRr + weights.offset;
