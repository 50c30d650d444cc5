/** A point of the line; `starts` where it does not join the point before. */
export type EmitPoint = (x: number, value: number, starts: boolean) => void;

/** Samples that have a value at each position, NaN where missing. */
export interface Samples {
  at(position: number): number;
}

/**
 * The points that draw samples [from, to) as a line, x = left + (position − from) · pxPerSample, no more than four a pixel
 * column: its first, lowest, highest and last, in order of time, which gives the very pixels of the full line (Jugel et
 * al., M4: A Visualization-Oriented Time Series Data Aggregation, PVLDB 7(10), 2014). A missing sample breaks the line.
 */
export function linePoints(
  samples: Samples,
  from: number,
  to: number,
  left: number,
  pxPerSample: number,
  emit: EmitPoint,
): void {
  let broken = true;
  let position = from;
  while (position < to) {
    const column = Math.floor(left + (position - from) * pxPerSample);
    let first = -1;
    let lowest = -1;
    let highest = -1;
    let last = -1;
    let missing = false;
    for (; position < to && Math.floor(left + (position - from) * pxPerSample) === column; position++) {
      const value = samples.at(position);
      if (Number.isNaN(value)) {
        missing = true;
        break;
      }
      if (first < 0) first = lowest = highest = position;
      if (value < samples.at(lowest)) lowest = position;
      if (value > samples.at(highest)) highest = position;
      last = position;
    }
    let done = -1;
    const put = (at: number): void => {
      if (at <= done) return;
      emit(left + (at - from) * pxPerSample, samples.at(at), broken);
      broken = false;
      done = at;
    };
    if (first >= 0) {
      put(first);
      put(Math.min(lowest, highest));
      put(Math.max(lowest, highest));
      put(last);
    }
    if (missing) {
      broken = true;
      position++;
    }
  }
}

/** Calls `emit` with each run [from, to) of missing samples within [from, to). */
export function missingRuns(
  samples: Samples,
  from: number,
  to: number,
  emit: (from: number, to: number) => void,
): void {
  let since = -1;
  for (let position = from; position < to; position++) {
    const missing = Number.isNaN(samples.at(position));
    if (missing && since < 0) since = position;
    if (!missing && since >= 0) {
      emit(since, position);
      since = -1;
    }
  }
  if (since >= 0) emit(since, to);
}
