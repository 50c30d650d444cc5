import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Reachability } from "./reachability.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("trouble is told once when it begins and once when the last of it is over", () => {
  const told: (string | null)[] = [];
  const reachability = new Reachability((trouble) => told.push(trouble));
  const [one, two] = [reachability.join(), reachability.join()];
  one.set(null);
  expect(told).toEqual([]);
  one.set("no broker");
  one.set("still no broker");
  two.set("no member");
  expect(reachability.trouble).toBe("still no broker");
  one.set(null);
  expect([reachability.trouble, told]).toEqual(["no member", ["no broker"]]);
  two.set(null);
  expect(reachability.trouble).toBeNull();
  vi.advanceTimersByTime(1500);
  one.set("for a moment");
  one.set(null);
  vi.advanceTimersByTime(1500);
  expect(told).toEqual(["no broker"]);
  vi.advanceTimersByTime(1500);
  expect(told).toEqual(["no broker", null]);
});

test("who has left has no trouble", () => {
  const told: (string | null)[] = [];
  const reachability = new Reachability((trouble) => told.push(trouble));
  const one = reachability.join();
  one.set("no broker");
  one.leave();
  vi.advanceTimersByTime(3000);
  expect([reachability.trouble, told]).toEqual([null, ["no broker", null]]);
});
