import { BedsideError } from "../../contracts/errors.ts";
import { CHAIN_RATE_HZ } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";

const LENGTH = 1024;
const MASK = LENGTH - 1;
/** 4.1 s: a beat waits 2 s at most, its window begins 0.5 s before R, and search-back comes late. */
const CUT_LENGTH = 512;
/** No longer stretch is asked for: fibrillation is judged by 5 s. */
const KEPT = 5 * CHAIN_RATE_HZ;

/** What is saved, from the oldest sample on. */
const unrolled = new Float64Array(KEPT);

/** The last seconds of a signal, by index at 125 Hz: all that listens to it has it from here, so that a snapshot has it once. */
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
    const oldest = Math.max(this.begin, next - CUT_LENGTH);
    if (from >= oldest && from + out.length <= next) {
      for (let i = 0; i < out.length; i++) out[i] = values[(from + i) & MASK];
      return;
    }
    for (let i = 0; i < out.length; i++) out[i] = values[Math.min(Math.max(from + i, oldest), next - 1) & MASK];
  }

  /** Copies the last samples, 5 s at most, into `out`; false (and `out` untouched) where there are fewer since the last reset. */
  last(out: Float64Array): boolean {
    const { length } = out;
    if (length > this.kept) return false;
    const { values, next } = this;
    for (let i = 0; i < length; i++) out[i] = values[(next - length + i) & MASK];
    return true;
  }

  save(to: StateWriter): void {
    const kept = unrolled.subarray(0, this.kept);
    this.last(kept);
    to.number(this.begin);
    to.number(this.next);
    to.array(kept);
  }

  load(from: StateReader): void {
    this.begin = from.number();
    this.next = from.number();
    const { begin, next, values } = this;
    if (!(Number.isSafeInteger(begin) && Number.isSafeInteger(next) && 0 <= begin && begin <= next)) {
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot holds a signal from sample ${begin} to before ${next}`);
    }
    const kept = unrolled.subarray(0, this.kept);
    from.into(kept);
    for (let i = 0; i < kept.length; i++) values[(next - kept.length + i) & MASK] = kept[i];
  }

  private get kept(): number {
    return Math.min(KEPT, this.next - this.begin);
  }
}
