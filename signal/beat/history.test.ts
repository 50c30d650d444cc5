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

test("a snapshot holds the values that there are, no more; one of more than fit is refused", () => {
  const bytes = (history: History): Uint8Array<ArrayBuffer> => {
    const writer = new StateWriter();
    history.save(writer);
    return writer.bytes();
  };
  const [one, full] = [new History(400), new History(400)];
  one.push(0.8);
  for (let i = 0; i < 1000; i++) full.push(Math.sin(i));
  expect(bytes(one).length).toBeLessThan(20);
  const copy = new History(400);
  copy.load(new StateReader(bytes(full)));
  expect(bytes(copy)).toEqual(bytes(full));
  expect([0, 1, 399, 400].map((back) => copy.at(back))).toEqual([0, 1, 399, 400].map((back) => full.at(back)));
  const refused = expect.objectContaining({ code: "BAD_SNAPSHOT" });
  expect(() => new History(399).load(new StateReader(bytes(full)))).toThrow(refused);
});
