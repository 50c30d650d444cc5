import { BedsideError } from "../contracts/errors.ts";
import { CHAIN_RATE_HZ } from "./events.ts";
import { kaiserSinc, TABLE_STEPS, ZERO_CROSSINGS } from "./kaiser-sinc.ts";
import type { StateReader, StateWriter, Stateful } from "./state.ts";

/**
 * Any input rate to 125 Hz by a causal, linear-phase FIR: a Kaiser-windowed sinc read from a table at the exact phase
 * of every output, with linear interpolation (J. O. Smith & P. Gossett, "A flexible sampling-rate conversion method",
 * ICASSP 1984, §2), so that 257.5 Hz is as good as 250 Hz. With f the slower of the two rates: flat up to 0.3 f, 65 dB
 * down from 0.7 f on, so that nothing folds into the band below 0.3 f.
 *
 * Output k stands for time k / 125 s of the input's clock and is given out when the input has come
 * `delaySeconds` further. Before its first sample the input is taken to have had that sample's value for ever.
 */
export class Resampler implements Stateful {
  /** What the last push gave out, in its first (returned count) elements. */
  readonly output: Float64Array;
  /** Input samples to an output sample. */
  readonly ratio: number;
  /** How much later than its own time an output is given out: 40 ms for input rates of 125 Hz and more. */
  readonly delaySeconds: number;

  private readonly halfWidth: number;
  private readonly tableScale: number;
  private readonly history: Float64Array;
  private readonly mask: number;
  private inputIndex = 0;
  private outputIndex = 0;
  private warm = false;

  /** `inputRateHz`: > 0, finite; throws BAD_ARGUMENT. */
  constructor(inputRateHz: number) {
    if (!(inputRateHz > 0 && Number.isFinite(inputRateHz))) {
      throw new BedsideError(
        "BAD_ARGUMENT",
        `an input rate of ${inputRateHz} Hz cannot be resampled, give one above 0`,
      );
    }
    const slower = Math.min(inputRateHz, CHAIN_RATE_HZ);
    this.ratio = inputRateHz / CHAIN_RATE_HZ;
    this.delaySeconds = ZERO_CROSSINGS / slower;
    this.halfWidth = this.delaySeconds * inputRateHz;
    this.tableScale = (TABLE_STEPS * slower) / inputRateHz;
    const length = 2 ** Math.ceil(Math.log2(2 * this.halfWidth + this.ratio + 2));
    this.history = new Float64Array(length);
    this.mask = length - 1;
    this.output = new Float64Array(Math.ceil(1 / this.ratio) + 1);
  }

  /** Takes the next input sample; returns how many outputs are in `output`. Constant cost, no allocation. */
  push(sample: number): number {
    if (!this.warm) {
      this.history.fill(sample);
      this.warm = true;
    }
    this.history[this.inputIndex & this.mask] = sample;
    const newest = this.inputIndex++;
    let count = 0;
    for (;;) {
      const centre = this.outputIndex * this.ratio;
      if (centre + this.halfWidth > newest) return count;
      this.output[count++] = this.interpolate(centre);
      this.outputIndex++;
    }
  }

  /** Index of the output that comes next. */
  get nextOutput(): number {
    return this.outputIndex;
  }

  /** Input sample index, with fraction, of a place on the 125 Hz axis. */
  toInput(position125: number): number {
    return position125 * this.ratio;
  }

  /** Forgets the past. The next sample pushed has input index `inputIndex`; outputs begin at or after its time. */
  reset(inputIndex = 0): void {
    this.inputIndex = inputIndex;
    this.outputIndex = Math.ceil(inputIndex / this.ratio);
    this.warm = false;
  }

  save(to: StateWriter): void {
    to.array(this.history);
    to.number(this.inputIndex);
    to.number(this.outputIndex);
    to.flag(this.warm);
  }

  load(from: StateReader): void {
    from.into(this.history);
    this.inputIndex = from.number();
    this.outputIndex = from.number();
    this.warm = from.flag();
  }

  /** The weighted mean around `centre` (input samples, with fraction); dividing by the weights' sum keeps DC exact. */
  private interpolate(centre: number): number {
    const first = Math.ceil(centre - this.halfWidth);
    const last = Math.floor(centre + this.halfWidth);
    let sum = 0;
    let weights = 0;
    for (let i = first; i <= last; i++) {
      const place = Math.abs(i - centre) * this.tableScale;
      const step = Math.floor(place);
      const below = kaiserSinc[step];
      const weight = below + (place - step) * (kaiserSinc[step + 1] - below);
      sum += weight * this.history[i & this.mask];
      weights += weight;
    }
    return sum / weights;
  }
}
