import { expect, test } from "vitest";
import { PRIORITIES } from "../../../contracts/condition.ts";
import { sceneOf, within } from "../../../testing/client/dom.ts";
import { PriorityMark } from "./priority-mark.ts";

test("each priority has its name, a shape of its own and as many strokes as it is urgent", async () => {
  const scene = sceneOf();
  const marks = await Promise.all(
    PRIORITIES.map((priority) => scene.show(Object.assign(new PriorityMark(), { priority }))),
  );
  const svgs = marks.map((mark) => mark.renderRoot.querySelector("svg"));
  expect(svgs.map((svg) => svg?.getAttribute("aria-label"))).toEqual(PRIORITIES.map((one) => `${one} priority`));
  expect(svgs.map((svg) => svg?.querySelectorAll(".stroke").length)).toEqual([3, 2, 1]);
  expect(new Set(svgs.map((svg) => svg?.firstElementChild?.outerHTML)).size).toBe(3);
  expect(marks.flatMap((mark) => within(mark, "a"))).toEqual([]);
});
