import { expect, test } from "vitest";
import { within } from "./within.ts";

test("what settles in time, either way, and what does not", async () => {
  expect(await within(10_000, Promise.resolve())).toBe(true);
  expect(await within(10_000, Promise.reject(new Error("no")))).toBe(true);
  expect(await within(5, new Promise(() => {}))).toBe(false);
});
