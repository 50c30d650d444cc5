import { expect, test } from "vitest";
import { DS1, DS2, MITDB, PACED, recordFolds } from "./splits.ts";

test("de Chazal's sets are 22 and 22 records, which with the four paced ones make up MIT-BIH", () => {
  expect([DS1.length, DS2.length, PACED.length]).toEqual([22, 22, 4]);
  expect(new Set([...DS1, ...DS2, ...PACED]).size).toBe(48);
  expect(MITDB).toHaveLength(48);
});

test("every record is held out once, and trained on in all other folds", () => {
  const folds = recordFolds(DS1, 4);
  expect(folds.flatMap((fold) => fold.heldOut).toSorted()).toEqual(DS1.toSorted());
  for (const { train, heldOut } of folds) {
    expect([...train, ...heldOut].toSorted()).toEqual(DS1.toSorted());
    expect(heldOut.length).toBeGreaterThanOrEqual(5);
  }
});
