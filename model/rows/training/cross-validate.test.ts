import { expect, test } from "vitest";
import { ROW_LENGTH } from "../../../data/kachuee/rows.ts";
import type { RowSet } from "../../../data/kachuee/dataset.ts";
import { rowFolds } from "./cross-validate.ts";

/** A row of each of some records, N and S in turn. */
function setOf(records: readonly string[]): RowSet {
  const count = records.length;
  return {
    count,
    rows: new Float32Array(count * ROW_LENGTH),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
    records,
    beats: new Uint32Array(count),
    samples: new Uint32Array(count),
  };
}

const set = setOf(Array.from({ length: 10 }, (_, i) => String(100 + i)));

test.each(["random", "records"] as const)("%s folds hold the same rows out, whatever is added", (kind) => {
  const held = (added: number): number[][] => rowFolds(set, kind, added).map(({ test: out }) => [...out]);
  expect(held(3)).toEqual(held(0));
  expect(
    held(3)
      .flat()
      .toSorted((a, b) => a - b),
  ).toEqual(Array.from({ length: 10 }, (_, i) => i));
});

test("what is added stands behind the set's rows, in the training part of each fold", () => {
  for (const { train, test: out } of rowFolds(set, "records", 3)) {
    expect(train.slice(-3)).toEqual(Uint32Array.of(10, 11, 12));
    expect([...train, ...out].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, i) => i));
  }
});
