import { expect, test } from "vitest";
import { figuresOf } from "../../scoring/figures.ts";
import { mostErrors } from "./most-errors.ts";

/** Of S `missed` are called N and `crossed` V; `falselyCalled` N are called S, and one that is no beat V. */
const record = (name: string, missed: number, crossed = 0, falselyCalled = 0) => {
  const confusion = [
    [50, falselyCalled, 0, 0, 0, 0],
    [missed, 10, crossed, 0, 0, 0],
    [0, 0, 5, 0, 0, 0],
    [0, 0, 0, 0, 0, 0],
    [0, 3, 0, 0, 0, 0],
    [0, 0, crossed > 0 ? 1 : 0, 0, 0, 0],
  ];
  return { record: name, beats: figuresOf(confusion).beats };
};

test("the five records with most missed and false S and V, and the share of all that they have", () => {
  const records = ["a", "b", "c", "d", "e", "f"].map((name, i) => record(name, i));
  const found = mostErrors([...records, record("g", 1, 2, 4)]);
  expect(found?.records.map((one) => one.record)).toEqual(["g", "f", "e", "d", "c"]);
  expect(found?.records[0]).toEqual({ record: "g", missed: { S: 3, V: 0 }, falselyCalled: { S: 4, V: 3 } });
  expect(found?.share).toBeCloseTo((10 + 5 + 4 + 3 + 2) / (10 + 15), 12);
});

test("where nothing is wrong no record is told, and none that has no such error", () => {
  expect(mostErrors([record("a", 0)])).toBeUndefined();
  expect(mostErrors([record("a", 0), record("b", 2)])).toMatchObject({ share: 1, records: [{ record: "b" }] });
});
