import type { Random } from "../../../kit/random.ts";

/** McSharry 2003, section III: the two bands of the RR spectrum, in Hz, and their share of the variance. */
export const RR_SPECTRUM = {
  low: { centreHz: 0.1, deviationHz: 0.01 },
  /** Respiratory sinus arrhythmia; its centre is the breathing rate. */
  high: { centreHz: 0.25, deviationHz: 0.01 },
  /** σ₁² / σ₂². */
  lowToHigh: 0.5,
} as const;

const LINES_PER_BAND = 24;

/**
 * The fluctuation of the RR interval as a function of time (s), with mean 0 and standard deviation 1: a sum of cosines
 * of random phase whose powers follow the bimodal spectrum S(f) = Σ σₖ² / √(2π cₖ²) · exp(−(f − fₖ)² / 2cₖ²) (McSharry
 * 2003, eq. 6). Frequencies are drawn one in each bin, so that the sum does not repeat.
 */
export function createRrProcess(random: Random): (seconds: number) => number {
  const { low, high, lowToHigh } = RR_SPECTRUM;
  const share = lowToHigh / (1 + lowToHigh);
  const lines = [...band(low, share, random), ...band(high, 1 - share, random)];
  return (seconds) => {
    let sum = 0;
    for (const { amplitude, frequencyHz, phase } of lines) {
      sum += amplitude * Math.cos(2 * Math.PI * frequencyHz * seconds + phase);
    }
    return sum;
  };
}

interface Line {
  readonly amplitude: number;
  readonly frequencyHz: number;
  readonly phase: number;
}

function band(shape: { centreHz: number; deviationHz: number }, variance: number, random: Random): Line[] {
  const { centreHz, deviationHz } = shape;
  const span = 6 * deviationHz;
  const drawn = Array.from({ length: LINES_PER_BAND }, (_, index) => {
    const frequencyHz = centreHz - span / 2 + (span * (index + random.uniform())) / LINES_PER_BAND;
    const power = Math.exp(-((frequencyHz - centreHz) ** 2) / (2 * deviationHz ** 2));
    return { frequencyHz, power, phase: 2 * Math.PI * random.uniform() };
  });
  const total = drawn.reduce((sum, { power }) => sum + power, 0);
  return drawn.map(({ frequencyHz, power, phase }) => ({
    amplitude: Math.sqrt((2 * variance * power) / total),
    frequencyHz,
    phase,
  }));
}
