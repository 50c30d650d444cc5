import type { Random } from "../../kit/random.ts";
import { parsePieces, type Parsed, scientific } from "../beat-csv.ts";

/** No input may take longer than this, ms. */
const HANG_MS = 5000;
export const SAMPLES = 187;

const pick = <T>(random: Random, items: readonly T[]): T => items[Math.floor(random.uniform() * items.length)];
const upTo = (random: Random, most: number): number => Math.floor(random.uniform() * (most + 1));

const FORMS: readonly ((value: number) => string)[] = [
  scientific,
  String,
  (value) => value.toFixed(5),
  (value) => value.toPrecision(6),
  (value) => value.toExponential(),
  (value) => ` ${value.toFixed(4)}`,
  (value) => `+${value.toFixed(5)}`,
];
const STRANGE = [
  '1e999|-1e999|NaN|inf|-inf|0x1F|0b1|1_0|| |?|n/a|null|1.5|-0.5|0.5.5|5e-|e5|--1|1-|½|١|0,5|"|""|"0.5|=1+1|1e-400'.split(
    "|",
  ),
  ["9".repeat(400), `0.${"1".repeat(5000)}`, "x".repeat(3000)],
].flat();
const LABELS = [..."01234NSVFQnsvfq", "2.0", "", "5", "x", "-1", "0.5", "1e0"];
const LABEL_NAMES = ["label", "Class", "beat_type", "AAMI symbol"];
const OTHER_NAMES = ["patient", "time [s]", "rr_s", "", "record id", "Unnamed: 0"];
const STEMS = ["", "s", "t_", "sample ", "V"];

interface Table {
  readonly pieces: Uint8Array[];
  /** What stands on a line, as it was meant: the samples' texts. */
  readonly meant: ReadonlyMap<number, readonly string[]>;
}

/** A file of beats with columns before, between and behind the samples, some cells strange, written in one of many ways. */
export function table(random: Random): Table {
  const isNamed = random.uniform() < 0.6;
  const rows = isNamed ? 1 + upTo(random, 6) : 8 + upTo(random, 12);
  const form = pick(random, FORMS);
  const hasLabel = random.uniform() < 0.7;
  // Without names only what the README lists is read; all else has to be refused.
  const others = isNamed ? upTo(random, 3) : upTo(random, 1);
  const places = Array.from({ length: others + Number(hasLabel) }, () =>
    isNamed ? upTo(random, SAMPLES) : pick(random, [0, SAMPLES]),
  );
  const labelColumn = hasLabel ? upTo(random, places.length - 1) : -1;
  const kinds = places.map(() =>
    pick(random, [
      (i: number) => String(i),
      (i: number) => (i * 0.8).toFixed(3),
      (i: number) => `p${i}`,
      () => "1",
      (i: number) => String(700 + ((i * 37) % 90)),
    ]),
  );
  const strange = random.uniform() < 0.5 ? 0 : 0.02 * random.uniform();
  const insert = (samples: readonly string[], extra: (column: number) => string): string[] => {
    const cells: string[] = [];
    for (let at = 0; at <= SAMPLES; at++) {
      places.forEach((place, column) => place === at && cells.push(extra(column)));
      if (at < SAMPLES) cells.push(samples[at]);
    }
    return cells;
  };
  const separator = pick(random, [",", ";", "\t", " ", ", ", "  "]);
  const isEuropean = (separator === ";" || separator === "\t") && random.uniform() < 0.4;
  const isQuoted = random.uniform() < 0.15;
  const write = (cells: readonly string[]): string =>
    cells
      .map((cell) =>
        isQuoted || (/^ *$/.test(separator) && /^ *$|\S +\S/.test(cell)) ? `"${cell.replaceAll('"', "")}"` : cell,
      )
      .join(separator);
  const lines: string[] = [];
  const meant = new Map<number, readonly string[]>();
  if (isNamed) {
    const stem = pick(random, STEMS);
    const from = upTo(random, 1);
    const names = Array.from({ length: SAMPLES }, (_, i) => `${stem}${i + from}`);
    const label = pick(random, LABEL_NAMES);
    const other = places.map(() => pick(random, OTHER_NAMES));
    lines.push(write(insert(names, (column) => (column === labelColumn ? label : other[column]))));
  }
  const highest = upTo(random, 4);
  for (let row = 0; row < rows; row++) {
    while (random.uniform() < 0.03) lines.push(pick(random, ["", " ", "text", "1,2", "0.5"]));
    const samples = Array.from({ length: SAMPLES }, (_, i) => {
      if (random.uniform() < strange) return pick(random, STRANGE);
      return form(
        Math.fround(Math.min(1, Math.max(0, 0.5 + 0.45 * Math.cos((i + 1) / (3 + row)) + 0.04 * random.normal()))),
      );
    });
    const label = random.uniform() < 0.02 ? pick(random, LABELS) : String(upTo(random, highest));
    const text = write(insert(samples, (column) => (column === labelColumn ? label : kinds[column](row))));
    lines.push(isEuropean ? text.replaceAll(".", ",") : text);
    meant.set(lines.length, samples);
  }
  const end = pick(random, ["\n", "\r\n", "\r"]);
  const text = `${pick(random, ["", "\uFEFF"])}${lines.join(end)}${pick(random, ["", end])}`;
  const bytes = new Uint8Array(Buffer.from(text, pick(random, ["utf8", "utf8", "utf16le"])));
  return { pieces: cut(random, bytes), meant };
}

function cut(random: Random, bytes: Uint8Array): Uint8Array[] {
  const size = pick(random, [bytes.length, 65_536, 1000, 333]) || 1;
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

/** What the parser says, in time, each line told once; all else is a fault of its. */
export function toldOf(pieces: readonly Uint8Array[]): Parsed & { faults: string[] } {
  const begun = performance.now();
  const parsed = parsePieces(pieces);
  const { rows, rejected, error } = parsed;
  const faults: string[] = [];
  if (performance.now() - begun > HANG_MS) faults.push("hangs");
  if (error !== null && !/^(BAD_CSV|TOO_LARGE): [^\n]{1,500}$/.test(error)) faults.push(error);
  if (rows.length === 0 && error === null) faults.push("no row and no error");
  const lines = [...rows, ...rejected].map(({ row }) => row);
  if (new Set(lines).size !== lines.length) faults.push("a line is told twice");
  if (rejected.some(({ reason }) => reason.length > 200)) faults.push("a reason without end");
  return { ...parsed, faults };
}

const ALPHABET = [
  ..."0123456789.eE+-,;\t\"\r\n '#Nx/\u00E4\u20AC\u{1F600}\uFEFF",
  "0.5,",
  "1,",
  "\n\n",
  "NaN",
  "label",
  "\u0000",
];

/** A file of any bytes, of what stands in such files, or a known one with bytes changed: kinds 0, 1, 2. */
export function anyFile(random: Random, kind: number): Uint8Array[] {
  if (kind === 0)
    return cut(
      random,
      Uint8Array.from({ length: upTo(random, 3000) }, () => upTo(random, 255)),
    );
  if (kind === 1) {
    return cut(random, Buffer.from(Array.from({ length: upTo(random, 2000) }, () => pick(random, ALPHABET)).join("")));
  }
  const bytes = Uint8Array.from(Buffer.concat(table(random).pieces));
  for (let changes = upTo(random, 20); changes > 0; changes--) {
    const place = upTo(random, bytes.length - 1);
    const change = upTo(random, 9);
    if (change < 2) bytes.copyWithin(place, upTo(random, bytes.length - 1), upTo(random, bytes.length));
    else if (change < 4) bytes.fill(upTo(random, 255), place, place + upTo(random, 400));
    else bytes[place] = change < 7 ? upTo(random, 255) : pick(random, SIGNS);
  }
  return cut(random, bytes);
}

const SIGNS = Array.from('\n\r",;\t 01.e', (sign) => sign.charCodeAt(0));
