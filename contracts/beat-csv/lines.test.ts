import { expect, test } from "vitest";
import { LineSplitter } from "./lines.ts";

test.each([1, 2, 3, 100])("blank lines are counted and not given, however the file is cut (%i bytes)", (size) => {
  const bytes = new TextEncoder().encode("\n \r\na\n\r\r\n\t\n b \r\r\n\nc");
  const given: [number, string][] = [];
  const line = (row: number, all: Uint8Array, start: number, end: number): void => {
    given.push([row, new TextDecoder().decode(all.subarray(start, end)).trim()]);
  };
  const splitter = new LineSplitter({ line, tooLong: () => {} }, 10);
  for (let at = 0; at < bytes.length; at += size) splitter.push(bytes.subarray(at, at + size));
  splitter.end();
  expect(given).toEqual([
    [3, "a"],
    [7, "b"],
    [10, "c"],
  ]);
});
