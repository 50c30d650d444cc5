import { expect, test } from "vitest";
import { learnsFromSvdb } from "./rows.ts";

test("folds of whole patients alone learn from SVDB, and where it is named", () => {
  expect(learnsFromSvdb(["mitdb"], ["random", "records"])).toBe(false);
  expect(learnsFromSvdb(["svdb", "mitdb"], ["records"])).toBe(true);
});

test.each([
  [["svdb"], ["records"], "--databases svdb: rows are held out of MIT-BIH; take mitdb or mitdb,svdb"],
  [
    ["mitdb", "svdb"],
    ["random", "records"],
    "--databases mitdb,svdb: whole patients alone have it; take --kind records",
  ],
  [["mitdb", "vfdb"], ["records"], "--databases vfdb: not learned from"],
] as const)("%s in %s folds is refused", (databases, kinds, message) => {
  expect(() => learnsFromSvdb(databases, kinds)).toThrow(
    expect.objectContaining({ code: "BAD_ARGUMENT", message: expect.stringContaining(message) }),
  );
});
