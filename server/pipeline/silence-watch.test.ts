import { expect, test } from "vitest";
import { conditionCodec } from "../../contracts/codec.ts";
import { RELEASE_AFTER_MS, SILENT_AFTER_MS, SilenceWatch } from "./silence-watch.ts";
import type { EpochState } from "./work.ts";

const epoch = { bed: "b1", epoch: "e", epochStartMs: 1000, samplingRateHz: 100 } as EpochState;
const at = (sample: number) => () => ({ epoch, sample });

test("a bed that sends nothing has no data, until it sends again", () => {
  const watch = new SilenceWatch();
  watch.heard("b1", 0, epoch, 0);
  expect(watch.check(SILENT_AFTER_MS - 1, at(500))).toEqual([]);
  const [begun] = watch.check(SILENT_AFTER_MS, at(500));
  expect(begun).toMatchObject({ id: "b1/e/no-data/500", phase: "begin", beginTimeMs: 6000, timeMs: 6000 });
  conditionCodec.encode(begun);
  expect(watch.check(2 * SILENT_AFTER_MS, at(500))).toEqual([]);
  expect(watch.heard("b1", 20_000, epoch, 900)).toMatchObject({
    id: begun.id,
    phase: "end",
    sample: 900,
    timeMs: 10_000,
  });
  expect(watch.heard("b1", 20_100, epoch, 920)).toBeNull();
});

test("silence that ends in another epoch ends where it began", () => {
  const watch = new SilenceWatch();
  watch.heard("b1", 0, epoch, 0);
  watch.check(SILENT_AFTER_MS, at(500));
  expect(watch.heard("b1", 20_000, { ...epoch, epoch: "e-2" } as EpochState, 10)).toMatchObject({
    phase: "end",
    sample: 500,
  });
});

test("a bed whose epoch has ended may be silent", () => {
  const watch = new SilenceWatch();
  watch.heard("b1", 0, epoch, 0);
  expect(watch.check(SILENT_AFTER_MS, () => null)).toEqual([]);
});

test("a frame that overlaps what came before the silence does not end it before it began", () => {
  const watch = new SilenceWatch();
  watch.heard("b1", 0, epoch, 0);
  watch.check(SILENT_AFTER_MS, at(500));
  expect(watch.heard("b1", 20_000, epoch, 450)).toMatchObject({ phase: "end", sample: 500, timeMs: 6000 });
});

test("a bed is released as long as its long silence lasts", () => {
  const watch = new SilenceWatch();
  watch.heard("b1", 0, epoch, 0);
  expect(watch.releasable(RELEASE_AFTER_MS - 1)).toEqual([]);
  expect(watch.releasable(RELEASE_AFTER_MS)).toEqual(["b1"]);
  expect(watch.releasable(RELEASE_AFTER_MS + 500)).toEqual(["b1"]);
  watch.heard("b1", RELEASE_AFTER_MS + 600, epoch, 10);
  expect(watch.releasable(RELEASE_AFTER_MS + 700)).toEqual([]);
  expect(watch.releasable(3 * RELEASE_AFTER_MS)).toEqual(["b1"]);
});
