import { expect, test } from "vitest";
import { gatherMs } from "./pace.ts";

test("a thin stream is asked for nearly at once, a thick one every ten milliseconds at the most", () => {
  expect(gatherMs(0)).toBeLessThanOrEqual(1);
  expect(gatherMs(1)).toBeLessThan(2);
  expect(gatherMs(1000)).toBe(10);
});

test.each([150, 1280, 2560, 7500])(
  "at %i messages a second the gap settles, and no answer waits for longer",
  (rate) => {
    let messages = 1;
    for (let i = 0; i < 100; i++) messages = (rate * gatherMs(messages)) / 1000;
    expect(messages).toBeCloseTo((rate * gatherMs(messages)) / 1000);
    expect(gatherMs(messages)).toBeLessThanOrEqual(10);
  },
);
