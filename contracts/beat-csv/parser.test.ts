import { expect, test } from "vitest";
import { createBeatCsvParser } from "./parser.ts";

test("a row", () => {
  const got: unknown[] = [];
  const p = createBeatCsvParser({
    row: (r, s, l) => got.push([r, s.length, l]),
    rejected: (r, why) => got.push([r, why]),
  });
  p.push(`${Array(187).fill("0.5").join()},2\n1,2,3\n`);
  p.end();
  expect(got).toEqual([
    [1, 187, 2],
    [2, "3 cells, where this file's rows have 188"],
  ]);
});
