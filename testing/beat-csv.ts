import { BedsideError } from "../contracts/errors.ts";
import { type BeatCsvLimits, ROW_SAMPLES } from "../contracts/beat-csv/format.ts";
import { createBeatCsvParser } from "../contracts/beat-csv/parser.ts";

export interface Parsed {
  readonly rows: { row: number; label: number; samples: number[] }[];
  readonly rejected: { row: number; reason: string }[];
  /** "CODE: message" of what ended the file. */
  readonly error: string | null;
}

/** All that the parser says of a file given in these pieces. */
export function parsePieces(pieces: readonly (Uint8Array | string)[], limits?: BeatCsvLimits): Parsed {
  const parsed = { rows: [] as Parsed["rows"], rejected: [] as Parsed["rejected"], error: null as string | null };
  const parser = createBeatCsvParser(
    {
      row: (row, samples, label) => parsed.rows.push({ row, label, samples: [...samples] }),
      rejected: (row, reason) => parsed.rejected.push({ row, reason }),
    },
    limits,
  );
  try {
    for (const piece of pieces) parser.push(piece);
    parser.end();
  } catch (error) {
    if (!(error instanceof BedsideError)) throw error;
    parsed.error = `${error.code}: ${error.message}`;
  }
  return parsed;
}

/** A number as numpy's savetxt and Kaggle's files have it: 9.779411554336547852e-01 */
export function scientific(value: number): string {
  const [mantissa, exponent] = value.toExponential(18).split("e");
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, "0")}`;
}

/** A beat that differs by `seed`: a decaying wave from 0 to 1, zeros behind it, in Float32. */
export function beatSamples(seed: number): number[] {
  const length = 90 + ((seed * 37) % 90);
  return Array.from({ length: ROW_SAMPLES }, (_, i) => {
    if (i >= length) return 0;
    return Math.fround(0.5 + 0.5 * Math.cos((i * (1 + (seed % 7))) / 9 + seed) * Math.exp(-i / 60));
  });
}

/** A row as in Kaggle's files. */
export const kaggleRow = (samples: readonly number[], label?: number): string =>
  [...samples, ...(label === undefined ? [] : [label])].map(scientific).join();
