import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** 4.1 s at 125 Hz: a beat waits 2 s at most, its window begins 0.5 s before R, and search-back comes late. */
const LENGTH = 512;
const MASK = LENGTH - 1;

/** The last seconds of a signal, by index at 125 Hz. */
export class SignalRing implements Stateful {
  private readonly values = new Float64Array(LENGTH);
  private begin = 0;
  private next = 0;

  /** Index of the sample that comes next. */
  get end(): number {
    return this.next;
  }

  push(value: number): void {
    this.values[this.next++ & MASK] = value;
  }

  /** Forgets all; the next sample has this index. */
  reset(index: number): void {
    this.begin = index;
    this.next = index;
  }

  /** Copies from index `from` on into `out`; what is not there takes the value of the nearest sample that is, or 0. */
  cut(from: number, out: Float64Array): void {
    if (this.next === this.begin) {
      out.fill(0);
      return;
    }
    const { values, next } = this;
    const oldest = Math.max(this.begin, next - LENGTH);
    if (from >= oldest && from + out.length <= next) {
      for (let i = 0; i < out.length; i++) out[i] = values[(from + i) & MASK];
      return;
    }
    for (let i = 0; i < out.length; i++) out[i] = values[Math.min(Math.max(from + i, oldest), next - 1) & MASK];
  }

  save(to: StateWriter): void {
    to.array(this.values);
    to.number(this.begin);
    to.number(this.next);
  }

  load(from: StateReader): void {
    from.into(this.values);
    this.begin = from.number();
    this.next = from.number();
  }
}
