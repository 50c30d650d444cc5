import { expect, test } from "vitest";
import { filterShift } from "../../../testing/client/filter-shift.ts";
import { displayBand, DisplayFilter, type DisplayFilterName } from "./display-filter.ts";

/** By what a filter multiplies a sine of that frequency, dB, when it has settled. */
function responseDb(name: DisplayFilterName, hz: number, rateHz: number): number {
  const filter = new DisplayFilter(rateHz, name);
  const settled = Math.ceil(60 * rateHz);
  const measured = Math.ceil(Math.max(20 / hz, 4) * rateHz);
  const [parts, turn] = [{ sin: 0, cos: 0 }, (2 * Math.PI * hz) / rateHz];
  for (let at = 0; at < settled + measured; at++) {
    const out = filter.push(Math.sin(turn * at));
    if (at < settled) continue;
    parts.sin += (2 / measured) * out * Math.sin(turn * at);
    parts.cos += (2 / measured) * out * Math.cos(turn * at);
  }
  return 20 * Math.log10(Math.hypot(parts.sin, parts.cos));
}

test.each([
  ["monitor", 250, 0.05, -40, 0.2],
  ["monitor", 250, 0.5, -3, 0.1],
  ["monitor", 250, 5, 0, 0.1],
  ["monitor", 250, 40, -3, 0.1],
  // No notch: the mains are lowered by the low-pass alone.
  ["monitor", 360, 50, -6, 0.7],
  ["monitor", 360, 100, -20, 3],
  ["diagnostic", 360, 0.05, -3, 0.1],
  ["diagnostic", 360, 0.5, 0, 0.1],
  ["diagnostic", 360, 40, 0, 0.1],
  ["diagnostic", 360, 60, 0, 0.2],
  ["diagnostic", 360, 150, -3, 0.1],
  ["diagnostic", 1000, 150, -3, 0.1],
  ["diagnostic", 250, 100, 0, 0.1],
] as const)("%s at %d Hz lets %d Hz pass with %d dB", (name, rateHz, hz, db, within) => {
  expect(Math.abs(responseDb(name, hz, rateHz) - db)).toBeLessThanOrEqual(within);
});

test("a band is as much of the filter's as the sampling rate carries, and says whether that is all", () => {
  expect(displayBand("monitor", 250)).toEqual({ lowHz: 0.5, highHz: 40, isWhole: true });
  expect(displayBand("diagnostic", 360)).toEqual({ lowHz: 0.05, highHz: 150, isWhole: true });
  expect(displayBand("diagnostic", 250)).toEqual({ lowHz: 0.05, highHz: 125, isWhole: false });
  expect(displayBand("monitor", 50)).toEqual({ lowHz: 0.5, highHz: 25, isWhole: false });
});

test("a step is gone from the monitor's trace within two seconds, and stands in the diagnostic one", () => {
  const after = (name: DisplayFilterName, seconds: number): number => {
    const filter = new DisplayFilter(250, name);
    filter.push(0);
    let out = 0;
    for (let at = 0; at < seconds * 250; at++) out = filter.push(1);
    return out;
  };
  expect(after("monitor", 0.1)).toBeLessThan(0.65);
  expect(Math.abs(after("monitor", 2))).toBeLessThan(0.03);
  expect(after("diagnostic", 0.1)).toBeGreaterThan(0.95);
  expect(after("diagnostic", 1)).toBeGreaterThan(0.6);
});

test("the first sample, and one behind a missing one, is what the signal has always been", () => {
  const filter = new DisplayFilter(250, "diagnostic");
  expect(Math.abs(filter.push(5))).toBeLessThan(1e-9);
  expect(filter.push(Number.NaN)).toBeNaN();
  expect(Math.abs(filter.push(-3))).toBeLessThan(1e-9);
});

test.each([45, 75, 110])("the monitor's filter shifts ST at %d/min, the diagnostic one hardly", (bpm) => {
  const monitor = filterShift("monitor", bpm, 360);
  expect(monitor.stMv).toBeLessThan(-0.03);
  expect(monitor.stMv).toBeGreaterThan(-0.1);
  expect(monitor.rMv).toBeLessThan(-0.1);
  const diagnostic = filterShift("diagnostic", bpm, 360);
  expect(Math.abs(diagnostic.stMv)).toBeLessThan(0.01);
  expect(Math.abs(diagnostic.rMv)).toBeLessThan(0.02);
});
