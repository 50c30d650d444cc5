/** Of so many seconds, the extremes count. */
const SECONDS = 20;
/** Behind a missing sample the display filter swings for so long. */
const SETTLING_S = 1;

/**
 * Between which values a lead's samples lay in the last 20 s, second by second. One second's extreme alone does not count: an
 * artefact changes nothing. Nothing is allocated as samples pass.
 */
export class RecentRange {
  /** Counts full seconds: what is said here changes with it. */
  seconds = 0;
  private readonly lows = new Float32Array(SECONDS).fill(Number.NaN);
  private readonly highs = new Float32Array(SECONDS).fill(Number.NaN);
  private inSecond = 0;
  private settling = 0;
  private low = Number.POSITIVE_INFINITY;
  private high = Number.NEGATIVE_INFINITY;

  constructor(private readonly rateHz: number) {}

  /** The next sample, mV; NaN where it is missing. */
  push(millivolts: number): void {
    if (Number.isNaN(millivolts)) this.settling = SETTLING_S * this.rateHz;
    else if (this.settling > 0) this.settling--;
    else {
      if (millivolts < this.low) this.low = millivolts;
      if (millivolts > this.high) this.high = millivolts;
    }
    if (++this.inSecond < this.rateHz) return;
    const place = this.seconds++ % SECONDS;
    const isEmpty = this.low > this.high;
    this.lows[place] = isEmpty ? Number.NaN : this.low;
    this.highs[place] = isEmpty ? Number.NaN : this.high;
    this.low = Number.POSITIVE_INFINITY;
    this.high = Number.NEGATIVE_INFINITY;
    this.inSecond = 0;
  }

  /** Second to the lowest and second to the highest of the seconds, mV; low > high before two of them are known. */
  get extremes(): { readonly low: number; readonly high: number } {
    return { low: secondLowest(this.lows, 1), high: -secondLowest(this.highs, -1) };
  }
}

/** The second to the lowest of `values` times `sign`, NaN left out; infinite where there are fewer. */
function secondLowest(values: Float32Array, sign: 1 | -1): number {
  let lowest = Number.POSITIVE_INFINITY;
  let second = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const signed = sign * value;
    if (signed < lowest) {
      second = lowest;
      lowest = signed;
    } else if (signed < second) second = signed;
  }
  return second;
}
