import { CHAIN_RATE_HZ } from "../events.ts";

/** Samples judged together: 5 s at 125 Hz. */
export const FIBRILLATION_WINDOW = 5 * CHAIN_RATE_HZ;

/** Keeps the logarithms and ratios of silence finite, mV. */
const TINY = 1e-6;
/** Spectrum and autocorrelation need no more than 15 Hz: means of four samples. */
const DECIMATION = 4;
const SLOW_RATE_HZ = CHAIN_RATE_HZ / DECIMATION;
const SLOW_LENGTH = Math.floor(FIBRILLATION_WINDOW / DECIMATION);
/** Bins of the spectrum, 0.5 Hz to 12 Hz. */
const BIN_HZ = 0.25;
const FIRST_BIN = 2;
const LAST_BIN = 48;
/** The dominant frequency is looked for here: 72 to 540 per minute. */
const LOWEST_PEAK = 5;
const HIGHEST_PEAK = 36;
/** A half period is looked for up to here, in samples. */
const LONGEST_HALF = Math.floor(FIBRILLATION_WINDOW / 4);
/** Lags of the autocorrelation, 0.1 to 1.25 s. */
const FIRST_LAG = 3;
const LAST_LAG = 39;
/** Of the phase-space portrait: the delay, a quarter of a usual period of fibrillation, in samples, and the cells to a side. */
const DELAY = 6;
const CELLS = 40;
/**
 * What a window is described by, in the order of the vector. None but the amplitude depends on the signal's gain:
 * - amplitude: ln of the standard deviation, mV, for what is still; the trees do not see it;
 * - leakage: what is left where the signal is added to itself half a mean period later, 0 for a sine (S. Kuo &
 *   R. Dillman, Computers in Cardiology 1978, 347–349), and period: ln of that half period in samples;
 * - crossings of zero, ln; peakHz, concentration around it, harmonics, above 8 Hz: of the spectrum (S. Barro et al., J. Med.
 *   Eng. Technol. 13:249–253 (1989), much simplified); autocorrelation: its height a period later;
 * - evenness, slopeKurtosis, flat, slopeSkew: how far the slope is gathered in QRS complexes, the last two a share of samples and a
 *   third moment; kurtosis, skew, meanAbsolute, overFifth: the same of the amplitude, the last as TCSC counts (M. A. Arafat, A. W.
 *   Chowdhury & M. K. Hasan, Signal Image Video Process. 5:1–10 (2011));
 * - phaseSpace: share of the cells that a portrait with a delay of 48 ms visits (A. Amann, R. Tratnig & K. Unterkofler,
 *   IEEE Trans. Biomed. Eng. 54:174–177 (2007), whose delay is 0.5 s: that tells nothing beside the others here).
 */
export const FIBRILLATION_FEATURES = [
  "amplitude",
  "leakage",
  "period",
  "crossings",
  "evenness",
  "slopeKurtosis",
  "kurtosis",
  "flat",
  "meanAbsolute",
  "overFifth",
  "phaseSpace",
  "peakHz",
  "concentration",
  "harmonics",
  "above",
  "autocorrelation",
  "skew",
  "slopeSkew",
] as const;

// Counted from the window's middle cosines are the same on both sides and sines the opposite: each half is enough.
const HALF = SLOW_LENGTH / 2;
const cosines = new Float64Array((LAST_BIN + 1) * HALF);
const sines = new Float64Array((LAST_BIN + 1) * HALF);
for (let bin = FIRST_BIN; bin <= LAST_BIN; bin++) {
  for (let i = 0; i < HALF; i++) {
    const taper = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / SLOW_LENGTH);
    const angle = (2 * Math.PI * bin * BIN_HZ * (i + 0.5 - HALF)) / SLOW_RATE_HZ;
    cosines[bin * HALF + i] = taper * Math.cos(angle);
    sines[bin * HALF + i] = taper * Math.sin(angle);
  }
}

const slow = new Float64Array(SLOW_LENGTH);
const even = new Float64Array(HALF);
const odd = new Float64Array(HALF);
const power = new Float64Array(LAST_BIN + 1);
const level = new Uint8Array(FIBRILLATION_WINDOW);
const visited = new Uint8Array(CELLS * CELLS);

/** Describes the window `x`, [FIBRILLATION_WINDOW] at 125 Hz, mV, without its mean, into `out`, [FIBRILLATION_FEATURES.length]. */
export function fibrillationFeatures(x: Float64Array, out: Float64Array): void {
  const n = FIBRILLATION_WINDOW;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  let absolute = 0;
  let low = x[0];
  let high = x[0];
  let steps = 0;
  let stepSquares = 0;
  let stepFourths = 0;
  let stepCubes = 0;
  let mostStep = 0;
  let crossings = 0;
  for (let i = 0; i < n; i++) {
    const v = x[i];
    const vv = v * v;
    squares += vv;
    cubes += vv * v;
    fourths += vv * vv;
    absolute += Math.abs(v);
    if (v < low) low = v;
    if (v > high) high = v;
    if (i === 0) continue;
    const step = v - x[i - 1];
    const ss = step * step;
    const size = Math.abs(step);
    steps += size;
    stepSquares += ss;
    stepCubes += ss * step;
    stepFourths += ss * ss;
    if (size > mostStep) mostStep = size;
    if (v > 0 !== x[i - 1] > 0) crossings++;
  }
  const deviation = Math.sqrt(squares / n) + TINY;
  const slope = Math.sqrt(stepSquares / (n - 1)) + TINY;
  const most = Math.max(high, -low) + TINY;
  let flat = 0;
  let overFifth = 0;
  for (let i = 1; i < n; i++) {
    if (Math.abs(x[i] - x[i - 1]) < 0.08 * mostStep) flat++;
    const size = Math.abs(x[i]);
    if (size > 0.2 * most) overFifth++;
  }
  const half = Math.min(LONGEST_HALF, Math.max(1, Math.floor((Math.PI * absolute) / (steps + TINY) + 0.5)));
  let put = 0;
  out[put++] = Math.log(deviation);
  out[put++] = leakage(x, half);
  out[put++] = Math.log(half);
  out[put++] = Math.log(1 + crossings);
  out[put++] = Math.log((steps / (n - 1) + TINY) / slope);
  out[put++] = Math.log(stepFourths / (n - 1) / slope ** 4 + 0.1);
  out[put++] = Math.log(fourths / n / deviation ** 4 + 0.1);
  out[put++] = flat / n;
  out[put++] = Math.log(absolute / n / most + TINY);
  out[put++] = overFifth / n;
  out[put++] = phaseSpace(x, low, high);
  put = spectrum(x, out, put);
  out[put++] = autocorrelation();
  out[put++] = Math.abs(cubes / n / deviation ** 3);
  out[put] = Math.abs(stepCubes / (n - 1) / slope ** 3);
}

function leakage(x: Float64Array, half: number): number {
  let over = 0;
  let under = TINY;
  for (let i = half; i < FIBRILLATION_WINDOW; i++) {
    over += Math.abs(x[i] + x[i - half]);
    under += Math.abs(x[i]) + Math.abs(x[i - half]);
  }
  return over / under;
}

function phaseSpace(x: Float64Array, low: number, high: number): number {
  const scale = (CELLS - 1e-6) / (high - low + TINY);
  visited.fill(0);
  let cells = 0;
  for (let i = 0; i < FIBRILLATION_WINDOW; i++) level[i] = (x[i] - low) * scale;
  for (let i = DELAY; i < FIBRILLATION_WINDOW; i++) {
    const cell = level[i] * CELLS + level[i - DELAY];
    cells += 1 - visited[cell];
    visited[cell] = 1;
  }
  return cells / (CELLS * CELLS);
}

function spectrum(x: Float64Array, out: Float64Array, at: number): number {
  for (let i = 0, from = 0; i < SLOW_LENGTH; i++, from += DECIMATION) {
    slow[i] = (x[from] + x[from + 1] + x[from + 2] + x[from + 3]) / DECIMATION;
  }
  for (let i = 0, j = SLOW_LENGTH - 1; i < HALF; i++, j--) {
    even[i] = slow[i] + slow[j];
    odd[i] = slow[i] - slow[j];
  }
  let total = TINY * TINY;
  let peak = LOWEST_PEAK;
  for (let bin = FIRST_BIN; bin <= LAST_BIN; bin++) {
    let real = 0;
    let imaginary = 0;
    const row = bin * HALF;
    for (let i = 0; i < HALF; i++) {
      real += even[i] * cosines[row + i];
      imaginary += odd[i] * sines[row + i];
    }
    const p = real * real + imaginary * imaginary;
    power[bin] = p;
    total += p;
    if (bin >= LOWEST_PEAK && bin <= HIGHEST_PEAK && p > power[peak]) peak = bin;
  }
  out[at++] = Math.log(peak * BIN_HZ);
  out[at++] = around(peak, 3) / total;
  out[at++] = (around(2 * peak, 3) + around(3 * peak, 3)) / total;
  out[at++] = within(Math.ceil(8 / BIN_HZ), LAST_BIN) / total;
  return at;
}

const around = (bin: number, reach: number): number => within(bin - reach, bin + reach);

function within(from: number, to: number): number {
  let sum = 0;
  for (let bin = Math.max(FIRST_BIN, from); bin <= Math.min(LAST_BIN, to); bin++) sum += power[bin];
  return sum;
}

function autocorrelation(): number {
  let energy = TINY * TINY;
  for (let i = 0; i < SLOW_LENGTH; i++) energy += slow[i] * slow[i];
  let trough = 1;
  let best = 0;
  for (let lag = FIRST_LAG; lag <= LAST_LAG; lag++) {
    let sum = 0;
    for (let i = lag; i < SLOW_LENGTH; i++) sum += slow[i] * slow[i - lag];
    const r = (sum / energy) * (SLOW_LENGTH / (SLOW_LENGTH - lag));
    if (r < trough) trough = r;
    else if (trough < 0.5 && r > best) best = r;
  }
  return best;
}
