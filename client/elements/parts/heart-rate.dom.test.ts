import { expect, test } from "vitest";
import type { HeartRate as Rate } from "../../../contracts/heart-rate.ts";
import { sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { HeartRate } from "./heart-rate.ts";

const rateOf = (bpm: number | null, change: Partial<Rate> = {}): Rate => ({
  bpm,
  validity: bpm === null ? "unknown" : "valid",
  source: "qrs",
  reason: null,
  condition: null,
  limitBpm: null,
  ...change,
});

async function shown(rate: Rate, priority: HeartRate["priority"] = null): Promise<HeartRate> {
  return sceneOf().show(Object.assign(new HeartRate(), { rate, priority }));
}

const colourOf = (element: HeartRate, part = ".value"): string => getComputedStyle(the(element, part)).color;

test.each([
  [rateOf(71.6), "HR /min 72"],
  [rateOf(0, { condition: "asystole" }), "HR /min 0"],
  [rateOf(null, { reason: "lead-off" }), "HR lead off ––"],
  [rateOf(65.9, { validity: "uncertain", reason: "noisy-signal" }), "HR noisy 66 ?"],
  [rateOf(36, { condition: "bradycardia", limitBpm: 50 }), "HR < 50 36"],
  [rateOf(147, { condition: "tachycardia", limitBpm: 140 }), "HR > 140 147"],
] as const)("%o reads %s", async (rate, text) => {
  expect(textOf(await shown(rate))).toBe(text);
});

test("what may be wrong is hatched, and never in the colour of a valid rate", async () => {
  const valid = await shown(rateOf(66));
  const uncertain = await shown(rateOf(66, { validity: "uncertain", reason: "noisy-signal" }));
  const unknown = await shown(rateOf(null));
  for (const doubtful of [uncertain, unknown]) {
    for (const part of [".value", ".label"]) expect(colourOf(doubtful, part)).not.toBe(colourOf(valid, part));
  }
  const hatches = [valid, uncertain].map((one) => getComputedStyle(the(one, ".value")).backgroundImage);
  expect(hatches).toEqual(["none", expect.stringContaining("repeating-linear-gradient")]);
  expect(within(valid, ".mark")).toEqual([]);
});

test("it takes its alarm's colour, also where it may be wrong, and nothing moves as it changes", async () => {
  const element = await shown(rateOf(7));
  const plain = colourOf(element);
  const { width } = the(element, "[data-testid=heart-rate]").getBoundingClientRect();
  Object.assign(element, { rate: rateOf(178), priority: "high" });
  await element.updateComplete;
  const high = colourOf(element);
  expect(high).not.toBe(plain);
  expect(the(element, "[data-testid=heart-rate]").getBoundingClientRect().width).toBe(width);
  element.rate = rateOf(178, { validity: "uncertain" });
  await element.updateComplete;
  expect(colourOf(element)).toBe(high);
});
