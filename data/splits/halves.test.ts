import { expect, test } from "vitest";
import { halfOf, type HalvedDatabase, REPORTED_SHARES } from "./halves.ts";

const reported = (database: HalvedDatabase, records: readonly string[]): string[] =>
  records.filter((record) => halfOf(database, record) === "report");

/** As PhysioNet lists them: 800 to 812, 820 to 829, 840 to 894. */
const SVDB = [
  ...Array.from({ length: 13 }, (_, i) => String(800 + i)),
  ...Array.from({ length: 10 }, (_, i) => String(820 + i)),
  ...Array.from({ length: 55 }, (_, i) => String(840 + i)),
];

test("the halves never move: what was once reported on is never learned from", () => {
  expect(reported("svdb", SVDB).join(" ")).toBe("807 809 812 825 840 844 855 856 863 867 870 881 882 885 889");
  expect(reported("cudb", ["cu01", "cu03", "cu04", "cu07"])).toEqual(["cu03", "cu04", "cu07"]);
  expect(reported("afdb", ["04015", "04746", "04908", "05091"])).toEqual(["04746", "04908"]);
});

test("a database's name counts, so that a record's half in one says nothing of another", () => {
  const names = Array.from({ length: 2000 }, (_, i) => `r${i}`);
  const halves = (Object.keys(REPORTED_SHARES) as HalvedDatabase[]).map((name) => reported(name, names));
  expect(new Set(halves.map((half) => half.join())).size).toBe(halves.length);
  halves.forEach((half, index) => {
    expect(half.length / names.length).toBeCloseTo(Object.values(REPORTED_SHARES)[index], 1);
  });
});
