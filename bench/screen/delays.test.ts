import { expect, test } from "vitest";
import { delaysOf, firstOfEach, type Seen } from "./delays.ts";

test("a letter is its own bed's, whatever others have", () => {
  const beats: Seen[] = [
    ["N", 0, "a"],
    ["N", 5, "b"],
    ["V", 7, "a"],
  ];
  const drawn: Seen[] = [
    ["N", 45, "b", 3],
    ["V", 17, "a", 3],
    ["N", 20, "a", 3],
  ];
  expect(delaysOf(beats, drawn)).toEqual([10, 20, 40]);
});

test("a beat that is never drawn makes no later one late, nor does a letter that is drawn again", () => {
  const beats: Seen[] = [
    ["N", 0, "a"],
    ["N", 800, "a"],
    ["N", 1600, "a"],
  ];
  const drawn: Seen[] = [
    ["N", 810, "a", 40],
    ["N", 1580, "a", 40],
    ["N", 1620, "a", 70],
  ];
  expect(delaysOf(beats, drawn)).toEqual([10, 20]);
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
