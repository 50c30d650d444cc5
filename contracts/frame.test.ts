import fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryFrame, plainFrame } from "../testing/frames.ts";
import { decodeFrame, encodeFrame, type Frame, leadToMillivolts, MISSING_ADU, sampleCount } from "./frame.ts";

const valid: Frame = {
  bed: "b1",
  epoch: "e1",
  epochStartMs: 0,
  sequence: 0,
  firstSample: 0,
  producedAtMs: 0,
  samplingRateHz: 360,
  leads: [{ name: "MLII", gainAduPerMv: 200, baselineAdu: 1024, unit: "mV", samples: Int16Array.of(1024, 1224) }],
  last: false,
  source: "mitdb/100",
};

test("a frame comes back from its bytes as it was", () => {
  fc.assert(
    fc.property(arbitraryFrame, (original) => {
      const read = decodeFrame(encodeFrame(original));
      expect(sampleCount(read)).toBe(original.leads[0].samples.length);
      expect(plainFrame(read)).toEqual(original);
    }),
  );
});

test("any bytes give a frame or BAD_FRAME, nothing else", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        decodeFrame(bytes);
      } catch (error) {
        expect(error).toMatchObject({ code: "BAD_FRAME" });
      }
    }),
  );
});

test.each<[string, Partial<Frame>, RegExp]>([
  ["bed with a blank", { bed: "b 1" }, /bed must be/],
  ["no leads", { leads: [] }, /no leads/],
  ["zero gain", { leads: [{ ...valid.leads[0], gainAduPerMv: 0 }] }, /lead MLII has gain 0/],
  ["NaN gain", { leads: [{ ...valid.leads[0], gainAduPerMv: Number.NaN }] }, /gain NaN/],
  ["unequal leads", { leads: [valid.leads[0], { ...valid.leads[0], samples: Int16Array.of(1) }] }, /1 samples.*has 2/],
  ["rate of 0", { samplingRateHz: 0 }, /samplingRateHz is 0/],
  ["rate of NaN", { samplingRateHz: Number.NaN }, /samplingRateHz is NaN/],
  ["negative index", { firstSample: -1 }, /firstSample/],
  ["long source", { source: "x".repeat(65) }, /source/],
])("a frame with %s is refused", (_, change, message) => {
  expect(() => encodeFrame({ ...valid, ...change })).toThrow(message);
});

test("millivolts are (adu − baseline) / gain, and NaN where a sample is missing", () => {
  const out = new Float32Array(3);
  const count = leadToMillivolts({ ...valid.leads[0], samples: Int16Array.of(1024, 1224, MISSING_ADU) }, out);
  expect(count).toBe(3);
  expect([...out]).toEqual([0, 1, Number.NaN]);
});

test("millivolts of a frame that was read are those of the frame that was sent", () => {
  fc.assert(
    fc.property(arbitraryFrame, (original) => {
      const read = decodeFrame(encodeFrame(original));
      const [sent, got] = [original, read].map(({ leads }) =>
        leads.map((lead) => {
          const out = new Float32Array(50);
          return [leadToMillivolts(lead, out), out] as const;
        }),
      );
      expect(got).toEqual(sent);
    }),
  );
});

test("a text that comes again is the same text, whatever lay at its place between", () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `bed-${i}`);
  for (const bed of [...names, ...names]) expect(decodeFrame(encodeFrame({ ...valid, bed })).bed).toBe(bed);
});
