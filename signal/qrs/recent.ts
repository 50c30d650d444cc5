import type { StateReader, Stateful, StateWriter } from "../state.ts";

/** How many values the detector's averages look back on (Hamilton & Tompkins 1986). */
const LENGTH = 8;

/** The median of the last eight values; `initial` before there is one. */
export class RecentMedian implements Stateful {
  /** At even counts the larger of the middle two. */
  median: number;
  private readonly values = new Float64Array(LENGTH);
  private readonly sorted = new Float64Array(LENGTH);
  private count = 0;
  private next = 0;

  constructor(private readonly initial: number) {
    this.median = initial;
  }

  add(value: number): void {
    this.values[this.next] = value;
    this.next = (this.next + 1) % LENGTH;
    this.count = Math.min(LENGTH, this.count + 1);
    this.update();
  }

  /** Multiplies all values, the initial one too where there is no other. */
  scale(factor: number): void {
    for (let i = 0; i < LENGTH; i++) this.values[i] *= factor;
    this.median *= factor;
  }

  clear(): void {
    this.values.fill(0);
    this.count = 0;
    this.next = 0;
    this.median = this.initial;
  }

  save(to: StateWriter): void {
    to.array(this.values);
    to.number(this.count);
    to.number(this.next);
    to.number(this.median);
  }

  load(from: StateReader): void {
    from.into(this.values);
    this.count = from.number();
    this.next = from.number();
    this.median = from.number();
  }

  /** Insertion sort of eight numbers: constant cost, no allocation. */
  private update(): void {
    for (let i = 0; i < this.count; i++) {
      const value = this.values[i];
      let at = i;
      for (; at > 0 && this.sorted[at - 1] > value; at--) this.sorted[at] = this.sorted[at - 1];
      this.sorted[at] = value;
    }
    this.median = this.sorted[this.count >> 1];
  }
}
