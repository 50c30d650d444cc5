import { expect, test } from "vitest";
import { millivoltsIn } from "./voltage.ts";

test.each([
  [1, ["mV", "mv", "MV", " mV ", "", "millivolt", "Millivolts", "milli-volt", "mVolt"]],
  [1000, ["V", "v", "Volt", "volts"]],
  [0.001, ["uV", "uv", "UV", "\u00b5V", "\u00b5v", "\u03bcV", "\u039cV".toLowerCase(), "microvolt", "mcV", "uVolts"]],
  [1e-6, ["nV", "nv", "nanovolt"]],
])("%f mV in each of %j", (millivolts, units) => {
  expect(units.map(millivoltsIn)).toEqual(units.map(() => millivolts));
});

test.each([
  "mmHg NU Ohm ohm mOhm pm % bpm C l/min mA A nd adu none unit mVs V/s mV/s kg m g inv. deg xV vmV vv constructor __proto__",
])("no voltages: %s", (units) => {
  expect(units.split(" ").filter((unit) => millivoltsIn(unit) !== null)).toEqual([]);
});
