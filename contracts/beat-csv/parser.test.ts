import { describe, expect, test } from "vitest";
import { beatSamples, kaggleRow, parsePieces } from "../../testing/beat-csv.ts";
import { BEAT_CSV_LIMITS } from "./format.ts";

const A = beatSamples(1);
const B = beatSamples(2);
const plain = (samples: readonly number[]): string => samples.join();
const asBytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string) => parsePieces([asBytes(text)]);
/** What two rows of A and B, labelled 0 and 4, come to. */
const both = (rows = [1, 2], labels = [0, 4]) => ({
  rows: [
    { row: rows[0], label: labels[0], samples: A },
    { row: rows[1], label: labels[1], samples: B },
  ],
  rejected: [],
  error: null,
});
const NO_LABELS = [-1, -1];

describe("layouts", () => {
  test("Kaggle's own, each number as numpy writes it", () => {
    expect(parse(`${kaggleRow(A, 0)}\n${kaggleRow(B, 4)}\n`)).toEqual(both());
  });

  test("without labels", () => {
    expect(parse(`${kaggleRow(A)}\n${kaggleRow(B)}\n`)).toEqual(both([1, 2], NO_LABELS));
    expect(parse(`${plain(A)}\n${plain(B)}`)).toEqual(both([1, 2], NO_LABELS));
  });

  const names = Array.from({ length: 187 }, (_, i) => `sample_${i}`).join();
  const numbers = Array.from({ length: 188 }, (_, i) => i);
  test.each([
    ["names", `${names},label`, `${plain(A)},0`, `${plain(B)},4`, [0, 4]],
    ["pandas' numbers", `${numbers.join()}`, `${plain(A)},0.0`, `${plain(B)},4.0`, [0, 4]],
    ["numbers behind an index", `,${numbers.join()}`, `0,${plain(A)},0`, `1,${plain(B)},4`, [0, 4]],
    ["an index without labels", `index,${names}`, `0,${plain(A)}`, `1,${plain(B)}`, NO_LABELS],
    ["R's, without a name for the index", names, `1,${plain(A)}`, `2,${plain(B)}`, NO_LABELS],
    ["no labels", names, plain(A), plain(B), NO_LABELS],
  ])("a header: %s", (_name, header, first, second, labels) => {
    expect(parse(`${header}\n${first}\n${second}\n`)).toEqual(both([2, 3], labels));
  });

  test.each([
    ["0, 1", 0, 1],
    ["5, 6", 5, 6],
    ["a shuffled one", 5123, 88],
  ])("an index without a header: %s", (_name, first, second) => {
    expect(parse(`${first},${plain(A)}\n${second},${plain(B)}`)).toEqual(both([1, 2], NO_LABELS));
    expect(parse(`${first},${plain(A)},0\n${second},${plain(B)},4`)).toEqual(both());
  });

  test("a whole number as the first sample is no index", () => {
    const one = [1, ...A.slice(1)];
    expect(parse(`${plain(one)},0\n${plain(B)},4`).rows.map(({ label }) => label)).toEqual([0, 4]);
    expect(parse(`${plain(one)},3`)).toEqual({ rows: [{ row: 1, label: 3, samples: one }], rejected: [], error: null });
    expect(parse(`${plain(one)},3\n\n1,2,3`).rows).toHaveLength(1);
  });

  test("an index above 1 in a single row", () => {
    expect(parse(`7,${plain(A)}`).rows).toEqual([{ row: 1, label: -1, samples: A }]);
  });
});

describe("forms", () => {
  const rows = [`${plain(A)},0`, `${plain(B)},4`];
  const german = rows.map((row) => row.replaceAll(",", ";").replaceAll(".", ","));
  test.each([
    ["semicolons", rows.map((row) => row.replaceAll(",", ";")).join("\n")],
    ["semicolons and decimal commas", german.join("\n")],
    ["tabs", rows.map((row) => row.replaceAll(",", "\t")).join("\n")],
    ["tabs and decimal commas", german.map((row) => row.replaceAll(";", "\t")).join("\n")],
    ["quotes", rows.map((row) => row.replace(/[^,]+/g, '"$&"')).join("\n")],
    ["quotes and decimal commas", german.map((row) => row.replace(/[^;]+/g, '"$&"').replaceAll(";", ",")).join("\n")],
    ["spaces", rows.map((row) => ` ${row.replaceAll(",", " , ")} `).join("\n")],
    ["Windows line ends", `${rows.join("\r\n")}\r\n`],
    ["old Macintosh line ends", `${rows.join("\r")}\r`],
    ["empty lines behind", `${rows.join("\n")}\n\n \n\r\n`],
    ["capital exponents and signs", rows.map((row) => row.replaceAll("0.", "+0.").replaceAll("e-", "E-")).join("\n")],
    ["no zero before the point", rows.map((row) => row.replaceAll("0.", ".")).join("\n")],
    ["labels as letters", `${plain(A)},N\n${plain(B)},Q`],
    ["labels as fractions", `${plain(A)},0.000\n${plain(B)},4.`],
    ["a byte-order mark", `\uFEFF${rows.join("\n")}`],
  ])("%s", (_name, text) => {
    expect(parse(text)).toEqual(both());
  });

  test("empty lines between count as lines", () => {
    expect(parse(`\n${rows[0]}\n\n${rows[1]}`)).toEqual(both([2, 4]));
  });

  test.each(["utf-16le", "utf-16be"])("%s, with and without byte-order mark", (name) => {
    const encode = (text: string): Uint8Array => {
      const bytes = Buffer.from(text, "utf16le");
      return name === "utf-16be" ? bytes.swap16() : bytes;
    };
    const text = `${rows.join("\r\n")}\r\n`;
    expect(parsePieces([encode(`\uFEFF${text}`)])).toEqual(both());
    expect(parsePieces([encode(text)])).toEqual(both());
  });

  test("an empty label is none", () => {
    expect(parse(`${plain(A)},\n${plain(B)},4`)).toEqual(both([1, 2], [-1, 4]));
  });

  test("rounding beyond 0 and 1 is 0 and 1", () => {
    const [row] = parse(plain([-1e-7, 1.0000001, ...A.slice(2)])).rows;
    expect(row.samples.slice(0, 2)).toEqual([0, 1]);
  });
});

describe("refused rows", () => {
  const good = `${plain(A)},0`;
  const withCell = (text: string): string => `${plain(A.slice(0, 4))},${text},${plain(A.slice(5))},0`;
  test.each([
    ["too short", plain(A.slice(0, 100)), "100 cells, where this file's rows have 188"],
    ["too long", `${good},1,1`, "190 cells, where this file's rows have 188"],
    ["one cell", "hello", "1 cell, where this file's rows have 188"],
    ["text", withCell("n/a"), 'cell 5 is "n/a", not a number'],
    ["text that does something", withCell("\u0007<b>"), 'cell 5 is "\uFFFD<b>", not a number'],
    ["long text", withCell("x".repeat(99)), `cell 5 is "${"x".repeat(24)}…", not a number`],
    ["two points", withCell("0.5.5"), 'cell 5 is "0.5.5", not a number'],
    ["an exponent without digits", withCell("5e-"), 'cell 5 is "5e-", not a number'],
    ["NaN", withCell("NaN"), "cell 5 has no value (NaN)"],
    ["infinity", withCell("-inf"), "cell 5 has no value (-inf)"],
    ["empty", withCell(""), "cell 5 is empty"],
    ["separators alone", ",".repeat(187), "cell 1 is empty"],
    ["above 1", withCell("1.5"), "cell 5 is 1.5, outside 0 to 1: scale rows as Kaggle's are"],
    ["below 0", withCell("-0.2"), "cell 5 is -0.2, outside 0 to 1: scale rows as Kaggle's are"],
    ["far above 1", withCell("1e999"), "cell 5 is 1e999, outside 0 to 1: scale rows as Kaggle's are"],
    ["label 5", `${plain(A)},5`, 'the label is "5", not one of 0 to 4 or N, S, V, F, Q'],
    ["label 1.5", `${plain(A)},1.5`, 'the label is "1.5", not one of 0 to 4 or N, S, V, F, Q'],
    ["label x", `${plain(A)},x`, 'the label is "x", not one of 0 to 4 or N, S, V, F, Q'],
    ["a quote that stays open", `"${good}`, "1 cell, where this file's rows have 188"],
    ["too many bytes", "1".repeat(70_000), "the line is longer than 65,536 bytes"],
  ])("%s", (_name, line, reason) => {
    expect(parse(`${good}\n${line}\n${plain(B)},4`)).toEqual({ ...both([1, 3]), rejected: [{ row: 2, reason }] });
  });

  test("before the layout is known", () => {
    const reason = "2 cells, where this file's rows have 188";
    const parsed = parse(`1;2\n${"x".repeat(70_000)}\n${good}`);
    expect(parsed.rejected[0]).toEqual({ row: 1, reason });
    expect(parsed.rejected[1]).toEqual({ row: 2, reason: "the line is longer than 65,536 bytes" });
    expect(parsed.rows).toHaveLength(1);
  });

  test("an index that is none", () => {
    const parsed = parse([1, 2, 3, 4, "b7"].map((index) => `${index},${good}`).join("\n"));
    expect(parsed.rejected).toEqual([{ row: 5, reason: 'the index in cell 1 is "b7", not a whole number' }]);
  });

  test("a row without the label that others have", () => {
    expect(parse(`${good}\n${kaggleRow(B)}`).rejected).toEqual([
      { row: 2, reason: "187 cells, where this file's rows have 188" },
    ]);
  });

  test("a row with one cell more than a file without labels has, in Kaggle's form", () => {
    expect(parse(`${kaggleRow(A)}\n${kaggleRow(B, 4)}\n${kaggleRow(B, 4)},`).rejected).toEqual([
      { row: 2, reason: "188 cells, where this file's rows have 187" },
      { row: 3, reason: "189 cells, where this file's rows have 187" },
    ]);
  });
});

describe("refused files", () => {
  const good = `${kaggleRow(A, 0)}\n`;
  const limits = { ...BEAT_CSV_LIMITS, maxBytes: good.length * 2, maxRows: 3 };
  test.each([
    ["nothing", [], "BAD_CSV: the file is empty: give one beat a line"],
    ["blank lines", ["\n \r\n"], "BAD_CSV: the file has no rows: give one beat a line"],
    [
      "a header",
      [`${Array(188).fill("x").join()}\n`],
      "BAD_CSV: the file has a header and no rows: give one beat a line",
    ],
    ["an Excel workbook", ["PK\u0003\u0004…"], /^BAD_CSV: .*Excel/],
    ["gzip", [Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2)], /^BAD_CSV: .*gzip/],
    ["an image", [Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13)], /^BAD_CSV: .*picture/],
  ])("%s", (_name, pieces, error) => {
    const parsed = parsePieces(pieces);
    expect(parsed).toMatchObject({ rows: [], error: typeof error === "string" ? error : expect.stringMatching(error) });
  });

  test("a zero byte, behind rows that were taken", () => {
    const parsed = parsePieces([good, Uint8Array.of(48, 0)]);
    expect(parsed).toMatchObject({ rows: [{ row: 1 }], error: expect.stringMatching(/^BAD_CSV/) });
  });

  test("too many bytes", () => {
    expect(parsePieces([good + good], limits).error).toBeNull();
    const parsed = parsePieces([good + good + good], limits);
    expect(parsed.rows).toHaveLength(2);
    expect(parsed.error).toMatch(/^TOO_LARGE: the file has more than 9,\d\d\d bytes/);
  });

  test("too many rows, refused ones among them", () => {
    const parsed = parsePieces([`${good}1\n2\n3\n`], limits);
    expect(parsed.rows.length + parsed.rejected.length).toBe(3);
    expect(parsed.error).toBe("TOO_LARGE: the file has more than 3 rows: give it in parts");
  });
});
