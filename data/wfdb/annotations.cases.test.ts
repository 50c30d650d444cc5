import { expect, test } from "vitest";
import { bytes16, folderOf } from "../../testing/data/wfdb-files.ts";
import {
  annotationsOf,
  decodeAnnotations,
  encodeAnnotations,
  readAnnotations,
  type WfdbAnnotation,
} from "./annotations.ts";
import { readRecord } from "./record.ts";

const at = (sample: number, symbol = "N", aux = ""): WfdbAnnotation => ({
  sample,
  symbol,
  subtype: 0,
  channel: 0,
  number: 0,
  aux,
});
const note = (aux: string): WfdbAnnotation => at(0, '"', aux);

const LENGTH = 1000;

/** Of a record of 1000 samples at 125 Hz. */
async function read(annotations: string | Uint8Array, header = `b1 1 125 ${LENGTH}`): Promise<WfdbAnnotation[]> {
  const folder = await folderOf({
    "b1.hea": `${header}\nb1.dat 16 200 16 0 0 0 0 II\n`,
    "b1.dat": bytes16([new Int16Array(LENGTH)]),
    "b1.atr": annotations,
  });
  return annotationsOf(await readRecord(folder, "b1"), folder);
}

test.each([500, 250, 128.5, 62.5, 125])(
  "times in ticks of 1/%f s become samples of the record",
  async (resolutionHz) => {
    const seconds = [0, 0.5, 1.25, 7];
    const ticks = seconds.map((time) => at(Math.round(time * resolutionHz)));
    const samples = seconds.map((time) => at(Math.round((Math.round(time * resolutionHz) * 125) / resolutionHz)));
    expect(await read(encodeAnnotations([note(`## time resolution: ${resolutionHz}`), ...ticks]))).toEqual(samples);
  },
);

test.each(["0", "-5", "1e999", "NaN", "fast"])("a time resolution of %s is refused", async (resolution) => {
  const bytes = encodeAnnotations([note(`## time resolution: ${resolution}`), at(5)]);
  await expect(read(bytes)).rejects.toThrow(
    expect.objectContaining({ code: "BAD_RECORD", message: expect.stringMatching(/b1\.atr: its time resolution, /) }),
  );
});

test("symbols that a file defines stand for their codes; what it says of itself is no annotation", async () => {
  const defined = ["## annotation type definitions", "43 X a wave", "## end of definitions"].map(note);
  const bytes = encodeAnnotations([...defined, at(3, "[43]"), at(4), at(5, '"', "## n")]);
  expect(await read(bytes)).toEqual([at(3, "X"), at(4), at(5, '"', "## n")]);
});

test("the closing word may be missing; an annotation that is cut may not", () => {
  const whole = [at(5), at(2000, "V"), at(2100, "+", "(AFIB")];
  const bytes = encodeAnnotations(whole);
  const cuts = Array.from({ length: bytes.length }, (_, length) => {
    try {
      return decodeAnnotations(bytes.subarray(0, length), "f").length;
    } catch (error) {
      expect(error).toMatchObject({ code: "BAD_RECORD", message: expect.stringMatching(/^f: .*cut off at byte/) });
      return "cut";
    }
  });
  // A word; a skip of three words with its annotation; one with a text of five letters behind two words; the closing word.
  const within = (count: number): string[] => Array.from({ length: count }, () => "cut");
  expect(cuts).toEqual([0, "cut", 1, ...within(7), 2, "cut", 3, ...within(7), 3, "cut"]);
  expect(decodeAnnotations(bytes.subarray(0, -2), "f")).toEqual(whole);
});

test("no bytes are no annotations", async () => {
  expect(await read("")).toEqual([]);
});

test("annotations that a skip puts before others are read in order", () => {
  const back = [0x00, 0xec, 0xff, 0xff, 0xf6, 0xff];
  const bytes = Uint8Array.from([0x14, 0x04, ...back, 0x05, 0x14, 0, 0]);
  expect(decodeAnnotations(bytes, "f")).toEqual([at(15, "V"), at(20)]);
});

test("an annotation far beyond the record's end is refused with its place; one within a second is not", async () => {
  expect((await read(encodeAnnotations([at(5), at(LENGTH + 125)]))).length).toBe(2);
  const far = expect.objectContaining({
    code: "BAD_RECORD",
    message: expect.stringMatching(/b1\.atr: annotation V at sample 2147483647 lies beyond the record's end, 1000; /),
  });
  await expect(read(encodeAnnotations([at(5), at(2 ** 31 - 1, "V")]))).rejects.toThrow(far);
  await expect(read(encodeAnnotations([at(5), at(2 ** 31 - 1, "V")]), "b1 1 125")).rejects.toThrow(far);
});

test("a text's length is its low byte, as the WFDB library reads it", () => {
  expect(decodeAnnotations(Uint8Array.from([5, 4, 2, 0xfd, 0x41, 0x42, 0, 0]), "f")).toEqual([at(5, "N", "AB")]);
});

test("annotations of another time resolution want the record's header", async () => {
  const folder = await folderOf({ "b1.atr": encodeAnnotations([note("## time resolution: 500"), at(5)]) });
  await expect(readAnnotations(folder, "b1")).rejects.toThrow(expect.objectContaining({ code: "UNKNOWN_RECORD" }));
});
