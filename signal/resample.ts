import { BedsideError } from "../contracts/errors.ts";
import { MAX_BLOCK } from "./block.ts";
import { CHAIN_RATE_HZ } from "./events.ts";
import { TABLE_STEPS, ZERO_CROSSINGS } from "./kaiser-sinc.ts";
import { GROUP, type KernelRows, kernelRows } from "./kernel-rows.ts";
import type { StateReader, StateWriter, Stateful } from "./state.ts";

/** Of a group of outputs: row of weights, place of the first input in the ring. */
const row = new Int32Array(GROUP);
const place = new Int32Array(GROUP);
/** Behind the outputs that are wanted, those of a group that are not. */
const group = new Float64Array(GROUP);

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
  /** What the last `push` gave out, in its first (returned count) elements. */
  readonly output: Float64Array;
  /** Input samples to an output sample. */
  readonly ratio: number;
  /** How much later than its own time an output is given out: 40 ms for input rates of 125 Hz and more. */
  readonly delaySeconds: number;

  private readonly halfWidth: number;
  private readonly rows: KernelRows;
  private readonly history: Float64Array;
  private readonly mask: number;
  /** Input samples that may be fed before the outputs they release are read. */
  readonly room: number;
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
    this.rows = kernelRows(this.ratio, this.halfWidth, (TABLE_STEPS * slower) / inputRateHz);
    const kernel = Math.ceil(2 * this.halfWidth + this.ratio + 2);
    const length = 2 ** Math.ceil(Math.log2(kernel + Math.max(1, (MAX_BLOCK - 1) * this.ratio)));
    this.history = new Float64Array(length);
    this.mask = length - 1;
    this.room = Math.max(1, Math.floor((MAX_BLOCK - 1) * this.ratio));
    this.output = new Float64Array(Math.ceil(1 / this.ratio) + 1);
  }

  /** Takes the next input sample; returns how many outputs are in `output`. */
  push(sample: number): number {
    this.output[0] = sample;
    this.feed(this.output, 0, 1);
    return this.read(this.output, this.output.length);
  }

  /** Takes input samples `from` to before `to`, at most `room`. What they release must be read before the next ones. */
  feed(samples: Float32Array | Float64Array, from: number, to: number): void {
    if (from === to) return;
    const { history, mask } = this;
    if (!this.warm) {
      history.fill(samples[from]);
      this.warm = true;
    }
    let place = this.inputIndex & mask;
    for (let i = from; i < to; i++) {
      history[place] = samples[i];
      place = (place + 1) & mask;
    }
    this.inputIndex += to - from;
  }

  /** The next outputs that what was fed releases, `most` and MAX_BLOCK at most, into `out`; returns how many. */
  read(out: Float64Array, most: number): number {
    const count = Math.min(most, MAX_BLOCK, this.due());
    for (let at = 0; at < count; at += GROUP) {
      const wanted = Math.min(GROUP, count - at);
      this.lookUp(wanted);
      this.weighFour();
      for (let i = 0; i < wanted; i++) out[at + i] = group[i];
    }
    return count;
  }

  /** Index of the input sample that releases an output. */
  releasedBy(output: number): number {
    return Math.ceil(output * this.ratio + this.halfWidth);
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

  /** Outputs that what was fed releases and that were not read yet. */
  private due(): number {
    const newest = this.inputIndex - 1;
    let output = this.outputIndex;
    while (output * this.ratio + this.halfWidth <= newest) output++;
    return output - this.outputIndex;
  }

  /** Rows and places of the next outputs, `wanted` of a group; the last one's stand for the rest. */
  private lookUp(wanted: number): void {
    const { halfWidth, ratio, rows, mask } = this;
    rows.beginGroup();
    for (let i = 0; i < wanted; i++) {
      const centre = this.outputIndex * ratio;
      const first = Math.ceil(centre - halfWidth);
      const length = Math.floor(centre + halfWidth) - first + 1;
      row[i] = rows.rowOf(this.outputIndex, centre, first, length);
      place[i] = first & mask;
      this.outputIndex++;
    }
    for (let i = wanted; i < GROUP; i++) {
      row[i] = row[wanted - 1];
      place[i] = place[wanted - 1];
    }
  }

  /** Weighted means of the group, all at once: a processor adds to three while it waits for the fourth. */
  private weighFour(): void {
    const { history, mask } = this;
    const { weights, sums, width } = this.rows;
    const [w0, w1, w2, w3] = [row[0] * width, row[1] * width, row[2] * width, row[3] * width];
    const [p0, p1, p2, p3] = [place[0], place[1], place[2], place[3]];
    let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
    for (let i = 0; i < width; i++) {
      sum0 += weights[w0 + i] * history[(p0 + i) & mask];
      sum1 += weights[w1 + i] * history[(p1 + i) & mask];
      sum2 += weights[w2 + i] * history[(p2 + i) & mask];
      sum3 += weights[w3 + i] * history[(p3 + i) & mask];
    }
    group[0] = sum0 / sums[row[0]];
    group[1] = sum1 / sums[row[1]];
    group[2] = sum2 / sums[row[2]];
    group[3] = sum3 / sums[row[3]];
  }
}
