import { open } from "node:fs/promises";
import { LABELS, type RowSet } from "./dataset.ts";
import { ROW_LENGTH } from "./rows.ts";

const ZERO = "0.000000000000000000e+00";
/** Rows that are written at once. */
const CHUNK = 256;

/**
 * Writes rows as Kaggle's mitbih_train.csv and mitbih_test.csv have them: 187 samples and the label, no header, each
 * number with 18 decimals and an exponent of two digits (NumPy's `savetxt`); and beside it a file of where each row
 * comes from: its line, record, beat of that record and R peak (sample at the record's own rate).
 */
export async function writeRowsCsv(
  set: RowSet,
  indices: Uint32Array,
  file: string,
  sourcesFile: string,
  onRows: (done: number) => void = () => {},
): Promise<void> {
  const [rows, sources] = await Promise.all([open(file, "w"), open(sourcesFile, "w")]);
  try {
    await sources.write("row,record,beat,sample,class\n");
    for (let from = 0; from < indices.length; from += CHUNK) {
      const some = indices.subarray(from, from + CHUNK);
      await rows.write(Array.from(some, (index) => lineOf(set, index)).join(""));
      const told = Array.from(some, (index, i) =>
        [from + i + 1, set.records[index], set.beats[index], set.samples[index], LABELS[set.labels[index]]].join(","),
      );
      await sources.write(`${told.join("\n")}\n`);
      onRows(from + some.length);
    }
  } finally {
    await Promise.all([rows.close(), sources.close()]);
  }
}

function lineOf({ rows, labels }: RowSet, index: number): string {
  const cells = Array.from(rows.subarray(index * ROW_LENGTH, (index + 1) * ROW_LENGTH), exponential);
  return `${cells.join(",")},${exponential(labels[index])}\n`;
}

/** C's %.18e. Padding is most of a file. */
function exponential(value: number): string {
  if (value === 0) return ZERO;
  const [mantissa, exponent] = value.toExponential(18).split("e");
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}
