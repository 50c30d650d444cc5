import { expect, test } from "vitest";
import type { Condition } from "../../contracts/condition.ts";
import { beatAt, conditionAt, frameAt } from "../../testing/gateway/messages.ts";
import { Ward } from "./ward.ts";

test("beds with a frame or an open condition are listed, numbers by value", () => {
  const ward = new Ward();
  ward.frame(frameAt("b10", 0), 1000, 0);
  ward.frame(frameAt("b9", 0), 2000, 0);
  ward.toldOf(beatAt("b1", 5), 0).beat(beatAt("b1", 5));
  const change = (condition: Condition): boolean => ward.toldOf(condition, 0).condition(condition);
  change(conditionAt("b2", "no-data", "begin", 7));
  expect(ward.list(2000).map(({ bed }) => bed)).toEqual(["b2", "b9", "b10"]);
  expect(ward.list(2000)[1]).toMatchObject({ lastFrameMs: 2000, leads: ["MLII", "V1"], source: "synthetic/test" });
  change(conditionAt("b2", "no-data", "end", 9, { beginSample: 7 }));
  expect(ward.list(2000).map(({ bed }) => bed)).toEqual(["b9", "b10"]);
  expect(ward.bed("b1")?.info.bed).toBe("b1");
  expect(ward.bed("b3")).toBeUndefined();
  expect(ward.beats("b3", 10)).toEqual([]);
});

test("of too many beds the one silent longest is forgotten", () => {
  const ward = new Ward(2);
  ward.frame(frameAt("b1", 0), 1, 0);
  ward.frame(frameAt("b2", 0), 2, 0);
  ward.toldOf(beatAt("b1", 5), 0).beat(beatAt("b1", 5));
  ward.frame(frameAt("b3", 0), 3, 0);
  expect(ward.list(2000).map(({ bed }) => bed)).toEqual(["b1", "b3"]);
});
