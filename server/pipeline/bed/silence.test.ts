import { expect, test } from "vitest";
import { conditionCodec } from "../../../contracts/codec.ts";
import { namedPolicy } from "../../../signal/rhythm/policy/policy.ts";
import { RELEASE_AFTER_MS, Silence, SILENT_AFTER_MS } from "./silence.ts";

const epoch = { bed: "b1", epoch: "e", epochStartMs: 1000, samplingRateHz: 100, policy: namedPolicy("adult") };

/** A bed that was heard at 0 ms. */
function heardAtZero(): Silence {
  const silence = new Silence();
  silence.heard(0, epoch, 0);
  return silence;
}

test("a bed that sends nothing has no data, until it sends again", () => {
  const silence = heardAtZero();
  expect(silence.check(SILENT_AFTER_MS - 1, epoch, 500)).toBeNull();
  const begun = silence.check(SILENT_AFTER_MS, epoch, 500);
  expect(begun).toMatchObject({ id: "b1/e/no-data/500", phase: "begin", beginTimeMs: 6000, timeMs: 6000 });
  if (begun) conditionCodec.encode(begun);
  expect(silence.check(2 * SILENT_AFTER_MS, epoch, 500)).toBeNull();
  const end = { id: begun?.id, phase: "end", sample: 900, timeMs: 10_000 };
  expect(silence.heard(20_000, epoch, 900)).toMatchObject(end);
  expect(silence.heard(20_100, epoch, 920)).toBeNull();
});

test("silence that ends in another epoch ends where it began", () => {
  const silence = heardAtZero();
  silence.check(SILENT_AFTER_MS, epoch, 500);
  expect(silence.heard(20_000, { ...epoch, epoch: "e-2" }, 10)).toMatchObject({ phase: "end", sample: 500 });
});

test("a bed whose epoch has ended may be silent", () => {
  const silence = heardAtZero();
  expect(silence.check(SILENT_AFTER_MS, null, 0)).toBeNull();
  expect(silence.releasable(RELEASE_AFTER_MS)).toBe(false);
});

test("a frame that overlaps what came before the silence does not end it before it began", () => {
  const silence = heardAtZero();
  silence.check(SILENT_AFTER_MS, epoch, 500);
  expect(silence.heard(20_000, epoch, 450)).toMatchObject({ phase: "end", sample: 500, timeMs: 6000 });
});

test("a bed is released as long as its long silence lasts", () => {
  const silence = heardAtZero();
  expect(silence.releasable(RELEASE_AFTER_MS - 1)).toBe(false);
  expect(silence.releasable(RELEASE_AFTER_MS)).toBe(true);
  expect(silence.releasable(RELEASE_AFTER_MS + 500)).toBe(true);
  silence.heard(RELEASE_AFTER_MS + 600, epoch, 10);
  expect(silence.releasable(RELEASE_AFTER_MS + 700)).toBe(false);
  expect(silence.releasable(3 * RELEASE_AFTER_MS)).toBe(true);
});
