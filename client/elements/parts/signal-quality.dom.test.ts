import { expect, test } from "vitest";
import { sceneOf, the, within } from "../../../testing/client/dom.ts";
import { SignalQuality } from "./signal-quality.ts";

test.each([
  [null, 0, "Signal unknown"],
  [0, 1, "Signal unusable"],
  [0.3, 2, "Signal poor"],
  [0.74, 3, "Signal fair"],
  [1, 4, "Signal good"],
] as const)("a quality of %s lights %i bars: %s", async (quality, bars, words) => {
  const element = await sceneOf().show(Object.assign(new SignalQuality(), { quality }));
  expect(within(element, ".bar")).toHaveLength(4);
  expect(within(element, ".lit")).toHaveLength(bars);
  expect(the(element, "[role=img]").getAttribute("aria-label")).toBe(words);
});
