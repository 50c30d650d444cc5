import { expect, test } from "vitest";
import { decimals, grouped, percent, percentFigure, ratio } from "./figures.ts";

test("a ratio has a whole to divide by", () => {
  expect(ratio(1, 4)).toBe(0.25);
  expect(ratio(0, 0)).toBeNull();
});

test("figures in words", () => {
  expect([percent(0.9344), percent(0.5, 0), percent(0, 2), percent(1)]).toEqual([
    "93.4 %",
    "50 %",
    "0.00 %",
    "100.0 %",
  ]);
  expect([percentFigure(0.9344), percentFigure(0), percentFigure(0.9344, 1)]).toEqual(["93.44", "0.00", "93.4"]);
  expect([decimals(0.9449, 2), decimals(-1.5, 3)]).toEqual(["0.94", "-1.500"]);
  expect(grouped(1_234_567)).toBe("1,234,567");
});

test.each([null, undefined])("what is %s is a dash", (value) => {
  expect([percent(value), percentFigure(value), decimals(value, 2)]).toEqual(["–", "–", "–"]);
});
