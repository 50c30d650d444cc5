import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import {
  decodeAnnotations,
  encodeAnnotations,
  readAnnotations,
  type WfdbAnnotation,
  writeAnnotations,
} from "./annotations.ts";
import { symbolOf } from "./symbols.ts";

const plain = { symbol: "N", subtype: 0, channel: 0, number: 0, aux: "" };

const annotation = fc.record({
  step: fc.oneof(fc.nat(1100), fc.integer({ min: 0, max: 10_000_000 })),
  symbol: fc.integer({ min: 1, max: 49 }).map(symbolOf),
  subtype: fc.integer({ min: -128, max: 127 }),
  channel: fc.integer({ min: 0, max: 255 }),
  number: fc.integer({ min: -128, max: 127 }),
  aux: fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 255 }),
});

test("what was written is read back", () => {
  fc.assert(
    fc.property(fc.array(annotation, { maxLength: 40 }), (steps) => {
      let sample = 0;
      const written: WfdbAnnotation[] = steps.map(({ step, ...rest }) => ({ ...rest, sample: (sample += step) }));
      expect(decodeAnnotations(encodeAnnotations(written), "here")).toEqual(written);
    }),
  );
});

test("a file of annotations is written whole, in a folder made for it", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "bedside-annotations-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const annotations = [{ ...plain, sample: 100_000 }];
  await writeAnnotations(path.join(folder, "deep"), "r1", "bed", annotations);
  expect(await readdir(path.join(folder, "deep"))).toEqual(["r1.bed"]);
  expect(await readAnnotations(path.join(folder, "deep"), "r1", "bed")).toEqual(annotations);
});

test.each([
  ["an odd byte", [0x05]],
  ["a skip alone", [0x00, 0xec, 0x00, 0x00, 0x10, 0x00]],
  ["half a skip", [0x00, 0xec, 0x00, 0x00]],
  ["half a text", [0x05, 0x04, 0x05, 0xfc, 0x28, 0x41]],
])("%s: BAD_RECORD naming the place", (_, bytes) => {
  expect(() => decodeAnnotations(Uint8Array.from(bytes), "f/100.atr")).toThrow(
    expect.objectContaining({ code: "BAD_RECORD", message: expect.stringMatching(/^f\/100\.atr: .*cut off/) }),
  );
});

test("a skip to before the record's begin: BAD_RECORD", () => {
  const bytes = Uint8Array.from([0x00, 0xec, 0xff, 0xff, 0x00, 0x00, 0x00, 0x04, 0, 0]);
  expect(() => decodeAnnotations(bytes, "f/100.atr")).toThrow(expect.objectContaining({ code: "BAD_RECORD" }));
});

test.each([
  [[{ sample: 5 }, { sample: 4 }], /stands behind one at 5/],
  [[{ sample: 0.5 }], /whole number/],
  [[{ sample: 2 ** 31 }], /whole number/],
  [[{ sample: 1, subtype: 128 }], /subtype 128/],
  [[{ sample: 1, channel: -1 }], /channel -1/],
  [[{ sample: 1, number: 1000 }], /number 1000/],
  [[{ sample: 1, aux: "x".repeat(256) }], /256 characters/],
  [[{ sample: 1, aux: "≥" }], /Latin-1/],
  [[{ sample: 1, symbol: "§" }], /no annotation code/],
  [[{ sample: 0, symbol: "[0]" }], /no annotation code/],
])("%j can't be written", (given, message) => {
  const annotations = given.map((one) => ({ ...plain, ...one }));
  expect(() => encodeAnnotations(annotations)).toThrow(
    expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringMatching(message) }),
  );
});
