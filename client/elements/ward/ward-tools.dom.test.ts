import { expect, test } from "vitest";
import { sceneOf, the } from "../../../testing/client/dom.ts";
import { WardTools } from "./ward-tools.ts";

test("where room is short the menus give way: what is typed to find a bed is seen", async () => {
  const { show } = sceneOf();
  const tools = new WardTools();
  tools.style.width = "520px";
  await show(tools);
  expect(the(tools, "input").clientWidth).toBeGreaterThan(120);
  expect(tools.scrollWidth).toBeLessThanOrEqual(520);
});
