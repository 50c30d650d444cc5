import { expect, test } from "vitest";
import { StateReader, StateWriter } from "../state.ts";
import { History } from "./history.ts";

test("means are of the last values held", () => {
  const history = new History(3);
  expect(history.mean(2)).toBeNaN();
  for (const value of [100, 5, 1, 3]) history.push(value);
  expect(history.size).toBe(3);
  expect(history.mean(2)).toBe(2);
  expect(history.mean(99)).toBe(3);
  expect([0, 1, 2, 3].map((back) => history.at(back))).toEqual([3, 1, 5, Number.NaN]);
  history.clear();
  expect(history.size).toBe(0);
});

test("saved and loaded, it goes on as it was", () => {
  const history = new History(3);
  for (const value of [7, 5, 1, 3]) history.push(value);
  const writer = new StateWriter();
  history.save(writer);
  const copy = new History(3);
  copy.load(new StateReader(writer.bytes()));
  for (const one of [history, copy]) one.push(2);
  expect(copy.mean(3)).toBe(2);
  expect(copy.at(2)).toBe(1);
});
