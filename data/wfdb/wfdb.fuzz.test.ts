import { expect, test } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { createRandom, type Random } from "../../kit/random.ts";
import { bytes16, folderOf } from "../../testing/data/wfdb-files.ts";
import { annotationsOf, decodeAnnotations, encodeAnnotations } from "./annotations.ts";
import { heedDefinitions } from "./definitions.ts";
import { decodeHeader, parseHeader } from "./header.ts";
import { readRecord } from "./record.ts";

const HEADERS = 15_000;
const ANNOTATION_FILES = 15_000;
const RECORDS = 1_000;
/** Of one input on a busy machine: what takes longer hangs. */
const LIMIT_MS = 5_000;

const HEADER =
  "b1 2 360/1.5(10) 2000 12:00:00 01/02/1990\nb1.dat 16+24 200.5(-12)/uV 16 0 0 0 0 ECG II # noisy\nb1.dat 16+24 0 12 0 0 0 0 V1\n# 69 M\n";

/** What breaks readers: numbers at the ends of ranges, names that mean something, other fields' signs. */
const PIECES =
  "0 -1 1 2 16 212 80 1e999 1e-999 Infinity NaN 1e15 2147483648 99999999999999999999 0x10 ~ / \\ .. ../../etc/passwd b1 b1/3 b1.dat 16x9 212:5 16+99999999 200/constructor 200(1e9)/mV /__proto__ ( ) # \n \r \0 \ufeff \u00b5V é".split(
    / (?=\S|\n|\r|\0)/,
  );

const below = (random: Random, count: number): number => Math.floor(random.uniform() * count);

function mutatedText(random: Random): string {
  let text = HEADER;
  for (let changes = 1 + below(random, 4); changes > 0; changes--) {
    const from = below(random, text.length + 1);
    const to = Math.min(text.length, from + below(random, 12));
    const piece = PIECES[below(random, PIECES.length)].repeat(random.uniform() < 0.02 ? 500 : 1);
    // A field of its own, or in the midst of one.
    text = text.slice(0, from) + (random.uniform() < 0.5 ? ` ${piece} ` : piece) + text.slice(to);
  }
  return text;
}

const noise = (random: Random, most: number): Uint8Array =>
  Uint8Array.from({ length: below(random, most) }, () => below(random, 256));

function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let changes = 1 + below(random, 6); changes > 0; changes--)
    copy[below(random, copy.length)] = below(random, 256);
  return random.uniform() < 0.3 ? copy.subarray(0, below(random, copy.length)) : copy;
}

/** Whether it gave a result; nothing but a BedsideError of one line may come of it, nor may it take long. */
async function survives(read: () => unknown): Promise<boolean> {
  const begun = performance.now();
  const fault = await (async () => read())().then(
    () => null,
    (error: unknown) => error,
  );
  expect(performance.now() - begun).toBeLessThan(LIMIT_MS);
  if (fault === null) return true;
  expect(fault).toBeInstanceOf(BedsideError);
  expect((fault as BedsideError).message).toMatch(/^.{1,1000}$/);
  return false;
}

test("headers", async () => {
  const random = createRandom(1, "headers");
  let read = 0;
  for (let i = 0; i < HEADERS; i++) {
    const bytes = i % 5 === 0 ? noise(random, 300) : Buffer.from(mutatedText(random), i % 2 ? "utf8" : "latin1");
    const ok = await survives(() => {
      const { samplingRateHz, signals, length } = parseHeader(decodeHeader(bytes), "f/b1.hea");
      const numbers = signals.flatMap((signal) => [signal.gainAduPerMv, signal.baselineAdu, signal.format]);
      expect([samplingRateHz, length ?? 0, ...numbers].every(Number.isFinite)).toBe(true);
      expect(signals.every(({ gainAduPerMv }) => gainAduPerMv !== 0)).toBe(true);
      expect(samplingRateHz).toBeGreaterThanOrEqual(50);
    });
    if (ok) read++;
  }
  expect(read).toBeGreaterThan(HEADERS / 20);
});

const plain = { subtype: 1, channel: 2, number: 3 };
const ANNOTATIONS = encodeAnnotations([
  { ...plain, sample: 0, symbol: '"', aux: "## time resolution: 500" },
  { ...plain, sample: 0, symbol: '"', aux: "## annotation type definitions" },
  { ...plain, sample: 0, symbol: '"', aux: "43 X a wave" },
  { ...plain, sample: 0, symbol: '"', aux: "## end of definitions" },
  { ...plain, sample: 20, symbol: "N", aux: "" },
  { ...plain, sample: 2000, symbol: "+", aux: "(AFIB" },
  { ...plain, sample: 2100, symbol: "V", aux: "" },
]);

test("annotations", async () => {
  const random = createRandom(2, "annotations");
  let read = 0;
  for (let i = 0; i < ANNOTATION_FILES; i++) {
    const bytes = i % 3 === 0 ? noise(random, 400) : mutated(ANNOTATIONS, random);
    const ok = await survives(() => {
      const { annotations } = heedDefinitions(decodeAnnotations(bytes, "f/b1.atr"), "f/b1.atr");
      expect(annotations.length).toBeLessThanOrEqual(bytes.length / 2);
      let before = 0;
      for (const { sample } of annotations) {
        expect(sample).toBeGreaterThanOrEqual(before);
        before = sample;
      }
    });
    if (ok) read++;
  }
  expect(read).toBeGreaterThan(ANNOTATION_FILES / 20);
});

test("whole records, from their files", async () => {
  const random = createRandom(3, "records");
  let read = 0;
  for (let i = 0; i < RECORDS; i++) {
    const dat = bytes16([new Int16Array(2000), new Int16Array(2000)], 24);
    const files = {
      "b1.hea": random.uniform() < 0.3 ? HEADER : mutatedText(random),
      "b1.dat": random.uniform() < 0.3 ? mutated(dat, random) : dat,
      "b1.atr": random.uniform() < 0.3 ? mutated(ANNOTATIONS, random) : ANNOTATIONS,
    };
    const folder = await folderOf(files);
    if (await survives(async () => annotationsOf(await readRecord(folder, "b1"), folder))) read++;
  }
  expect(read).toBeGreaterThan(RECORDS / 20);
});
