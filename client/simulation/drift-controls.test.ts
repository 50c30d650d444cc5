import { expect, test } from "vitest";
import { DRIFT_CONTROLS, stepOf, valueOf, withValue } from "./drift-controls.ts";

test("a control changes its own kind, and leaves what others and the command line asked for", () => {
  const drift = "em:6dB@60..120s,drop:5%";
  expect(valueOf(drift, "em")).toBe(6);
  expect(valueOf(drift, "gain")).toBeNull();
  expect(withValue(drift, "gain", 0.5)).toBe("em:6dB@60..120s,drop:5%,gain:0.5");
  expect(withValue(drift, "em", -6)).toBe("drop:5%,em:-6dB");
  expect(withValue(drift, "em", null)).toBe("drop:5%");
  expect(withValue("", "lead-off", 0)).toBe("lead-off");
  expect(valueOf("lead-off", "lead-off")).toBe(0);
  expect(valueOf("of another version", "em")).toBeNull();
});

test("a value between the steps stands at the nearest, and each step at itself", () => {
  for (const control of DRIFT_CONTROLS) control.steps.forEach((step, i) => expect(stepOf(control, step)).toBe(i));
  const ratio = DRIFT_CONTROLS[0];
  expect(ratio.steps[stepOf(ratio, 5)]).toBe(6);
  expect(ratio.steps[stepOf(ratio, -40)]).toBe(-6);
});
