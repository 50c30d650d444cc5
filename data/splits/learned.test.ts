import { expect, test } from "vitest";
import { halfOf } from "./halves.ts";
import { LEARNED, learnedRecords } from "./learned.ts";
import { DS2, PACED } from "./mitdb.ts";

test("nothing is learned from DS2, paced records or a report half", () => {
  expect(LEARNED.mitdb.filter((record) => [...DS2, ...PACED].includes(record))).toEqual([]);
  expect(LEARNED.svdb.map((record) => halfOf("svdb", record))).toEqual(LEARNED.svdb.map(() => "development"));
});

test("22 and 44 patients, each named once", () => {
  const all = learnedRecords(["mitdb", "svdb"]);
  expect([all.length, new Set(all).size]).toEqual([66, 66]);
  expect([all[0], all[22]]).toEqual(["mitdb/101", "svdb/802"]);
});
