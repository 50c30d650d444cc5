import fc from "fast-check";
import { expect, test } from "vitest";
import { beatCsvBatches } from "./batches.ts";
import { beatSamples, kaggleRow, parsePieces, type Parsed, scientific } from "../../testing/beat-csv.ts";
import { BEAT_CSV_LIMITS } from "./format.ts";

const sample = fc.float({ min: 0, max: 1, noNaN: true }).map(Math.abs);
const written = fc.oneof(
  sample.map(scientific),
  sample.map(String),
  sample.map((value) => value.toFixed(6)),
  sample.map((value) => value.toExponential()),
  fc.double({ min: 0, max: 1, noNaN: true }).map((value) => String(Math.abs(value))),
  fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.nat(30))
    .map(([digits, zeros]) => `0.${"0".repeat(zeros)}${digits}`),
  fc.tuple(fc.bigInt({ min: 1n, max: 10n ** 20n }), fc.integer({ min: 21, max: 50 })).map(([n, e]) => `${n}e-${e}`),
  fc.bigInt({ min: 10n ** 17n, max: 10n ** 20n - 1n }).map((n) => `${n}e-20`),
);
/** The first row of a file is always read as text: these rows come behind one, and are read from their bytes. */
const secondRow = (text: string, before = kaggleRow(beatSamples(1))): Parsed["rows"][number] => {
  const { rows, rejected, error } = parsePieces([`${before}\n${text}\n`]);
  expect({ rejected, error }).toEqual({ rejected: [], error: null });
  return rows[1];
};
/** A row of these cells and of A's samples for the rest. */
const filled = (cells: readonly string[]): string => [...cells, ...beatSamples(1).slice(cells.length)].join();

test("a number is what JavaScript reads, to half a unit of a Float32's last place", () => {
  fc.assert(
    fc.property(fc.array(written, { minLength: 1, maxLength: 187 }), (cells) => {
      const { samples } = secondRow(filled(cells));
      cells.forEach((text, at) => {
        const exact = Number(text);
        const spacing = Math.max(2 ** -149, 2 ** (Math.floor(Math.log2(exact)) - 23));
        expect(Math.abs(samples[at] - exact)).toBeLessThanOrEqual(0.5000001 * spacing);
      });
    }),
    { numRuns: 300 },
  );
});

test("a number in numpy's form beside the middle of two Float32s goes to the nearer one", () => {
  const mantissas = fc.array(fc.integer({ min: 2 ** 23, max: 2 ** 24 - 1 }), { minLength: 187, maxLength: 187 });
  fc.assert(
    fc.property(mantissas, fc.constantFrom(-1e-6, 1e-6), (whole, aside) => {
      const text = whole.map((mantissa) => scientific((mantissa + 0.5 + aside) / 2 ** 24)).join();
      const nearer = whole.map((mantissa) => (mantissa + Number(aside > 0)) / 2 ** 24);
      expect(secondRow(text).samples).toEqual(nearer);
    }),
  );
});

test("a Float32 that was written with enough digits comes back as it was", () => {
  fc.assert(
    fc.property(fc.array(sample, { minLength: 187, maxLength: 187 }), fc.boolean(), (samples, kaggle) => {
      const rowOf = (all: readonly number[]): string => (kaggle ? kaggleRow(all, 3) : `${all.join(";")};3`);
      expect(secondRow(rowOf(samples), rowOf(beatSamples(1)))).toEqual({ row: 2, label: 3, samples });
    }),
  );
});

const rowLine = fc
  .tuple(fc.nat(50), fc.nat(4), fc.boolean())
  .map(([seed, label, kaggle]) =>
    kaggle ? kaggleRow(beatSamples(seed), label) : [...beatSamples(seed), label].join(),
  );
const anyLine = fc.oneof(
  { weight: 4, arbitrary: rowLine },
  { weight: 1, arbitrary: rowLine.map((line) => line.replace("0", "ä€😀")) },
  { weight: 1, arbitrary: rowLine.map((line) => `"${line.replaceAll(",", '","')}"`) },
  { weight: 1, arbitrary: fc.nat(300).map((length) => Array(length).fill("0.5").join()) },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "x".repeat(9000), "0,\u00001", Array(188).fill("name").join()) },
);
const anyFile = fc
  .tuple(
    fc.constantFrom("", "\uFEFF"),
    fc.array(fc.tuple(anyLine, fc.constantFrom("\n", "\r\n", "\r")), { maxLength: 6 }),
    fc.constantFrom<BufferEncoding>("utf8", "utf16le"),
  )
  .map(([mark, lines, encoding]) => new Uint8Array(Buffer.from(mark + lines.flat().join(""), encoding)));
const limits = { ...BEAT_CSV_LIMITS, maxLineBytes: 8192, maxRows: 5, maxBytes: 40_000 };

function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => Math.floor(place * bytes.length)), bytes.length].toSorted((a, b) => a - b);
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

test("wherever a file is cut, the result is the same", () => {
  fc.assert(
    fc.property(anyFile, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 40 }), (bytes, places) => {
      const whole = parsePieces([bytes], limits);
      expect(parsePieces(cut(bytes, places), limits)).toEqual(whole);
    }),
    { numRuns: 300 },
  );
});

test("byte by byte", () => {
  fc.assert(
    fc.property(anyFile, (bytes) => {
      const pieces = Array.from(bytes, (byte) => Uint8Array.of(byte));
      expect(parsePieces(pieces, limits)).toEqual(parsePieces([bytes], limits));
    }),
    { numRuns: 40 },
  );
});

test("text cut anywhere is what its bytes are", () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 3 }), fc.nat(), (lines, place) => {
      const text = lines.join("\n");
      const at = place % (text.length + 1);
      const bytes = new TextEncoder().encode(text);
      expect(parsePieces([text.slice(0, at), text.slice(at)], limits)).toEqual(parsePieces([bytes], limits));
    }),
  );
});

test("no bytes make it fail but by an error of its own, and each line is told once, in order", () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2000 }),
    fc
      .array(fc.constantFrom(...'0123456789.eE+-,;\t"\r\n Nx\uFEFF'), { maxLength: 4000 })
      .map((all) => Buffer.from(all.join(""))),
  );
  fc.assert(
    fc.property(bytes, (file) => {
      const { rows, rejected, error } = parsePieces([file]);
      const told = [...rows, ...rejected].map(({ row }) => row).toSorted((a, b) => a - b);
      expect(new Set(told).size).toBe(told.length);
      expect(error === null || /^(BAD_CSV|TOO_LARGE): /.test(error)).toBe(true);
      expect(told.length > 0 || error !== null).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("batches hold what the parser says, whatever their size", async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, fc.integer({ min: 1, max: 5 }), async (bytes, size) => {
      const got: Parsed = { rows: [], rejected: [], error: null };
      let error: string | null = null;
      const chunks = async function* () {
        yield* cut(bytes, [0.3, 0.6]);
      };
      try {
        for await (const batch of beatCsvBatches(chunks(), size, limits)) {
          expect(batch.count).toBeLessThanOrEqual(size);
          expect(batch.samples).toHaveLength(batch.count * 187);
          for (let at = 0; at < batch.count; at++) {
            const samples = [...batch.samples.subarray(at * 187, (at + 1) * 187)];
            got.rows.push({ row: batch.rows[at], label: batch.labels[at], samples });
          }
          got.rejected.push(...batch.rejected);
          expect(batch.counts.rows).toBeGreaterThanOrEqual(got.rows.length);
        }
      } catch (cause) {
        const { code, message } = cause as { code: string; message: string };
        error = `${code}: ${message}`;
      }
      expect({ ...got, error }).toEqual(parsePieces([bytes], limits));
    }),
  );
});
