import { BEAT_CLASSES } from "../../contracts/beat.ts";
import { type RowClassifier, ROW_LENGTH } from "../../model/rows/classifier.ts";

export interface FakeRows extends RowClassifier {
  /** Rows of each call so far. */
  readonly calls: number[];
  /** Calls that have not answered. */
  underWay: number;
}

/** A classifier without weights: a row's class is that of the fifth in which its last sample that is not 0 lies. */
export function createFakeRows(before: () => Promise<void> = async () => {}): FakeRows {
  const fake: FakeRows = {
    info: { name: "fake", hash: "fake00000000", engine: "fake" },
    calls: [],
    underWay: 0,
    async classify(rows, count) {
      fake.calls.push(count);
      fake.underWay++;
      await before();
      fake.underWay--;
      const probabilities = new Float32Array(count * BEAT_CLASSES.length).fill(0.05);
      for (let row = 0; row < count; row++) {
        const last = rows.subarray(row * ROW_LENGTH, (row + 1) * ROW_LENGTH).findLastIndex((value) => value !== 0);
        probabilities[row * BEAT_CLASSES.length + fakeClass(last)] = 0.8;
      }
      return probabilities;
    },
    close: async () => {},
  };
  return fake;
}

/** What the fake says of a row whose last sample that is not 0 is at `last`. */
export const fakeClass = (last: number): number => Math.max(0, Math.floor((last * BEAT_CLASSES.length) / ROW_LENGTH));
