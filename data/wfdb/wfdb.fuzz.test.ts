import { expect, test } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { createRandom } from "../../kit/random.ts";
import { bytes16, folderOf } from "../../testing/data/wfdb-files.ts";
import { ANNOTATIONS, HEADER, mutated, mutatedHeader, noise } from "../../testing/fuzz/wfdb.ts";
import { annotationsOf, decodeAnnotations } from "./annotations.ts";
import { heedDefinitions } from "./definitions.ts";
import { decodeHeader, parseHeader } from "./header.ts";
import { readRecord } from "./record.ts";

const HEADERS = 15_000;
const ANNOTATION_FILES = 15_000;
const RECORDS = 1_000;
/** Of one input on a busy machine: what takes longer hangs. */
const LIMIT_MS = 5_000;

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
    const bytes = i % 5 === 0 ? noise(random, 300) : Buffer.from(mutatedHeader(random), i % 2 ? "utf8" : "latin1");
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
      "b1.hea": random.uniform() < 0.3 ? HEADER : mutatedHeader(random),
      "b1.dat": random.uniform() < 0.3 ? mutated(dat, random) : dat,
      "b1.atr": random.uniform() < 0.3 ? mutated(ANNOTATIONS, random) : ANNOTATIONS,
    };
    const folder = await folderOf(files);
    if (await survives(async () => annotationsOf(await readRecord(folder, "b1"), folder))) read++;
  }
  expect(read).toBeGreaterThan(RECORDS / 20);
});
