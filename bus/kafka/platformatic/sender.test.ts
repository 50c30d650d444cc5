import { MultipleErrors, NetworkError, ResponseError, TimeoutError, UserError } from "@platformatic/kafka";
import { expect, test } from "vitest";
import { mayRepeat } from "./sender.ts";

const [NOT_LEADER, TOO_LARGE, OUT_OF_ORDER] = [6, 10, 45];
const answered = (...codes: readonly number[]): Error =>
  new ResponseError(0, 11, Object.fromEntries(codes.map((code, i) => [`/responses/${i}`, [code, null]])), {});
const told = (error: Error): Error => new MultipleErrors("Producing messages failed.", [error]);

test.each<[string, unknown, boolean]>([
  ["nobody answered", told(new TimeoutError("late")), true],
  ["the connection was closed", new NetworkError("closed"), true],
  ["another broker leads the partition", told(answered(NOT_LEADER)), true],
  ["the sequence is broken", told(answered(OUT_OF_ORDER)), false],
  ["the sequence of one of several partitions is broken", told(answered(OUT_OF_ORDER, NOT_LEADER)), false],
  ["a message is too large", told(answered(TOO_LARGE)), false],
  ["the topic is gone", new UserError("Unknown topic t."), false],
  ["something else", new Error("other"), false],
])("whether the same may be sent again where %s", (_, cause, may) => {
  expect(mayRepeat(cause)).toBe(may);
});
