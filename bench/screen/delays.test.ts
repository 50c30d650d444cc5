import { expect, test } from "vitest";
import { delaysOf, firstOfEach, type Seen } from "./delays.ts";

test("a letter is its own bed's, whatever others have", () => {
  const beats: Seen[] = [
    ["N", 0, "a"],
    ["N", 5, "b"],
    ["V", 7, "a"],
  ];
  const drawn: Seen[] = [
    ["N", 45, "b"],
    ["V", 17, "a"],
    ["N", 20, "a"],
  ];
  expect(delaysOf(beats, drawn)).toEqual([10, 20, 40]);
});

test("a beat that is never drawn makes no later one late", () => {
  const beats: Seen[] = [
    ["N", 0, "a"],
    ["N", 800, "a"],
    ["N", 1600, "a"],
  ];
  expect(delaysOf(beats, [["N", 1610, "a"]])).toEqual([10]);
});

test("one beat's letters on several leads count once", () => {
  const drawn: Seen[] = [
    ["N", 816, ""],
    ["N", 10, ""],
    ["N", 12, ""],
    ["N", 800, ""],
  ];
  expect(firstOfEach(drawn).map(([, atMs]) => atMs)).toEqual([10, 800]);
});
