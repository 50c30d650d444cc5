import { BedsideError } from "../../contracts/errors.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** The last `capacity` numbers of a series. */
export class History implements Stateful {
  private readonly values: Float64Array;
  /** Values held, and where the next one goes. */
  private count = 0;
  private place = 0;

  constructor(readonly capacity: number) {
    this.values = new Float64Array(capacity);
  }

  get size(): number {
    return this.count;
  }

  push(value: number): void {
    this.values[this.place] = value;
    this.place = this.place + 1 === this.capacity ? 0 : this.place + 1;
    if (this.count < this.capacity) this.count++;
  }

  clear(): void {
    this.count = 0;
    this.place = 0;
  }

  /** Mean of the last `count` values or of as many as there are; NaN of none. Summed afresh, so that nothing drifts. */
  mean(count: number): number {
    const { values, capacity } = this;
    const n = Math.min(count, this.count);
    let { place } = this;
    let sum = 0;
    for (let i = 0; i < n; i++) {
      place = place === 0 ? capacity - 1 : place - 1;
      sum += values[place];
    }
    return sum / n;
  }

  /** The value `back` places before the last one; NaN where there is none. */
  at(back: number): number {
    if (back >= this.size) return Number.NaN;
    const place = this.place - 1 - back;
    return this.values[place < 0 ? place + this.capacity : place];
  }

  save(to: StateWriter): void {
    const { values, count, place, capacity } = this;
    if (count < capacity) {
      to.repeating(values.subarray(0, count));
      return;
    }
    const unrolled = new Float64Array(capacity);
    unrolled.set(values.subarray(place));
    unrolled.set(values.subarray(0, place), capacity - place);
    to.repeating(unrolled);
  }

  load(from: StateReader): void {
    const values = from.array();
    if (values.length > this.capacity) {
      throw new BedsideError(
        "BAD_SNAPSHOT",
        `the snapshot holds ${values.length} values of ${this.capacity} at the most`,
      );
    }
    this.clear();
    for (const value of values) this.push(value);
  }
}
