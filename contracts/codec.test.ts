import fc from "fast-check";
import { expect, test } from "vitest";
import { BEAT_CLASSES, type Beat, beatId } from "./beat.ts";
import { annotationCodec, beatCodec, conditionCodec } from "./codec.ts";
import { type Condition, CONDITION_KINDS, type ConditionKind, conditionId, PRIORITIES } from "./condition.ts";

const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,30}$/);
const sample = fc.integer({ min: 0, max: 2 ** 40 });
const rate = fc.integer({ min: 50, max: 10_000 });
const fraction = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);
const positive = fc.double({ min: 0, max: 1e6, noNaN: true }).map((value) => value + 0);

const beat: fc.Arbitrary<Beat> = fc
  .record({
    bed: name,
    epoch: name,
    sample,
    samplingRateHz: rate,
    timeMs: positive,
    beatClass: fc.constantFrom(...BEAT_CLASSES),
    probabilities: fc.record({ N: fraction, S: fraction, V: fraction, F: fraction }),
    rrMs: fc.option(positive),
    heartRateBpm: fc.option(positive),
    quality: fraction,
    foundLate: fc.boolean(),
    lead: fc.string({ maxLength: 32 }),
    model: fc.stringMatching(/^[0-9a-f]{12}$/),
  })
  .map((value) => ({ id: beatId(value.bed, value.epoch, value.sample), ...value }));

const condition: fc.Arbitrary<Condition> = fc
  .record({
    bed: name,
    epoch: name,
    kind: fc.constantFrom(...(Object.keys(CONDITION_KINDS) as ConditionKind[])),
    priority: fc.constantFrom(...PRIORITIES),
    phase: fc.constantFrom("begin", "update", "end"),
    beginSample: sample,
    beginTimeMs: positive,
    sample,
    timeMs: positive,
    samplingRateHz: rate,
    beats: fc.array(fc.string(), { maxLength: 64 }),
    heartRateBpm: fc.option(positive),
    limitBpm: fc.option(positive),
    lead: fc.string({ maxLength: 32 }),
    policy: fc.string(),
  })
  .map((value) => ({ id: conditionId(value.bed, value.epoch, value, value.beginSample), ...value }));

test("beats and conditions come back from their bytes as they were", () => {
  fc.assert(
    fc.property(beat, condition, (oneBeat, oneCondition) => {
      expect(beatCodec.decode(beatCodec.encode(oneBeat))).toEqual(oneBeat);
      expect(conditionCodec.decode(conditionCodec.encode(oneCondition))).toEqual(oneCondition);
    }),
  );
});

test("any bytes give an event or BAD_MESSAGE, nothing else", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array(),
        fc.json().map((text) => new TextEncoder().encode(text)),
      ),
      (bytes) => {
        expect(() => annotationCodec.decode(bytes)).toThrow(expect.objectContaining({ code: "BAD_MESSAGE" }));
      },
    ),
  );
});

test("the field at fault is named", () => {
  const [one] = fc.sample(beat, 1);
  const bytes = (change: object): Uint8Array => new TextEncoder().encode(JSON.stringify({ ...one, ...change }));
  expect(() => beatCodec.decode(bytes({ beatClass: 5 }))).toThrow(/beat\/beatClass/);
  expect(() => beatCodec.decode(bytes({ quality: 1.5 }))).toThrow(/beat\/quality/);
});
