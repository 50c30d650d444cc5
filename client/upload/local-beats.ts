import { ROW_SAMPLES } from "../../contracts/beat-csv/format.ts";
import { beatCsvBatches } from "../../contracts/beat-csv/batches.ts";

const BATCH = 512;
/** Values 0 to 1 are kept in this many steps: finer than a screen has rows of pixels, at a quarter of the memory. */
const STEPS = 255;

/** The beats of a file that is on this machine, by their line, to be drawn. */
export class LocalBeats {
  private readonly chunks: { readonly rows: Uint32Array; readonly samples: Uint8Array }[] = [];

  /** Reads a file by the server's own parser; stops without a word where it is no file of beats: the server says so. */
  async read(file: Blob, isWanted: () => boolean): Promise<void> {
    try {
      for await (const { rows, samples } of beatCsvBatches(bytesOf(file), BATCH)) {
        if (!isWanted()) return;
        this.chunks.push({ rows, samples: Uint8Array.from(samples, (value) => Math.round(value * STEPS)) });
        await new Promise((resolve) => setTimeout(resolve));
      }
    } catch {
      // The same error comes from the server, which is who says it.
    }
  }

  /** The samples of the row on this line, 0 to 1; null where it is not known (yet). */
  at(row: number): Float32Array | null {
    for (const { rows, samples } of this.chunks) {
      if (rows.length === 0 || rows[rows.length - 1] < row) continue;
      const index = rows.indexOf(row);
      if (index < 0) return null;
      const own = samples.subarray(index * ROW_SAMPLES, (index + 1) * ROW_SAMPLES);
      return Float32Array.from(own, (value) => value / STEPS);
    }
    return null;
  }
}

/** A blob's bytes; not all browsers can iterate a stream. */
async function* bytesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
}
