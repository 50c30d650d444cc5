import { expect, test } from "vitest";
import { figuresOf } from "./figures.ts";
import { classTable, qrsTable, recordTable } from "./tables.ts";

const figures = figuresOf([
  [80, 2, 3, 0, 1, 4],
  [5, 10, 0, 0, 0, 0],
  [1, 0, 20, 1, 0, 2],
  [0, 0, 0, 0, 0, 0],
  [7, 0, 9, 0, 6, 2],
  [2, 0, 1, 0, 4, 0],
]);

test("counts and percentages of the detection", () => {
  expect(
    qrsTable([
      { name: "all", ...figures },
      { name: "DS1", ...figures },
    ]).split("\n"),
  ).toEqual([
    "QRS  beats   TP  FN  FP   Se %   +P %",
    "all    153  145   8   7  94.77  95.39",
    "DS1    153  145   8   7  94.77  95.39",
  ]);
});

test("the matrix, with figures for the scored classes; a dash where there are none", () => {
  const lines = classTable("all", figures.beats).split("\n");
  expect(lines).toHaveLength(8);
  expect(lines[0]).toBe("all: accuracy 83.33 %, macro-F1 0.618");
  expect(lines[1]).toBe("ref.   N   S   V  F  Q  O   Se %   +P %     F1");
  expect(lines[2]).toBe("N     80   2   3  0  1  4  88.89  90.91  0.899");
  expect(lines[5]).toBe("F      0   0   0  0  0  0      –   0.00  0.000");
  expect(lines[7]).toBe("O      2   0   1  0  4  0");
});

test("a line a record", () => {
  const [head, line] = recordTable([{ name: "100", ...figures }]).split("\n");
  expect(head.split(/ {2,}/)).toEqual("record,beats,FN,FP,Se %,+P %,acc. %,F1 N,F1 S,F1 V,F1 F".split(","));
  expect(line.split(/ +/)).toEqual("100,153,8,7,94.77,95.39,83.33,0.899,0.741,0.833,0.000".split(","));
});
