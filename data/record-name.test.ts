import { expect, test } from "vitest";
import { byDatabase, parseRecordName, ownNames } from "./record-name.ts";

test("a record is named by its database and its own name", () => {
  expect(parseRecordName("svdb/802")).toEqual({ database: "svdb", record: "802" });
  for (const wrong of ["802", "svdb/", "/802", "a/b/c"]) expect(() => parseRecordName(wrong)).toThrow(/is no record/);
});

test("a database's own records", () => {
  const names = ["mitdb/101", "svdb/802", "mitdb/106"];
  expect(ownNames("mitdb", names)).toEqual(["101", "106"]);
  expect(ownNames("svdb", names)).toEqual(["802"]);
});

test("items by the database of their names", () => {
  const [a, b, c] = ["mitdb/101", "svdb/802", "mitdb/106"].map((name) => ({ name }));
  expect([...byDatabase([a, b, c])]).toEqual([
    ["mitdb", [a, c]],
    ["svdb", [b]],
  ]);
});
