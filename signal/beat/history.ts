import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** The last `capacity` numbers of a series. */
export class History implements Stateful {
  private readonly values: Float64Array;
  private total = 0;

  constructor(readonly capacity: number) {
    this.values = new Float64Array(capacity);
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
    const { values, capacity } = this;
    const n = Math.min(count, this.size);
    let place = this.total % capacity;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      place = place === 0 ? capacity - 1 : place - 1;
      sum += values[place];
    }
    return sum / n;
  }

  /** The value `back` places before the last one; NaN where there is none. */
  at(back: number): number {
    return back < this.size ? this.values[(this.total - 1 - back) % this.capacity] : Number.NaN;
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
