import { expect, test } from "vitest";
import { learnedRecords } from "../../data/splits/learned.ts";
import { checkFetched, chooseLearned } from "./choose-learned.ts";

test("all of some databases, in an order of their own", () => {
  expect(chooseLearned(["svdb", "mitdb"], undefined)).toEqual(learnedRecords(["mitdb", "svdb"]));
  expect(chooseLearned(["mitdb"], undefined)).toEqual(learnedRecords(["mitdb"]));
});

test("those named, each once; a bare name is MIT-BIH's", () => {
  expect(chooseLearned(["mitdb"], ["119", "svdb/802", "mitdb/119"])).toEqual(["mitdb/119", "svdb/802"]);
});

test.each([
  [["mitdb/100", "101"], "BAD_ARGUMENT", "--records mitdb/100: of DS2, which is never trained on"],
  [["102"], "BAD_ARGUMENT", "--records mitdb/102: paced"],
  [["svdb/802", "svdb/807"], "BAD_ARGUMENT", "--records svdb/807: of the half that is kept for the report"],
  [["cudb/cu01"], "BAD_ARGUMENT", "--records cudb/cu01: of no database that is learned from; there are mitdb, svdb"],
  [["a/b/c"], "BAD_ARGUMENT", '"a/b/c" is no record of a database'],
  [["999"], "UNKNOWN_RECORD", "--records 999: none of mitdb that is learned from; there are 101,106"],
  [["svdb/801"], "UNKNOWN_RECORD", "--records 801: none of svdb that is learned from; there are 802,803"],
])("%s is refused: %s", (named, code, message) => {
  expect(() => chooseLearned(["mitdb", "svdb"], named)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

test("a database that is not learned from is refused", () => {
  expect(() => chooseLearned(["mitdb", "vfdb"], undefined)).toThrow("--databases vfdb: not learned from");
});

test("what is missing is named by its database, with what brings it", async () => {
  await expect(checkFetched("/nowhere", ["mitdb/101", "svdb/802", "svdb/803"])).rejects.toThrow(
    "records are missing in /nowhere (1 of mitdb, 2 of svdb): run npm run fetch -- mitdb svdb",
  );
});
