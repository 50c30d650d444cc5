import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFrame, encodeFrame, type Frame, FRAME_LIMITS, leadToMillivolts, MISSING_ADU } from "./frame.ts";

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$/);
const time = fc.integer({ min: 0, max: 2_000_000_000_000 });

const frame: fc.Arbitrary<Frame> = fc
  .record({ leads: fc.integer({ min: 1, max: 4 }), length: fc.integer({ min: 0, max: 50 }) })
  .chain(({ leads, length }) =>
    fc.record({
      bed: name,
      epoch: name,
      epochStartMs: time,
      sequence: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      firstSample: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
      producedAtMs: time,
      samplingRateHz: fc.double({ min: FRAME_LIMITS.minRateHz, max: FRAME_LIMITS.maxRateHz, noNaN: true }),
      leads: fc.array(
        fc.record({
          name: fc.string({ maxLength: 10 }),
          gainAduPerMv: fc.double({ min: 1, max: 5000, noNaN: true }),
          baselineAdu: fc.integer({ min: -32_768, max: 32_767 }),
          unit: fc.constant("mV"),
          samples: fc.int16Array({ minLength: length, maxLength: length }),
        }),
        { minLength: leads, maxLength: leads },
      ),
      last: fc.boolean(),
      source: fc.string({ maxLength: 32 }),
    }),
  );

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
    fc.property(frame, (original) => {
      expect(decodeFrame(encodeFrame(original))).toEqual(original);
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
