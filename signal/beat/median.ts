import type { StateReader, StateWriter, Stateful } from "../state.ts";
import { History } from "./history.ts";

/** Median of numbers (of an even number of them, the mean of the middle two); reorders `values`. NaN of none. */
export function medianOf(values: Float64Array): number {
  const { length } = values;
  const middle = length >> 1;
  if (length === 0) return Number.NaN;
  select(values, middle);
  if (length % 2 === 1) return values[middle];
  let below = values[0];
  for (let i = 1; i < middle; i++) if (values[i] > below) below = values[i];
  return (below + values[middle]) / 2;
}

/** The last `capacity` numbers of a series, kept sorted as they come: their median costs nothing. */
export class RunningMedian implements Stateful {
  private readonly history: History;
  private readonly sorted: Float64Array;

  constructor(capacity: number) {
    this.history = new History(capacity);
    this.sorted = new Float64Array(capacity);
  }

  get size(): number {
    return this.history.size;
  }

  get capacity(): number {
    return this.history.capacity;
  }

  /** As `medianOf` the numbers held. */
  get median(): number {
    const { sorted, size } = this;
    const middle = size >> 1;
    if (size === 0) return Number.NaN;
    return size % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The value `back` places before the last one; NaN where there is none. */
  at(back: number): number {
    return this.history.at(back);
  }

  /** The next number, not NaN: takes the place of the oldest where all are taken, and moves to where it belongs. */
  push(value: number): void {
    const { history, sorted } = this;
    const { size, capacity } = history;
    const last = Math.min(size, capacity - 1);
    let at = size;
    if (size === capacity) {
      const oldest = history.at(capacity - 1);
      for (at = 0; sorted[at] < oldest;) at++;
    }
    for (; at > 0 && sorted[at - 1] > value; at--) sorted[at] = sorted[at - 1];
    for (; at < last && sorted[at + 1] < value; at++) sorted[at] = sorted[at + 1];
    sorted[at] = value;
    history.push(value);
  }

  clear(): void {
    this.history.clear();
  }

  save(to: StateWriter): void {
    to.part(this.history);
  }

  load(from: StateReader): void {
    from.part(this.history);
    for (let i = 0; i < this.size; i++) this.sorted[i] = this.history.at(i);
    this.sorted.subarray(0, this.size).sort();
  }
}

/** Puts the value that sorting would put at `place` there, lower ones before it (C. A. R. Hoare, "Algorithm 65: find", 1961). */
function select(values: Float64Array, place: number): void {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (j < place) low = i;
    if (place < i) high = j;
  }
}
