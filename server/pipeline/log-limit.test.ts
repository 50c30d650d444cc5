import { expect, test } from "vitest";
import { LogLimit } from "./log-limit.ts";

test("of each kind a line at once, then one every ten seconds with how many it stands for, then silence", () => {
  const limit = new LogLimit();
  const lines: string[] = [];
  const add = (kind: string, atMs: number): void =>
    limit.add(kind, atMs, (more) => lines.push(`${kind} ${atMs} +${more}`));
  for (let atMs = 0; atMs < 5000; atMs += 10) add("b1", atMs);
  add("b2", 5000);
  limit.turn(9999);
  expect(lines).toEqual(["b1 0 +0", "b2 5000 +0"]);
  limit.turn(10_000);
  limit.turn(15_000);
  limit.turn(25_000);
  expect(lines.slice(2)).toEqual(["b1 4990 +498"]);
  add("b1", 25_001);
  expect(lines.slice(3)).toEqual(["b1 25001 +0"]);
});

test("a kind of its own for every line does not make a line of every one", () => {
  const limit = new LogLimit();
  let lines = 0;
  const say = (): void => void lines++;
  for (let i = 0; i < 10_000; i++) limit.add(`b${i}`, i, say);
  expect(lines).toBe(65);
  limit.turn(20_000);
  expect(lines).toBe(66);
});
