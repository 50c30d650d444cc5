import { kaiserSinc } from "./kaiser-sinc.ts";

/** Outputs after which the phases come round again are looked for up to here; with most rates they do. */
const LONGEST_PERIOD = 128;
/** Rows that are used together. */
export const GROUP = 4;
/** Rows remembered of each phase, more than a group: rounding moves a phase by its last bits as an epoch grows old. */
const WAYS = 8;
/** Rates whose rows are kept, as long as there is a resampler of them: they may be megabytes. */
const RATES_REMEMBERED = 16;

/** All resamplers of a rate look their weights up in the same rows. */
const byRate = new Map<string, WeakRef<KernelRows>>();

/** `ratio`: input samples to an output; `halfWidth`: of the kernel, input samples; `tableScale`: steps of the sinc's table to one. */
export function kernelRows(ratio: number, halfWidth: number, tableScale: number): KernelRows {
  const key = `${ratio} ${halfWidth}`;
  const known = byRate.get(key)?.deref();
  if (known) return known;
  if (byRate.size >= RATES_REMEMBERED) for (const [other, rows] of byRate) if (!rows.deref()) byRate.delete(other);
  const isOneTooMany = byRate.size >= RATES_REMEMBERED;
  const rows = new KernelRows(ratio, halfWidth, tableScale, isOneTooMany ? 1 : periodOf(ratio));
  if (!isOneTooMany) byRate.set(key, new WeakRef(rows));
  return rows;
}

/**
 * The kernel's weights for the outputs of a resampler, a row for each phase that has come so far, zeros behind its end. A
 * row is used again only where it would come out the same to the last bit.
 */
export class KernelRows {
  readonly width: number;
  readonly weights: Float64Array;
  /** Sum of each row. */
  readonly sums: Float64Array;
  private readonly leads: Float64Array;
  private readonly lengths: Float64Array;
  private readonly oldest: Uint8Array;
  /** Which group each row was used in last. */
  private readonly usedIn: Float64Array;
  private group = 0;

  /** `period`: outputs after which rows are kept anew; 1 where they are not worth their memory. */
  constructor(
    ratio: number,
    private readonly halfWidth: number,
    private readonly tableScale: number,
    private readonly period = periodOf(ratio),
  ) {
    this.width = Math.floor(2 * halfWidth) + 2;
    const rows = period * WAYS;
    this.weights = new Float64Array(rows * this.width);
    this.sums = new Float64Array(rows);
    this.leads = new Float64Array(rows).fill(Number.NaN);
    this.lengths = new Float64Array(rows);
    this.oldest = new Uint8Array(period);
    this.usedIn = new Float64Array(rows);
  }

  /** Up to GROUP rows that are looked up from here on stay what they are until the next group begins. */
  beginGroup(): void {
    this.group++;
  }

  /** The row of output number `output` at `centre` (input samples), whose kernel begins at input sample `first`. */
  rowOf(output: number, centre: number, first: number, length: number): number {
    const { leads, lengths } = this;
    const phase = output % this.period;
    const lead = centre - first;
    const begin = phase * WAYS;
    for (let row = begin; row < begin + WAYS; row++) {
      if (leads[row] === lead && lengths[row] === length) {
        this.usedIn[row] = this.group;
        return row;
      }
    }
    const row = begin + this.displaced(phase);
    this.usedIn[row] = this.group;
    this.fill(row, centre, first, length);
    // Nearer to the start a difference from the centre may be rounded: such a row is good for this output alone.
    leads[row] = centre >= 2 * this.halfWidth ? lead : Number.NaN;
    lengths[row] = length;
    return row;
  }

  /** The oldest place of a phase that this group does not use; the next one becomes the oldest. */
  private displaced(phase: number): number {
    let place = this.oldest[phase];
    for (let tried = 0; tried < GROUP && this.usedIn[phase * WAYS + place] === this.group; tried++) {
      place = (place + 1) % WAYS;
    }
    this.oldest[phase] = (place + 1) % WAYS;
    return place;
  }

  private fill(row: number, centre: number, first: number, length: number): void {
    const { weights, tableScale } = this;
    let sum = 0;
    weights.fill(0, row * this.width, (row + 1) * this.width);
    for (let i = 0; i < length; i++) {
      const place = Math.abs(first + i - centre) * tableScale;
      const step = Math.floor(place);
      const below = kaiserSinc[step];
      const weight = below + (place - step) * (kaiserSinc[step + 1] - below);
      weights[row * this.width + i] = weight;
      sum += weight;
    }
    this.sums[row] = sum;
  }
}

/** Least number of outputs that spans a whole number of inputs; 1 where none does. */
function periodOf(ratio: number): number {
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    if (Math.abs(period * ratio - Math.round(period * ratio)) < 1e-9) return period;
  }
  return 1;
}
