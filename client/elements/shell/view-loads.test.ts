import { expect, test } from "vitest";
import { ViewLoads } from "./view-loads.ts";

const host = { requestUpdate: () => {} };

test("a view that was brought ahead is there when it is opened", async () => {
  let loads = 0;
  const views = new ViewLoads(host, () => async () => loads++);
  await views.ahead("bed");
  expect(views.stateOf({ view: "bed" })).toBe("here");
  await views.ahead("bed");
  expect(loads).toBe(1);
});

test("one that did not come ahead is asked for when it is opened, and only a second failure is told", async () => {
  let loads = 0;
  const views = new ViewLoads(host, () => async () => {
    loads++;
    throw new Error("no answer");
  });
  await views.ahead("bed");
  expect(views.stateOf({ view: "bed" })).toBe("coming");
  await new Promise(setImmediate);
  expect(views.stateOf({ view: "bed" })).toBe("failed");
  expect(loads).toBe(2);
});
