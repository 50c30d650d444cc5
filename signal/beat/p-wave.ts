import { WINDOW_R_INDEX as R } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** Where P waves lie: [−240, −64] ms from R. */
const FROM = -30;
const TO = -8;
const LENGTH = TO - FROM;
/** Samples that a P wave may come earlier or later than usual. */
const REACH = 3;
/** The usual P wave is the mean of about so many beats. */
const LEARNED_BEATS = 16;
/** It says nothing before so many. */
const LEAST_BEATS = 4;

const stretch = new Float64Array(LENGTH);

/**
 * What stands before the bed's QRS, averaged: where the atria beat before the ventricles each time, a P wave that each beat is like;
 * in fibrillation waves that come at any time, which the average does not keep.
 */
export class PWave implements Stateful {
  private readonly usual = new Float64Array(LENGTH);
  private seen = 0;

  /**
   * Likeness of a beat's PR segment to that of the beats before it, from 0 (none) to 1; null while too few are known. Learns from the beat
   * where it is of the dominant shape. `window`: [187] mV.
   */
  add(window: Float64Array, dominant: boolean): number | null {
    const likeness = this.seen < LEAST_BEATS ? null : this.likeness(window);
    if (dominant) {
      take(window, 0);
      this.seen++;
      const rate = 1 / Math.min(this.seen, LEARNED_BEATS);
      for (let i = 0; i < LENGTH; i++) this.usual[i] += rate * (stretch[i] - this.usual[i]);
    }
    return likeness;
  }

  save(to: StateWriter): void {
    to.array(this.usual);
    to.number(this.seen);
  }

  load(from: StateReader): void {
    from.into(this.usual);
    this.seen = from.number();
  }

  private likeness(window: Float64Array): number {
    const { usual } = this;
    let best = 0;
    for (let shift = -REACH; shift <= REACH; shift++) {
      take(window, shift);
      let [products, squares, usualSquares] = [0, 1e-9, 1e-9];
      for (let i = 0; i < LENGTH; i++) {
        products += stretch[i] * usual[i];
        squares += stretch[i] * stretch[i];
        usualSquares += usual[i] * usual[i];
      }
      best = Math.max(best, products / Math.sqrt(squares * usualSquares));
    }
    return best;
  }
}

/** Into `stretch`: what lies before the QRS, about the straight line through its ends. */
function take(window: Float64Array, shift: number): void {
  const begin = R + FROM + shift;
  const first = window[begin];
  const slope = (window[begin + LENGTH - 1] - first) / (LENGTH - 1);
  for (let i = 0; i < LENGTH; i++) stretch[i] = window[begin + i] - first - slope * i;
}
