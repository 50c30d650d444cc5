import { expect, test } from "vitest";
import { plainFrame } from "../testing/frames.ts";
import { uncheckedBytes } from "../testing/pipeline/mutate.ts";
import { BedsideError } from "./errors.ts";
import { decodeFrame, encodeFrame, type Frame } from "./frame.ts";

const KB = 1 << 10;
const lead = { name: "MLII", gainAduPerMv: 200, baselineAdu: 1024, unit: "mV", samples: Int16Array.of(1024, 1224) };
const valid: Frame = {
  bed: "b1",
  epoch: "e1",
  epochStartMs: 1_700_000_000_000,
  sequence: 0,
  firstSample: 0,
  producedAtMs: 1_700_000_000_400,
  samplingRateHz: 250,
  leads: [lead],
  last: false,
  source: "mitdb/100",
};

/** The bytes of a frame that this product's writer would refuse. */
const bytesOf = (change: Partial<Frame>): Uint8Array => uncheckedBytes({ ...valid, ...change });

function refusal(bytes: Uint8Array): string {
  try {
    decodeFrame(bytes);
  } catch (error) {
    if (error instanceof BedsideError && error.code === "BAD_FRAME") return error.message;
    throw error;
  }
  return "";
}

const withLead = (change: Partial<typeof lead>): Partial<Frame> => ({ leads: [{ ...lead, ...change }] });

test("the frame that is changed here is taken", () => {
  expect(refusal(bytesOf({}))).toBe("");
});

test.each<[string, Partial<Frame>, RegExp]>([
  ["a bed of 900 KB", { bed: "b".repeat(900 * KB) }, /bed must be 1 to 64/],
  ["an epoch of 900 KB", { epoch: "e".repeat(900 * KB) }, /epoch must be 1 to 64/],
  ["a source of 900 KB", { source: "s".repeat(900 * KB) }, /source "s{64}"… must be at most 64 characters/],
  ["a source of 65 characters", { source: "é".repeat(65) }, /source .* must be at most 64 characters/],
  ["a lead of 900 KB", withLead({ name: "l".repeat(900 * KB) }), /name "l{64}"… must be at most 32 characters/],
  ["a lead of 33 characters", withLead({ name: "心".repeat(33) }), /name .* must be at most 32 characters/],
  ["a unit of 900 KB", withLead({ unit: "u".repeat(900 * KB) }), /lead MLII: its unit .* at most 32 characters/],
  ["a lead with a line break", withLead({ name: "II\nfake log line" }), /name "II\\nfake .* no control characters/],
  ["a unit that colours the terminal", withLead({ unit: "\u001b[31mmV" }), /its unit .* no control characters/],
  ["a source with a line separator", { source: "a\u2028b" }, /source .* no control characters/],
  ["an infinite gain", withLead({ gainAduPerMv: Infinity }), /gain Infinity adu\/mV/],
  ["a gain of 1e300", withLead({ gainAduPerMv: 1e300 }), /gain 1e\+300/],
  ["a gain of 1e-300", withLead({ gainAduPerMv: -1e-300 }), /gain -1e-300/],
  ["a start in the year 1e300", { epochStartMs: 1e300 }, /epochStartMs is 1e\+300, must be Unix ms/],
  ["a start that no Date can be", { epochStartMs: 8.65e15 }, /epochStartMs/],
  ["a start before 1970", { epochStartMs: -1 }, /epochStartMs/],
  ["a start that is no number", { epochStartMs: Number.NaN }, /epochStartMs is NaN/],
  ["an infinite time of production", { producedAtMs: -Infinity }, /producedAtMs is -Infinity/],
  ["an infinite rate", { samplingRateHz: Infinity }, /samplingRateHz is Infinity, must be 50 to 10000/],
  ["a rate of 0.01 Hz", { samplingRateHz: 0.01 }, /samplingRateHz is 0.01/],
  [
    "a sample 2.5 million years on",
    { firstSample: 4e15, samplingRateHz: 50 },
    /firstSample is 4000000000000000, ten years/,
  ],
  ["a sample just beyond ten years", { firstSample: 250 * 315_576_000 - 1 }, /firstSample/],
  ["a sample beyond all safe numbers", { firstSample: 2 ** 63 }, /firstSample is 9223372036854776000, must be a whole/],
])("%s is refused in few words", (_, change, message) => {
  const said = refusal(bytesOf(change));
  expect(said).toMatch(message);
  expect(said.length).toBeLessThan(300);
  expect(() => encodeFrame({ ...valid, ...change })).toThrow(message);
});

test("what lies just within its limits is taken", () => {
  const most: Partial<Frame> = {
    bed: "b".repeat(64),
    epoch: "e".repeat(64),
    source: "心".repeat(64),
    epochStartMs: 0,
    producedAtMs: Date.UTC(2299, 11, 31),
    firstSample: 250 * 315_576_000 - 2,
    leads: [{ ...lead, name: "😀".repeat(16), unit: "µV", gainAduPerMv: -1e9 }],
  };
  const read = decodeFrame(bytesOf(most));
  expect(plainFrame(read)).toEqual({ ...valid, ...most });
});

test("half a million empty leads are counted no further than to one too many", () => {
  const bytes = new Uint8Array(1 << 20);
  for (let i = 0; i < bytes.length; i += 2) bytes.set([0x42, 0x00], i);
  expect(refusal(Buffer.concat([bytesOf({ leads: [] }), bytes.subarray(0, 1_000_000)]))).toMatch(/has 33 leads/);
});
