import { expect, test, vi } from "vitest";
import { choose, drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { conditionOf, frameOf } from "../../../testing/client/messages.ts";
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

/** So many beds, b3 with an alarm, on a screen that shows them in compact tiles. */
async function denseWard(count: number) {
  const { ward, settings, show } = sceneOf();
  for (let n = 1; n <= count; n++) ward.take({ kind: "frame", frame: frameOf(0, { bed: `b${n}` }) }, 0);
  const data = conditionOf("asystole", 20, { bed: "b3", id: "b3/e1/asystole/20" });
  ward.take({ kind: "event", event: { topic: "conditions", bed: "b3", cursor: "c", data, meta: {} } }, 0);
  const view = new WardView();
  view.style.cssText = "width: 924px; height: 780px";
  await show(view);
  const tiles = () => within(view, "bed-tile");
  await vi.waitFor(() => expect(tiles()[0].getAttribute("density")).toBe("compact"));
  await drawn(view);
  return { view, settings, tiles, names: () => tiles().map(({ dataset }) => dataset["bed"]) };
}

test("64 beds are in sight at once, without a hole, the one with an alarm first; by bed where one wants it so", async () => {
  const { view, settings, tiles, names } = await denseWard(64);
  const boxes = tiles().map((tile) => tile.getBoundingClientRect());
  const room = view.getBoundingClientRect();
  expect(Math.max(...boxes.map(({ bottom }) => bottom))).toBeLessThanOrEqual(room.bottom + 1);
  const ends = new Map<number, number>();
  for (const { top, right } of boxes) ends.set(top, Math.max(ends.get(top) ?? 0, right));
  for (const right of ends.values()) expect(Math.abs(right - room.right)).toBeLessThan(2);
  expect(names().slice(0, 3)).toEqual(["b3", "b1", "b2"]);
  settings.setWard({ order: "beds" });
  await drawn(view);
  expect(names().slice(0, 3)).toEqual(["b1", "b2", "b3"]);
});

test("a bed is found by its name, and those with alarms can be shown alone", async () => {
  const { view, names } = await denseWard(48);
  const find = the(view, "input") as HTMLInputElement;
  find.value = "b41";
  find.dispatchEvent(new Event("input"));
  await drawn(view);
  expect(names()).toEqual(["b41"]);
  expect(textOf(the(view, ".shown"))).toBe("1 of 48 beds shown");
  find.value = "";
  find.dispatchEvent(new Event("input"));
  await choose(within(view, "select")[0], "calling");
  await drawn(view);
  expect(names()).toEqual(["b3"]);
});
