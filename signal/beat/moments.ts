/** Shape of a segment's values, whatever their order. */
export interface Moments {
  /** In the samples' unit. */
  readonly mean: number;
  /** √m₂, in the samples' unit, ≥ 0. */
  readonly standardDeviation: number;
  /** g₁ = m₃ / m₂^(3/2): 0 where symmetric; no unit. */
  readonly skewness: number;
  /** g₂ = m₄ / m₂² − 3: 0 as a normal distribution's, ≥ −2; no unit. */
  readonly kurtosis: number;
}

/** Variance against the squared mean below which a segment is flat: what is left is rounding. */
const FLAT = 1e-14;

/**
 * Mean, standard deviation, skewness g₁ and excess kurtosis g₂ of a segment, from its central moments m_r = Σ (x − x̄)^r / n
 * (D. N. Joanes & C. A. Gill, "Comparing measures of sample skewness and kurtosis", The Statistician 47 (1998) 183–189,
 * §1). NaN samples are missing and left out. A flat segment has skewness and kurtosis 0; one without samples is NaN in all.
 */
export function momentsOf(samples: ArrayLike<number>): Moments {
  let count = 0;
  let mean = 0;
  for (let i = 0; i < samples.length; i++) {
    if (Number.isNaN(samples[i])) continue;
    count++;
    mean += (samples[i] - mean) / count;
  }
  if (count === 0) return { mean: NaN, standardDeviation: NaN, skewness: NaN, kurtosis: NaN };
  let [second, third, fourth] = [0, 0, 0];
  for (let i = 0; i < samples.length; i++) {
    if (Number.isNaN(samples[i])) continue;
    const deviation = samples[i] - mean;
    const square = deviation * deviation;
    second += square / count;
    third += (square * deviation) / count;
    fourth += (square * square) / count;
  }
  if (!(second > FLAT * mean * mean)) return { mean, standardDeviation: Math.sqrt(second), skewness: 0, kurtosis: 0 };
  return {
    mean,
    standardDeviation: Math.sqrt(second),
    skewness: third / second ** 1.5,
    kurtosis: fourth / (second * second) - 3,
  };
}
