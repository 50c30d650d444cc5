/**
 * Signal-to-noise ratio as PhysioNet's Noise Stress Test Database and its tool `nst` define it (Moody, Muldrow & Mark
 * 1984; WFDB Applications Guide, nst(1)): S = p²/8 with p the mean peak-to-peak QRS amplitude, N = the noise's mean
 * square about its own mean in windows of 1 s; both means leave out the largest and smallest 5 %.
 */

const QRS_HALF_WIDTH_SECONDS = 0.05;
const TRIM = 0.05;

/** Signal power in mV². `millivolts` at `rateHz`, NaN where missing; `rSamples`: indices of R peaks, at least one. */
export function signalPower(millivolts: Float32Array, rSamples: readonly number[], rateHz: number): number {
  const half = Math.round(QRS_HALF_WIDTH_SECONDS * rateHz);
  const peakToPeak = rSamples.map((r) => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = Math.max(0, r - half); i <= Math.min(millivolts.length - 1, r + half); i++) {
      if (millivolts[i] < low) low = millivolts[i];
      if (millivolts[i] > high) high = millivolts[i];
    }
    return high > low ? high - low : 0;
  });
  return trimmedMean(peakToPeak) ** 2 / 8;
}

/** Noise power in mV². `millivolts` at `rateHz`, at least one second long. */
export function noisePower(millivolts: Float32Array, rateHz: number): number {
  const length = Math.round(rateHz);
  const deviations: number[] = [];
  for (let start = 0; start + length <= millivolts.length; start += length) {
    let sum = 0;
    let squares = 0;
    for (let i = start; i < start + length; i++) {
      sum += millivolts[i];
      squares += millivolts[i] * millivolts[i];
    }
    const mean = sum / length;
    deviations.push(Math.sqrt(Math.max(0, squares / length - mean * mean)));
  }
  return trimmedMean(deviations) ** 2;
}

/** The factor by which noise of power `noise` is added to a signal of power `signal` to reach `snrDb`. */
export function noiseGain(signal: number, noise: number, snrDb: number): number {
  return noise > 0 ? Math.sqrt(signal / noise / 10 ** (snrDb / 10)) : 0;
}

function trimmedMean(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const cut = Math.floor(TRIM * sorted.length);
  const kept = sorted.slice(cut, sorted.length - cut);
  return kept.length === 0 ? 0 : kept.reduce((sum, value) => sum + value, 0) / kept.length;
}
