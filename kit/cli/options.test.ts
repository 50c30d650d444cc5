import { expect, test } from "vitest";
import { epoch, list } from "./options.ts";

test("a list has one name at least", () => {
  expect(list(" 100, 208,")).toEqual(["100", "208"]);
  expect(() => list(",")).toThrow(/one name or more/);
});

test("the name of an epoch leaves room for the number of those that follow", () => {
  expect(epoch("ward-3.a")).toBe("ward-3.a");
  for (const wrong of ["", "a b", "-1", "e".repeat(49)]) expect(() => epoch(wrong)).toThrow(/1 to 48 letters/);
});
