import { expect, test } from "vitest";
import { Allowance } from "./allowance.ts";

test("a burst, then so much a second, never more than a burst saved up", () => {
  const allowance = new Allowance(0, { burst: 3, perSecond: 2 });
  expect([1, 2, 3, 4].map(() => allowance.spend(1, 0))).toEqual([true, true, true, false]);
  expect(allowance.spend(1, 1000)).toBe(true);
  expect(allowance.spend(1, 1001)).toBe(false);
  expect([1, 2, 3, 4].map(() => allowance.spend(1, 1e6))).toEqual([true, true, true, false]);
  expect(new Allowance(0, { burst: 3, perSecond: 2 }).spend(4, 0)).toBe(false);
});
