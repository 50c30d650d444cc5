import { expect, test } from "vitest";
import { ownNames } from "../record-name.ts";
import { recordFolds } from "./folds.ts";
import { learnedRecords } from "./learned.ts";
import { DS1 } from "./mitdb.ts";

test("every record is held out once, and trained on in all other folds", () => {
  const folds = recordFolds(DS1, 4);
  expect(folds.flatMap((fold) => fold.heldOut).toSorted()).toEqual(DS1.toSorted());
  for (const { train, heldOut } of folds) {
    expect([...train, ...heldOut].toSorted()).toEqual(DS1.toSorted());
    expect(heldOut.length).toBeGreaterThanOrEqual(5);
  }
});

test("each fold has its share of each database, MIT-BIH's dealt as if they were alone", () => {
  const alone = recordFolds(DS1, 4).map(({ heldOut }) => heldOut);
  const folds = recordFolds(learnedRecords(["mitdb", "svdb"]), 4);
  expect(folds.map(({ heldOut }) => ownNames("mitdb", heldOut))).toEqual(alone);
  expect(folds.map(({ heldOut }) => ownNames("svdb", heldOut).length)).toEqual([11, 11, 11, 11]);
});
