import { expect, test } from "vitest";
import { Losses } from "./losses.ts";

const RATE = 100;

/** Shares after frames of 100 samples at these positions, one a second, of which nothing has been shown. */
function after(...positions: number[]): number | null {
  const losses = new Losses(RATE);
  positions.forEach((position, index) => losses.arrived(position, RATE, 0, 1000 * index));
  return losses.share(1000 * positions.length);
}

test("a hole is lost as soon as what lies behind it comes; before anything came nothing is known", () => {
  expect(after()).toBeNull();
  expect(after(500, 600)).toBe(0);
  expect(after(0, 100, 300)).toBeCloseTo(1 / 4);
});

test("what fills a hole in time is not lost, also in part and in two pieces; a second copy changes nothing", () => {
  expect(after(0, 200, 100)).toBe(0);
  expect(after(0, 300, 150)).toBeCloseTo(1 / 4);
  expect(after(0, 300, 100, 200)).toBe(0);
  expect(after(0, 100, 100, 0, 300)).toBeCloseTo(1 / 4);
  expect(after(0, 300, 200, 200)).toBeCloseTo(1 / 4);
});

test("what comes when its place has been shown is lost all the same", () => {
  const losses = new Losses(RATE);
  losses.arrived(0, 100, 0, 0);
  losses.arrived(200, 100, 0, 1000);
  losses.arrived(100, 100, 150, 2000);
  expect(losses.share(3000)).toBeCloseTo(50 / 300);
});

test("an hour's hole counts as the minute it is told of, and what lies between epochs as nothing", () => {
  const losses = new Losses(RATE);
  losses.arrived(0, 100, 0, 0);
  losses.arrived(360_000, 100, 0, 1000);
  expect(losses.share(1000)).toBeCloseTo(6000 / 6200);
  losses.beginAt(500_000);
  losses.arrived(500_000, 100, 0, 62_000);
  expect(losses.share(62_000)).toBe(0);
});
