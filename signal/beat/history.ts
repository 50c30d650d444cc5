import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** The last `capacity` numbers of a series. */
export class History implements Stateful {
  private readonly values: Float64Array;
  private readonly scratch: Float64Array;
  private total = 0;

  constructor(readonly capacity: number) {
    this.values = new Float64Array(capacity);
    this.scratch = new Float64Array(capacity);
  }

  get size(): number {
    return Math.min(this.total, this.capacity);
  }

  push(value: number): void {
    this.values[this.total % this.capacity] = value;
    this.total++;
  }

  clear(): void {
    this.total = 0;
  }

  /** Mean of the last `count` values or of as many as there are; NaN of none. Summed afresh, so that nothing drifts. */
  mean(count: number): number {
    const n = Math.min(count, this.size);
    let sum = 0;
    for (let i = 1; i <= n; i++) sum += this.values[(this.total - i) % this.capacity];
    return sum / n;
  }

  /** The value `back` places before the last one; NaN where there is none. */
  at(back: number): number {
    return back < this.size ? this.values[(this.total - 1 - back) % this.capacity] : Number.NaN;
  }

  /** Median of all values held (of an even number, the mean of the middle two); NaN of none. */
  median(): number {
    const sorted = this.scratch.subarray(0, this.size);
    sorted.set(this.values.subarray(0, this.size));
    return medianOf(sorted);
  }

  save(to: StateWriter): void {
    to.array(this.values);
    to.number(this.total);
  }

  load(from: StateReader): void {
    from.into(this.values);
    this.total = from.number();
  }
}

/** Median; sorts `values` in place. NaN of none. */
export function medianOf(values: Float64Array): number {
  values.sort();
  const middle = values.length >> 1;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}
