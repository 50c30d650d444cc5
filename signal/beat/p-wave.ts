import { WINDOW_R_INDEX as R } from "../events.ts";
import type { StateReader, StateWriter, Stateful } from "../state.ts";

/** Where P waves lie: [−240, −64] ms from R. */
const FROM = -30;
const TO = -8;
const LENGTH = TO - FROM;
/** The usual P wave is the mean of about so many beats, and says nothing before so many. */
const LEARNED_BEATS = 16;
const LEAST_BEATS = 4;

/** Of the beat that is looked at. */
const shape = new Float64Array(LENGTH);

/**
 * What stands before a bed's QRS, averaged. Where the atria beat before the ventricles each beat is like the average; the waves of
 * fibrillation come at any time, the average does not keep them, and over some beats the likeness is 0 in the mean, as that of noise is.
 */
export class PWave implements Stateful {
  /** Mean of the shapes, each of unit length. */
  private readonly usual = new Float64Array(LENGTH);
  private seen = 0;

  /**
   * Mean correlation of what stands before a beat with the same of the beats before it, −1 to 1, about a straight line each; null while
   * too few are known. `window`: [187] mV, R at 62; learned from where the beat is of the bed's `dominant` shape.
   */
  add(window: Float64Array, dominant: boolean): number | null {
    const { usual } = this;
    takeShape(window);
    let likeness = 0;
    for (let i = 0; i < LENGTH; i++) likeness += shape[i] * usual[i];
    const isKnown = this.seen >= LEAST_BEATS;
    if (dominant) {
      this.seen++;
      const rate = 1 / Math.min(this.seen, LEARNED_BEATS);
      for (let i = 0; i < LENGTH; i++) usual[i] += rate * (shape[i] - usual[i]);
    }
    return isKnown ? Math.max(-1, Math.min(1, likeness)) : null;
  }

  save(to: StateWriter): void {
    to.array(this.usual);
    to.number(this.seen);
  }

  load(from: StateReader): void {
    from.into(this.usual);
    this.seen = from.number();
  }
}

/** Into `shape`: the stretch about the straight line through its ends, of length 1; zeros where it is flat. */
function takeShape(window: Float64Array): void {
  const begin = R + FROM;
  const first = window[begin];
  const slope = (window[begin + LENGTH - 1] - first) / (LENGTH - 1);
  let squares = 0;
  for (let i = 0; i < LENGTH; i++) {
    const value = window[begin + i] - first - slope * i;
    shape[i] = value;
    squares += value * value;
  }
  const size = Math.sqrt(squares) + 1e-6;
  for (let i = 0; i < LENGTH; i++) shape[i] /= size;
}
