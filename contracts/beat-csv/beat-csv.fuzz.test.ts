import { expect, test } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { anyFile, SAMPLES, table, toldOf } from "../../testing/fuzz/beat-csv.ts";

/** Files whose cells are known, and files of any bytes. */
const TABLES = 4000;
const BYTES = 6000;

/** The number that a cell means to whoever wrote it; NaN for what is none. */
function meaning(text: string): number {
  const bare = text.replaceAll('"', "").trim().replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(bare) ? Number(bare) : Number.NaN;
}

test(
  `${TABLES} tables, mutated: a row that is taken has its 187 samples as they were written`,
  { timeout: 600_000 },
  () => {
    const random = createRandom(1, "tables");
    let taken = 0;
    let files = 0;
    for (let at = 0; at < TABLES; at++) {
      const { pieces, meant } = table(random);
      const { rows, faults } = toldOf(pieces);
      expect(faults).toEqual([]);
      for (const { row, samples } of rows) {
        const wanted = meant.get(row)?.map(meaning) ?? [];
        const isSame = wanted.length === SAMPLES && wanted.every((value, i) => Math.abs(value - samples[i]) <= 2e-6);
        if (!isSame)
          expect({ at, row, samples, first: Buffer.from(pieces[0]).toString("utf8", 0, 400) }).toEqual(wanted);
      }
      taken += rows.length;
      files += Number(rows.length > 0);
    }
    // Most are files as people have them: what refuses all would be found out here.
    expect(files).toBeGreaterThan(TABLES / 2);
    expect(taken).toBeGreaterThan(TABLES * 2);
  },
);

test(`${BYTES} files of any bytes, and of known ones with bytes changed: an answer each`, { timeout: 600_000 }, () => {
  const random = createRandom(2, "bytes");
  for (let at = 0; at < BYTES; at++)
    expect({ at, faults: toldOf(anyFile(random, at % 3)).faults }).toEqual({ at, faults: [] });
});
