import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { WardMap } from "./ward-map.ts";

test("beds lie where they were laid on this screen, moved by drag or by key, and say what is wrong", async () => {
  const { ward, settings, show } = sceneOf();
  for (const bed of ["b1", "b2", "b3"]) ward.take({ kind: "frame", frame: frameOf(0, { bed }) }, 0);
  const data = conditionOf("asystole", 20, { bed: "b2", id: "b2/e1/asystole/20" });
  ward.take({ kind: "event", event: { topic: "conditions", bed: "b2", cursor: "c", data, meta: {} } }, 0);
  const map = new WardMap();
  map.style.cssText = "width: 1000px; height: 600px";
  await show(map);
  const item = (bed: string) => the(map, `li[data-bed="${bed}"]`);
  expect(textOf(item("b2"))).toContain("Asystole");
  expect(the(item("b2"), "a").getAttribute("href")).toBe("./#/bed/b2");
  the(map, "button").click();
  await drawn(map);
  item("b1").dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", cancelable: true }));
  await drawn(map);
  expect(settings.map["b1"]).toEqual({ column: 0, row: 1 });
  expect(item("b1").style.gridArea).toBe("2 / 1");
  item("b3").dispatchEvent(new DragEvent("dragstart"));
  const { left, bottom } = the(map, "ol").getBoundingClientRect();
  the(map, "ol").dispatchEvent(new DragEvent("drop", { clientX: left + 5, clientY: bottom - 5, cancelable: true }));
  await drawn(map);
  expect(settings.map["b3"]).toEqual({ column: 0, row: 7 });
  expect(within(map, "li a")).toEqual([]);
});
