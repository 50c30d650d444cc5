import fc from "fast-check";
import { type Frame, FRAME_LIMITS } from "../contracts/frame.ts";
import { isWord } from "../contracts/words.ts";

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$/);
const time = fc.oneof(
  fc.integer({ min: 0, max: 2_000_000_000_000 }),
  fc.double({ min: 0, max: FRAME_LIMITS.endMs, maxExcluded: true, noNaN: true }),
);
/** Graphemes may be of several characters. */
const text = (maxLength: number) =>
  fc
    .oneof(fc.string({ maxLength }), fc.string({ maxLength, unit: "grapheme" }))
    .filter((one) => isWord(one, FRAME_LIMITS.maxLeadWordLength));

const leadOf = (length: number) =>
  fc.record({
    name: text(10),
    gainAduPerMv: fc.oneof(
      fc.double({ min: 1, max: 5000, noNaN: true }),
      fc.constantFrom(-FRAME_LIMITS.maxGain, FRAME_LIMITS.minGain),
    ),
    baselineAdu: fc.oneof(fc.integer({ min: -32_768, max: 32_767 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    unit: fc.constantFrom("mV", "", "µV"),
    samples: fc.int16Array({ minLength: length, maxLength: length }),
  });

/** Any frame that the pipeline can take, of up to 4 leads and 50 samples. */
export const arbitraryFrame: fc.Arbitrary<Frame> = fc
  .record({ leads: fc.integer({ min: 1, max: 4 }), length: fc.integer({ min: 0, max: 50 }) })
  .chain(({ leads, length }) =>
    fc.record({
      bed: name,
      epoch: name,
      epochStartMs: time.map((ms) => ms + 0),
      sequence: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      firstSample: fc.oneof(fc.nat(1000), fc.integer({ min: 0, max: 50 * FRAME_LIMITS.maxEpochSeconds - 50 })),
      producedAtMs: time.map((ms) => ms + 0),
      samplingRateHz: fc.double({ min: FRAME_LIMITS.minRateHz, max: FRAME_LIMITS.maxRateHz, noNaN: true }),
      leads: fc.array(leadOf(length), { minLength: leads, maxLength: leads }),
      last: fc.boolean(),
      source: text(16),
    }),
  );

/** The frame with all leads decoded, as an object of nothing but its own values. */
export const plainFrame = (frame: Frame): Frame => ({
  ...frame,
  leads: frame.leads.map(({ name, gainAduPerMv, baselineAdu, unit, samples }) => ({
    name,
    gainAduPerMv,
    baselineAdu,
    unit,
    samples,
  })),
});
