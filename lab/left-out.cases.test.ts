import { afterEach, expect, test, vi } from "vitest";
import { BedsideError } from "../contracts/errors.ts";
import type { LeftOut } from "../contracts/scoring.ts";
import { leftOutBy, nothingLeft, tellLeftOut, throughRecords } from "./left-out.ts";

const { exitCode } = process;
afterEach(() => {
  process.exitCode = exitCode;
  vi.restoreAllMocks();
});

const bad = (reason: string): BedsideError => new BedsideError("BAD_RECORD", reason);

test("records are gone through in order, past those that can't be", async () => {
  const leftOut: LeftOut[] = [];
  const work = async (name: string): Promise<string> => {
    if (name === "cut") throw bad("cut short");
    if (name === "odd") throw new RangeError("Invalid array length\n  at …");
    return name.toUpperCase();
  };
  expect(await throughRecords(["a", "cut", "odd", "b"], leftOut, work)).toEqual(["A", "B"]);
  expect(leftOut).toEqual([
    { record: "cut", code: "BAD_RECORD", reason: "cut short" },
    { record: "odd", code: "BAD_RECORD", reason: "it can't be gone through: RangeError: Invalid array length" },
  ]);
  expect(await throughRecords(["a", "cut"], leftOut, async (name) => name)).toEqual(["a"]);
  expect(leftOut).toHaveLength(2);
});

test.each(["BAD_MODEL", "ENGINE_UNAVAILABLE", "BAD_CONFIG"] as const)("%s is no record's fault", (code) => {
  const error = new BedsideError(code, "no");
  expect(() => leftOutBy("a", error)).toThrow(error);
});

test("where none is left, a single record's error is its own; of many some are told and the rest counted", () => {
  const each = Array.from({ length: 5 }, (_, i) => leftOutBy(`r${i}`, bad(`reason ${i}`)));
  expect(nothingLeft(each.slice(0, 1), "scored")).toMatchObject({ code: "BAD_RECORD", message: "reason 0" });
  const { message } = nothingLeft(each, "scored");
  expect(message).toBe("none of the 5 records can be scored. r0: reason 0. r1: reason 1. r2: reason 2. And 2 more");
});

test("who leaves a record out says so and ends with 1; who leaves none out says nothing", () => {
  const said = vi.spyOn(console, "error").mockImplementation(() => {});
  tellLeftOut([]);
  expect([said.mock.calls, process.exitCode]).toEqual([[], exitCode]);
  tellLeftOut([leftOutBy("a2", bad("cut short"))]);
  expect(said.mock.calls.join()).toContain("  a2: cut short [BAD_RECORD]");
  expect(process.exitCode).toBe(1);
});
