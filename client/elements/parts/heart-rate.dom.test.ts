import { expect, test } from "vitest";
import { HeartRate } from "./heart-rate.ts";

test("a rate", async () => {
  const element = new HeartRate();
  element.bpm = 71.6;
  document.body.append(element);
  await element.updateComplete;
  expect(element.shadowRoot?.querySelector("[data-testid=heart-rate]")?.textContent).toBe("72");
});
