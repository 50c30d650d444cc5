import { expect, test, vi } from "vitest";
import { drawn, sceneOf, within } from "../../../testing/client/dom.ts";
import { frameOf } from "../../../testing/client/messages.ts";
import { WardView } from "./ward-view.ts";

test("a tile for each bed, in the order of their numbers, as they come", async () => {
  const { ward, show } = sceneOf();
  const view = await show(new WardView());
  expect(within(view, "empty-ward")).toHaveLength(1);
  for (const bed of ["b10", "b2", "b1"]) ward.take({ kind: "frame", frame: frameOf(0, { bed }) }, 0);
  await drawn(view);
  expect(within(view, "bed-tile").map(({ dataset }) => dataset["bed"])).toEqual(["b1", "b2", "b10"]);
  expect(within(view, "empty-ward")).toEqual([]);
});

test("tiles are laid out for the room there is", async () => {
  const { ward, show } = sceneOf();
  for (let n = 1; n <= 4; n++) ward.take({ kind: "frame", frame: frameOf(0, { bed: `b${n}` }) }, 0);
  const view = new WardView();
  view.style.cssText = "width: 1200px; height: 600px";
  await show(view);
  const columns = (): number => new Set(within(view, "bed-tile").map((tile) => tile.getBoundingClientRect().x)).size;
  await vi.waitFor(() => expect(columns()).toBe(2));
  view.style.width = "380px";
  await vi.waitFor(() => expect(columns()).toBe(1));
});
