import { expect, test } from "vitest";
import { heapTable } from "./heap-table.ts";

test("drift is told against the end of the fifth minute, in both directions", () => {
  const table = heapTable(32, [50, 20, 20, 20, 10, 11, 9.5]);
  expect(table).toContain("| 1 | 50.0 |  |");
  expect(table).toContain("| 6 | 11.0 | +10.0 % |");
  expect(table.split("\n").at(-1)).toBe("After the first five minutes: −5.0 % to +10.0 %.");
});

test("less than that tells no drift", () => {
  expect(heapTable(32, [50, 20])).toContain("too short to tell");
});
