import { expect, test } from "vitest";
import { beatSamples, kaggleRow, parsePieces } from "../../testing/beat-csv.ts";

const GOOD = kaggleRow(beatSamples(1), 2);
const wave = (i: number): string => (Math.sin(i / 20) * 0.8).toFixed(4);
const many = (line: (i: number) => string, count = 3000): string =>
  `${Array.from({ length: count }, (_, i) => line(i)).join("\n")}\n`;
const edf = `${"0".padEnd(8)}${"X X X X".padEnd(80)}${"Startdate 25-NOV-2026 X X X".padEnd(80)}25.11.2622.55.41768     EDF+C`;
const outcome = (pieces: readonly (Uint8Array | string)[]): { error: string | null; told: number } => {
  const { rows, rejected, error } = parsePieces(pieces);
  return { error, told: rows.length + rejected.length };
};

test.each([
  ["one column", many(wave)],
  ["one column of decimal commas", many((i) => wave(i).replace(".", ","))],
  ["ADC values", many(() => "512")],
  ["a serial log with lines of text", many((i) => (i % 50 === 0 ? "!" : "512"))],
  ["time and sample", `time,ecg\n${many((i) => `${i / 250},${wave(i)}`)}`],
  ["time and sample between spaces", many((i) => `${(i / 250).toFixed(3)}  ${wave(i)}`)],
  [
    "a head of keys and values",
    `Name,X Y\nDate of Birth,"1 Jan 1980"\nSample Rate,512 hertz\n\nUnit,µV\n\n${many(wave)}`,
  ],
  [
    "timestamps",
    `Phone timestamp;sensor [ns];ecg [uV]\n${many((i) => `2026-01-02T03:04:05.${i % 1000};5996${i};${i}`)}`,
  ],
  ["times of day, decimal commas", `Zeit;Kanal1\n${many((i) => `00:00:${i % 60},004;${wave(i).replace(".", ",")}`)}`],
  ["twelve leads", many((i) => Array(13).fill(wave(i)).join("\t"))],
  ["a few lines", many(wave, 12)],
  ["a lead a line", many(() => Array(5000).fill("0.125").join(), 12)],
  ["a lead a line, too long for one", many(() => Array(50_000).fill("0.125").join(), 2)],
  ["EDF", edf],
  ["BDF", "\u00FFBIOSEMI".padEnd(300)],
])("a continuous recording (%s) is known as one, in one line that says what to do", (_name, text) => {
  const { error, told } = outcome([Buffer.from(text, "latin1")]);
  expect(error).toMatch(/^BAD_CSV: this .*continuous recording.*WFDB.*187 samples at 125 Hz[^\n]*$/);
  expect(told).toBe(0);
});

const latin = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));
test.each([
  ["gzip", latin("\u001F\u008B\u0008\0"), /gzip/],
  ["zip", latin("PK\u0003\u0004\u0014\0"), /zip archive or an Excel workbook/],
  ["bzip2", latin("BZh91AY&SY"), /bzip2/],
  ["xz", latin("\u00FD7zXZ\0\0"), /xz/],
  ["zstd", latin("\u0028\u00B5\u002F\u00FD"), /zstd/],
  ["an old workbook", latin("\u00D0\u00CF\u0011\u00E0\u00A1"), /Excel/],
  ["PNG", latin("\u0089PNG\r\n\u001A\n"), /picture/],
  ["PDF", latin("%PDF-1.7\n"), /PDF/],
  ["MATLAB", latin("MATLAB 5.0 MAT-file, Platform"), /MATLAB/],
  ["HDF5", latin("\u0089HDF\r\n\u001A\n"), /HDF5/],
  ["NumPy", latin("\u0093NUMPY\u0001\0v\0{'descr'"), /NumPy/],
  ["UTF-32", latin("\u00FF\u00FE\0\u00000\0\0\0"), /UTF-32/],
  ["JSON", latin('{"samples": [0.1, 0.2]}'), /JSON/],
  ["JSON, rows alone", latin("[[0.1, 0.2]]"), /JSON/],
  ["XML", latin('<?xml version="1.0"?>\n<AnnotatedECG>'), /XML/],
  ["HTML", latin("<!DOCTYPE html>\n<html>"), /HTML/],
  ["control characters", latin("abc\u0001\u0002"), /not a text file/],
  ["a zero byte", latin("abc\0"), /not a text file/],
  ["text", latin("a text\nof two lines\n"), /no line has the 187 cells of a beat \(line 1 has 1\)/],
  ["many lines of text", latin(many(() => "lorem ipsum", 5000)), /no line has the 187 cells/],
  ["a line of separators alone", latin(",".repeat(60_000)), /no line has the 187 cells of a beat \(line 1 has 60001\)/],
  ["a line of quotes", latin(many(() => '"'.repeat(100))), /no line has the 187 cells/],
  [
    "one endless line",
    latin("lorem ipsum ".repeat(10_000)),
    /no line has the 187 cells of a beat \(line 1 is too long\)/,
  ],
  ["beats of another length", latin(many(() => Array(140).fill("0.5").join(), 30)), /\(line 1 has 140\)/],
  [
    "nothing but rows that are refused",
    latin(many(() => Array(188).fill("7").join(), 30)),
    /all of its 30 rows were refused \(line 1: cell 1 is 7, outside 0 to 1/,
  ],
])("%s: one line that says what it is", (_name, bytes, message) => {
  const { error } = outcome([bytes]);
  expect(error).toMatch(/^BAD_CSV: [^\n]+$/);
  expect(error).toMatch(message);
});

test("lines before the first row cost nothing but themselves", () => {
  const { rows, rejected, error } = parsePieces([`# made by hand\nlead;II\n${GOOD}\n${GOOD}`]);
  expect(error).toBeNull();
  expect([rows.map(({ row }) => row), rejected.map(({ row }) => row)]).toEqual([
    [3, 4],
    [1, 2],
  ]);
});

const LINE_ENDS = 20_000_000;
test.each(["\n", "\r\n", "\r", " \n", "\t \n"])(
  "20 MB of blank lines (%j) are passed by, and counted",
  (blank) => {
    const lines = Math.floor(LINE_ENDS / blank.length);
    const { rows, rejected, error } = parsePieces([blank.repeat(lines), GOOD]);
    expect({ rejected, error }).toEqual({ rejected: [], error: null });
    expect(rows.map(({ row }) => row)).toEqual([lines + 1]);
  },
  20_000,
);

test("a quote that never closes, and lines without end, cost their row alone", () => {
  const parsed = parsePieces([
    `${GOOD}\n"${"0.5,".repeat(187)}\n${"0".repeat(200_000)}\n${",".repeat(60_000)}\n${GOOD}`,
  ]);
  expect(parsed.error).toBeNull();
  expect(parsed.rows.map(({ row }) => row)).toEqual([1, 5]);
  expect(parsed.rejected.map(({ row }) => row)).toEqual([2, 3, 4]);
});
