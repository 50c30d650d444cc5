import type { BlockSums } from "./blocks.ts";

/** What noise moves and rhythm moves little, in logarithms. */
export interface NoiseMeasures {
  readonly evenness: number;
  readonly wander: number;
  readonly slow: number;
  readonly sharp: number;
}

/** Keeps the logarithms of quiet signals finite, mV². */
const FLOOR = 1e-5;
const RATIO_FLOOR = 1e-3;
/** Keeps a constant's logarithm finite. */
const TINY = 1e-12;

/**
 * Weights of a logistic regression: clean DS1 against the same with the first half of NSTDB's em at 0 and 6 dB and of
 * ma and white noise at 0 dB, in stretches of 2 s; stretches of ventricular rhythms weigh more, so that they do not pass for noise.
 */
const WEIGHTS = { evenness: 6.79, wander: 1.06, slow: 3.35, sharp: 3.07, offset: 23.4 } as const;
/** Moves quality 0.5 to where about one clean stretch of DS1 in fifty lies below 0.3. */
const BENEFIT_OF_DOUBT = 1;

/**
 * Four measures of a stretch of ECG that noise moves and rhythm moves little. None depends on the signal's gain, but for
 * floors that keep silence finite:
 * - evenness of the slope, (mean |s|)² / mean s²: an ECG's slope lies in its QRS complexes, noise's everywhere (the
 *   idea of kSQI, which looks at the amplitude's kurtosis instead);
 * - baseline wander below 1 Hz against 0.5–35 Hz (basSQI);
 * - 0.5–2 Hz against 0.5–35 Hz, where electrode motion lies;
 * - 16–35 Hz against 0.5–35 Hz: with an even slope, muscle noise, not QRS (pSQI's bands, moved upwards).
 * kSQI, basSQI and pSQI: G. D. Clifford et al., "Signal quality indices and data fusion for determining clinical
 * acceptability of electrocardiograms", Physiol. Meas. 33 (2012), §3.1; Q. Li, R. G. Mark & G. D. Clifford, Physiol.
 * Meas. 29 (2008), §2.2; Z. Zhao & Y. Zhang, Front. Physiol. 9:727 (2018), §2.2.
 */
export function noiseMeasures(sums: Readonly<BlockSums>): NoiseMeasures {
  const n = sums.samples;
  const band = sums.band / n + FLOOR;
  const wander = sums.wander / n;
  const wanderPower = Math.max(0, sums.squaredWander / n - wander * wander);
  const steps = sums.steps / n;
  return {
    evenness: Math.log((steps * steps) / (sums.squaredSteps / n + FLOOR) + TINY),
    wander: Math.log(wanderPower / band + RATIO_FLOOR),
    slow: Math.log(sums.slow / n / band + RATIO_FLOOR),
    sharp: Math.log((sums.sharp / n + FLOOR) / band),
  };
}

/** How clean a stretch of ECG is, 0 to 1, whatever its beats are. */
export function cleanness(sums: Readonly<BlockSums>): number {
  const { evenness, wander, slow, sharp } = noiseMeasures(sums);
  const noise =
    WEIGHTS.evenness * evenness +
    WEIGHTS.wander * wander +
    WEIGHTS.slow * slow +
    WEIGHTS.sharp * sharp +
    WEIGHTS.offset -
    BENEFIT_OF_DOUBT;
  return 1 / (1 + Math.exp(noise));
}
