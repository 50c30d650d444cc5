import { expect, test } from "vitest";
import { recordFolds } from "./folds.ts";
import { DS1 } from "./mitdb.ts";

test("every record is held out once, and trained on in all other folds", () => {
  const folds = recordFolds(DS1, 4);
  expect(folds.flatMap((fold) => fold.heldOut).toSorted()).toEqual(DS1.toSorted());
  for (const { train, heldOut } of folds) {
    expect([...train, ...heldOut].toSorted()).toEqual(DS1.toSorted());
    expect(heldOut.length).toBeGreaterThanOrEqual(5);
  }
});
