import { expect, test } from "vitest";
import type { Priority } from "../../../contracts/condition.ts";
import { BedOrder } from "./bed-order.ts";

const BEDS = ["b1", "b2", "b3", "b4"];
const calls = (priorities: Readonly<Record<string, Priority>>) =>
  BEDS.map((bed) => ({ bed, priority: priorities[bed] ?? null }));

test("beds that call come first, high before medium, as they came; low priority moves nothing", () => {
  const order = new BedOrder();
  expect(order.arrange(calls({ b2: "low" }), 0, false)).toEqual(BEDS);
  expect(order.arrange(calls({ b4: "medium" }), 1, false)).toEqual(["b4", "b1", "b2", "b3"]);
  expect(order.arrange(calls({ b4: "medium", b3: "high" }), 2, false)).toEqual(["b3", "b4", "b1", "b2"]);
  expect(order.arrange(calls({ b4: "medium", b3: "high", b1: "high" }), 3, false)).toEqual(["b3", "b1", "b4", "b2"]);
  expect(order.arrange(calls({ b4: "high", b3: "medium", b1: "high" }), 4, false)).toEqual(["b3", "b1", "b4", "b2"]);
});

test("one that is calm again keeps its place for half a minute", () => {
  const order = new BedOrder();
  order.arrange(calls({ b3: "high", b4: "high" }), 0, false);
  expect(order.arrange(calls({ b4: "high" }), 30_000, false)).toEqual(["b3", "b4", "b1", "b2"]);
  expect(order.arrange(calls({ b4: "high" }), 30_001, false)).toEqual(["b4", "b1", "b2", "b3"]);
});

test("nothing moves under a hand, but a bed that has gone leaves", () => {
  const order = new BedOrder();
  order.arrange(calls({ b2: "high" }), 0, false);
  expect(order.arrange(calls({ b4: "high" }), 60_000, true)).toEqual(["b2", "b1", "b3", "b4"]);
  expect(order.arrange(calls({ b4: "high" }).slice(2), 60_001, true)).toEqual(["b3", "b4"]);
  expect(order.arrange(calls({ b4: "high" }), 60_002, false)).toEqual(["b4", "b1", "b2", "b3"]);
});
