import type { BeatClass } from "../../contracts/beat.ts";

/** Samples of a row, and the rate they are at. */
export const ROW_LENGTH = 187;
export const ROW_RATE_HZ = 125;

const WINDOW = 10 * ROW_RATE_HZ;
/** A row is this many median R-R intervals long: one beat, and the begin of the next. */
const INTERVALS = 1.2;
/** A remainder of a window that is shorter is joined to the window before it. */
const SHORTEST_WINDOW = 200;

/** A beat as annotated; `sample` counts at 125 Hz. */
export interface AnnotatedBeat {
  readonly sample: number;
  readonly beatClass: BeatClass;
}

/**
 * The rows of one recording, as Kachuee, Fazeli & Sarrafzadeh, "ECG heartbeat classification: a deep transferable
 * representation" (ICHI 2018, §II.B) make them: 10-s windows at 125 Hz, amplitude to 0…1 within each; from each R peak a
 * stretch of 1.2 × the window's median R-R interval, cut or padded with zeros to 187 samples.
 *
 * `signal`: one lead at 125 Hz, any unit, finite; `beats` in order. `emit` gets each beat's index in `beats` and its row,
 * valid during the call. R peaks are the annotators' (the paper finds its own and then takes the annotators' labels), and
 * a recording's last beat, whose R-R interval is unknown, has no row: so the published counts come out to the beat.
 */
export function kachueeRows(
  signal: ArrayLike<number>,
  beats: readonly AnnotatedBeat[],
  emit: (index: number, row: Float32Array) => void,
): void {
  const row = new Float32Array(ROW_LENGTH);
  let index = 0;
  for (let from = 0; from < signal.length;) {
    const to = from + WINDOW + SHORTEST_WINDOW > signal.length ? signal.length : from + WINDOW;
    const first = index;
    while (index < beats.length && beats[index].sample < to) index++;
    if (index > first) {
      const { lowest, highest } = rangeOf(signal, from, to);
      const length = Math.min(ROW_LENGTH, Math.round(INTERVALS * medianInterval(beats, first, index)));
      for (let beat = first; beat < Math.min(index, beats.length - 1); beat++) {
        const { sample } = beats[beat];
        const end = Math.min(length, signal.length - sample);
        row.fill(0);
        for (let i = 0; i < end; i++) {
          const value = (signal[sample + i] - lowest) / (highest - lowest || 1);
          // A row may run past its window's end, and so past its range.
          row[i] = Math.min(1, Math.max(0, value));
        }
        emit(beat, row);
      }
    }
    from = to;
  }
}

function rangeOf(signal: ArrayLike<number>, from: number, to: number): { lowest: number; highest: number } {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = from; i < to; i++) {
    lowest = Math.min(lowest, signal[i]);
    highest = Math.max(highest, signal[i]);
  }
  return { lowest, highest };
}

/** Median R-R interval of the beats from `first` to before `end`, their neighbours on either side among them. */
function medianInterval(beats: readonly AnnotatedBeat[], first: number, end: number): number {
  const intervals: number[] = [];
  for (let i = Math.max(1, first); i <= Math.min(end, beats.length - 1); i++) {
    intervals.push(beats[i].sample - beats[i - 1].sample);
  }
  if (intervals.length === 0) return ROW_RATE_HZ;
  intervals.sort((a, b) => a - b);
  const middle = intervals.length >> 1;
  return intervals.length % 2 === 1 ? intervals[middle] : (intervals[middle - 1] + intervals[middle]) / 2;
}
