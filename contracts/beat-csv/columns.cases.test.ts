import { expect, test } from "vitest";
import { beatSamples, kaggleRow, parsePieces, type Parsed } from "../../testing/beat-csv.ts";

/** Beats scaled from 0 to 1 that begin at their R peak, as Kaggle's do, or shortly before it. */
const BEATS = Array.from({ length: 20 }, (_, i) => {
  const samples = beatSamples(i);
  const top = Math.max(...samples);
  return samples.map((value) => Number((value / top).toFixed(5)));
});
const LABELS = BEATS.map((_, i) => [2, 4, 1, 0, 0, 3][i % 6]);
const parse = (lines: readonly string[]): Parsed => parsePieces([new TextEncoder().encode(lines.join("\n"))]);
const names = (stem: string, from = 0): string[] => Array.from({ length: 187 }, (_, i) => `${stem}${i + from}`);
type Column = (i: number) => string | number;
/** Lines of beats whose columns `before`, within (behind the 90th sample) and `behind` are these. */
const table = (before: readonly Column[], behind: readonly Column[] = [], within: readonly Column[] = []): string[][] =>
  BEATS.map((beat, i) => [
    ...before.map((column) => String(column(i))),
    ...beat.slice(0, 90).map(String),
    ...within.map((column) => String(column(i))),
    ...beat.slice(90).map(String),
    ...behind.map((column) => String(column(i))),
  ]);
const label: Column = (i) => LABELS[i];
const time: Column = (i) => (i * 0.8).toFixed(3);
const rrS: Column = (i) => (0.7 + 0.1 * Math.sin(i * 2.3)).toFixed(3);
const lines = (rows: readonly (readonly string[])[], separator = ","): string[] =>
  rows.map((row) => row.join(separator));

/** Every beat as it was written, with its label. */
const beatsWith = (labels: readonly number[]) => ({
  beats: BEATS.map((beat, i) => ({ label: labels[i], samples: Array.from(Float32Array.from(beat)) })),
  rejected: [],
  error: null,
});
const told = ({ rows, rejected, error }: Parsed) => ({
  beats: rows.map(({ label, samples }) => ({ label, samples })),
  rejected,
  error,
});
const NO_LABELS = LABELS.map(() => -1);

const labelNames = ["label", "Class", "TARGET", " y ", "beat_type", "beatClass", "AAMI class", "symbol", "annotation"];
test.each(labelNames)("a label named %j is known by its name, wherever it stands", (name) => {
  expect(told(parse([[name, ...names("")].join(), ...lines(table([label]))]))).toEqual(beatsWith(LABELS));
  expect(told(parse([[...names("s"), name].join(), ...lines(table([], [label]))]))).toEqual(beatsWith(LABELS));
  const middle = [...names("V", 1).slice(0, 90), name, ...names("V", 1).slice(90)].join();
  expect(told(parse([middle, ...lines(table([], [], [label]))]))).toEqual(beatsWith(LABELS));
});

const otherNames = [
  "patient",
  "Patient ID",
  "time",
  "time_s",
  "RR [s]",
  "rr_s",
  "beat",
  "id",
  "recordName",
  "hr",
  "",
  "#",
];
test.each(otherNames)("a column named %j is passed over, with a label or without", (name) => {
  const number: Column = (i) => i % 2;
  expect(told(parse([[name, ...names("t")].join(), ...lines(table([number]))]))).toEqual(beatsWith(NO_LABELS));
  expect(told(parse([[...names("t"), name].join(), ...lines(table([], [number]))]))).toEqual(beatsWith(NO_LABELS));
  expect(told(parse([[name, "label", ...names("t")].join(), ...lines(table([rrS, label]))]))).toEqual(
    beatsWith(LABELS),
  );
  expect(told(parse([["label", ...names("t"), name].join(), ...lines(table([label], [rrS]))]))).toEqual(
    beatsWith(LABELS),
  );
});

const head = ["patient", "time", "rr_s", "label", ...names("s")];
const rows = table([(i) => `p${i}`, time, rrS, label]);
test.each([
  ["quotes", [head.map((name) => `"${name}"`).join(), ...lines(rows)]],
  [
    "quotes with separators in them",
    [["patient, by name", ...head.slice(1)].map((name) => `"${name}"`).join(), ...lines(rows)],
  ],
  ["upper case", [head.join().toUpperCase(), ...lines(rows)]],
  ["a byte-order mark", [`\uFEFF${head.join()}`, ...lines(rows)]],
  ["spaces", [head.join(" , "), ...lines(rows, " , ")]],
  ["semicolons", [head.join(";"), ...lines(rows, ";")]],
  ["semicolons and decimal commas", [head.join(";"), ...lines(rows, ";").map((line) => line.replaceAll(".", ","))]],
  ["tabs", [head.join("\t"), ...lines(rows, "\t")]],
  ["NumPy's mark", [`# ${head.join()}`, ...lines(rows)]],
  ["spaces between cells", [head.join(" "), ...lines(rows, " ")]],
  ["names from 1", [["patient", "time", "rr_s", "label", ...names("", 1)].join(), ...lines(rows)]],
  ["names of leads", [["patient", "time", "rr_s", "label", ...Array(187).fill("MLII")].join(), ...lines(rows)]],
  [
    "names of times",
    [[...head.slice(0, 4), ...names("").map((n) => (Number(n) / 125).toFixed(3))].join(), ...lines(rows)],
  ],
])("a header: %s", (_name, file) => {
  expect(told(parse(file))).toEqual(beatsWith(LABELS));
});

test("samples in another order are put in theirs, by their numbers", () => {
  const backwards = table([label]).map(([first, ...beat]) => [first, ...beat.toReversed()]);
  expect(told(parse([["label", ...names("s").toReversed()].join(), ...lines(backwards)]))).toEqual(beatsWith(LABELS));
});

test.each([
  [
    "two labels",
    [["label", ...names(""), "class"].join(), ...lines(table([label], [label]))],
    /column 1 is named "label" and column 189 is named "class"/,
  ],
  [
    "an unknown name before numbered ones",
    [["foo", ...names("s")].join(), ...lines(table([label]))],
    /column 1 is named "foo".*name it so, or delete it/,
  ],
  [
    "a label that takes a sample's place",
    [
      ["label", ...names("s").slice(1)].join(),
      ...lines(BEATS.map((beat, i) => [label(i), ...beat.slice(1)].map(String))),
    ],
    /names 186 columns/,
  ],
  [
    "a label before 188 samples",
    [["label", ...names("s"), "s187"].join(), ...lines(table([label], [() => 0]))],
    /names 188 columns/,
  ],
  ["a time, whole and not", lines(table([time])), /column 1 has no name, and is no sample \("1.600" in line 3\)/],
  ["a time within the first second", lines(table([(i) => (i * 0.01).toFixed(2)])), /column 1 rises from row to row/],
  ["an RR interval in seconds", lines(table([rrS], [])), /column 1 is not written as the samples are/],
  [
    "a time within the first second, in few rows",
    lines(table([(i) => (i * 0.2).toFixed(2)]).slice(0, 4)),
    /column 1 rises from row to row/,
  ],
  [
    "an RR interval before rows in NumPy's form",
    lines(
      table([rrS])
        .slice(0, 1)
        .map(([rr, ...beat]) => [rr, kaggleRow(beat.map(Number))]),
    ),
    /column 1 is not written as the samples are/,
  ],
  ["an RR interval in ms", lines(table([(i) => 800.5 + i])), /column 1 has no name, and is no sample/],
  ["ids", lines(table([(i) => `100_${i}`])), /column 1 has no name, and is no sample \("100_0" in line 1\)/],
  ["labels 0 and 1 first", lines(table([(i) => Number(i % 3 === 0)])), /column 1 holds 0 and 1 alone/],
  [
    "labels 1 and 0 first, in NumPy's form",
    table([(i) => i % 2]).map((row) => kaggleRow(row.map(Number))),
    /column 1 holds 0 and 1 alone/,
  ],
  ["the same label first", lines(table([() => 0])), /column 1 holds 0 and 1 alone/],
  ["labels 0 to 4 first", lines(table([label])), /column 1 holds whole numbers alone/],
  ["labels 0 to 4 first, as fractions", lines(table([(i) => `${LABELS[i]}.0`])), /column 1 holds whole numbers alone/],
  ["letters first", lines(table([(i) => "NSVFQ"[LABELS[i]]])), /column 1 has no name, and is no sample/],
  ["a patient behind", lines(table([], [() => 208])), /column 188 has no name, and is no label \("208" in line 1\)/],
  ["an index and labels first", lines(table([(i) => i, label])), /column 2 (has no name|holds)/],
  ["a label, samples, a fold", lines(table([label], [(i) => i % 5])), /column 1 may be an index or a label/],
  ["a time, samples, a label", lines(table([time], [label])), /column 1 has no name, and is no whole number/],
  ["an index, a time, samples", lines(table([(i) => i, time])), /column 2 has no name, and is no sample/],
  [
    "a label in the place of the first of 187",
    lines(BEATS.map((beat, i) => [label(i), ...beat.slice(1)].map(String))),
    /column 1 holds whole numbers alone/,
  ],
  ["samples, a time, a label", lines(table([], [time, label])), /column 1 has no name, and is no whole number/],
  ["more columns than have names", lines(table([time, rrS, label])), /190 cells and no header/],
])("columns that could be read shifted: %s: refused in one line", (_name, file, error) => {
  expect(parse(file)).toEqual({ rows: [], rejected: [], error: expect.stringMatching(error) });
});

test("a column that turns out to be no sample, or no label, behind the rows that were looked at", () => {
  const kaggle = Array.from({ length: 80 }, (_, i) => kaggleRow([0.9 + (i % 7) / 100, ...BEATS[i % 20].slice(1)], 0));
  const [beat] = BEATS;
  const late = parse([...kaggle, [1.2, ...beat.slice(1), 0].join()]);
  expect(late.error).toMatch(/column 1 has no name, and is no sample \("1.2" in line 81\)/);
  expect(parse([...kaggle, [...beat, 0.4].join()]).error).toMatch(
    /column 188 has no name, and is no label \("0.4" in line 81\)/,
  );
  // Once the labels have been proved, such a row is a row that is refused.
  const proved = parse([...kaggle, [...beat, 3].join(), [1.2, ...beat.slice(1), 0].join(), [...beat, 0.4].join()]);
  expect(proved).toMatchObject({ error: null, rows: { length: 81 }, rejected: [{ row: 82 }, { row: 83 }] });
});

test.each([
  [
    "Kaggle's rows of one class",
    BEATS.map((beat) => kaggleRow([...beat.slice(0, 1).map((v) => v * 0.97), ...beat.slice(1)], 0)),
    20,
  ],
  ["one of Kaggle's rows, which begins at its highest sample", [kaggleRow([1, ...BEATS[3].slice(1)], 0)], 1],
  ["an index first", lines(table([(i) => i])), 20],
  ["a patient's number first", lines(table([() => 208])), 20],
  ["an index and a label", lines(table([(i) => i], [label])), 20],
  [
    "pandas' index and numbers",
    [["", ...Array.from({ length: 188 }, (_, i) => i)].join(), ...lines(table([(i) => i], [label]))],
    20,
  ],
])("no header, or one of numbers: %s: read", (_name, file, count) => {
  expect(parse(file)).toMatchObject({ error: null, rejected: [], rows: { length: count } });
});

test("labels in lower case; an f beside capitals may be MIT-BIH's, and is refused", () => {
  const letters = "nsvfq";
  expect(told(parse(lines(table([], [(i) => letters[LABELS[i]]]))))).toEqual(beatsWith(LABELS));
  expect(told(parse(lines(table([], [(i) => letters.toUpperCase()[LABELS[i]]]))))).toEqual(beatsWith(LABELS));
  const [a, b] = lines(table([]));
  expect(parse([`${a},N`, `${b},f`]).rejected).toEqual([
    { row: 2, reason: expect.stringMatching(/"f", which is class Q/) },
  ]);
});

test.each([
  ["one space", (row: readonly string[]) => row.join(" ")],
  ["more spaces, and around the row", (row: readonly string[]) => `  ${row.join("   ")}  `],
  ["quotes", (row: readonly string[]) => row.map((cell) => `"${cell}"`).join(" ")],
  ["decimal commas", (row: readonly string[]) => row.join(" ").replaceAll(".", ",")],
  ["NumPy's form", (row: readonly string[]) => kaggleRow(row.map(Number)).replaceAll(",", " ")],
  ["four decimals", (row: readonly string[]) => row.map((cell) => `${cell}e+00`).join(" ")],
])("cells between spaces: %s", (_name, form) => {
  expect(told(parse(table([], [label]).map(form)))).toEqual(beatsWith(LABELS));
});

test("a flat line is no beat, plain or not", () => {
  const [first] = lines(table([], [label]));
  const flat = (cell: string): string => [...Array(187).fill(cell), 0].join();
  const almost = [...Array.from({ length: 187 }, (_, i) => 0.5 + (i % 2) / 1000), 0].join();
  const parsed = parse([
    first,
    flat("0"),
    flat("1.0"),
    flat('"0.5"'),
    flat(" 0.5 "),
    almost,
    kaggleRow(Array(187).fill(0), 0),
  ]);
  expect(parsed.rows).toHaveLength(1);
  expect(parsed.rejected.map(({ row }) => row)).toEqual([2, 3, 4, 5, 6, 7]);
  for (const { reason } of parsed.rejected) expect(reason).toMatch(/a flat line is no beat/);
});
