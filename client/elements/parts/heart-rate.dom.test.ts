import { expect, test } from "vitest";
import { sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { HeartRate } from "./heart-rate.ts";

test("a rate in whole beats a minute, dashes where there is none, 0 in asystole", async () => {
  const element = await sceneOf().show(new HeartRate());
  expect(textOf(element)).toBe("HR /min ––");
  for (const [bpm, text] of [
    [71.6, "HR /min 72"],
    [0, "HR /min 0"],
  ] as const) {
    element.bpm = bpm;
    await element.updateComplete;
    expect(textOf(element)).toBe(text);
  }
});

test("it takes its condition's colour, and nothing moves as it changes", async () => {
  const element = await sceneOf().show(Object.assign(new HeartRate(), { bpm: 7 }));
  const plain = getComputedStyle(element).color;
  const { width } = the(element, "[data-testid=heart-rate]").getBoundingClientRect();
  Object.assign(element, { bpm: 178, priority: "high" });
  await element.updateComplete;
  expect(getComputedStyle(element).color).not.toBe(plain);
  expect(the(element, "[data-testid=heart-rate]").getBoundingClientRect().width).toBe(width);
});
