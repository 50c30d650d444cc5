import { expect, test } from "vitest";
import { SVDB, SVDB_DEVELOPMENT, SVDB_REPORT } from "./svdb.ts";

test("of the 56 records 12 are reported on alone, each of the others may be learned from", () => {
  expect(SVDB_REPORT.join(" ")).toBe("807 809 812 840 844 855 856 863 867 870 885 889");
  expect(SVDB).toHaveLength(56);
  expect([...SVDB_DEVELOPMENT, ...SVDB_REPORT].toSorted()).toEqual(SVDB);
});
