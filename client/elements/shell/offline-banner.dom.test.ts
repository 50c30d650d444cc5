import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { beatOf, conditionOf, frameOf, snapshotOf } from "../../../testing/client/messages.ts";
import { timeOfDay } from "../../format.ts";
import { BedsideApp } from "./bedside-app.ts";

const isStruck = (element: Element): boolean => getComputedStyle(element).textDecorationLine === "line-through";

test("cut off, the page says over its whole width since when nothing is live; each bed has NO DATA, no number, clocks are struck out", async () => {
  const scene = sceneOf();
  const { ward } = scene;
  const app = await scene.show(new BedsideApp(scene));
  const heardMs = performance.now();
  ward.take({ kind: "snapshot", snapshot: snapshotOf() }, heardMs);
  for (const bed of ["b1", "b2"]) {
    for (let n = 0; n < 20; n++) ward.take({ kind: "frame", frame: frameOf(n * 50, { bed }) }, heardMs);
    ward.beds.get(bed)?.addBeat(beatOf(950, { bed, id: `${bed}/e1/950` }));
  }
  ward.beds.get("b2")?.addCondition(conditionOf("bradycardia", 750, { bed: "b2" }));
  ward.setConnection({ status: "live" });
  await drawn(app);
  expect(within(app, "[data-testid=offline]")).toEqual([]);
  expect(within(app, ".time").filter(isStruck)).toEqual([]);

  ward.setConnection({ status: "offline", retryAtMs: Date.now() + 500 });
  await drawn(app);
  const banner = the(app, "[data-testid=offline]");
  expect(textOf(banner)).toMatch(/^Offline – nothing here is live since \d\d:\d\d:\d\d For 0:0\d/);
  expect(textOf(banner)).toContain(timeOfDay(Date.now() - (performance.now() - heardMs)));
  expect(banner.getBoundingClientRect().width).toBe(innerWidth);
  const alarms = within(the(app, "alarm-list"), "[data-testid=alarm]").map(textOf);
  for (const bed of ["b1", "b2"]) expect(alarms).toContainEqual(expect.stringMatching(new RegExp(`^${bed} .*No data`)));
  const clocks = within(app, "[data-testid=condition] .time");
  const kindOf = (clock: HTMLElement) => clock.closest<HTMLElement>("[data-kind]")?.dataset["kind"];
  expect(clocks.filter((clock) => kindOf(clock) === "bradycardia").every(isStruck)).toBe(true);
  expect(clocks.filter((clock) => kindOf(clock) === "cut-off").some(isStruck)).toBe(false);
  expect(within(app, "[data-testid=heart-rate]").map(textOf)).toEqual(["––", "––"]);

  ward.setConnection({ status: "live" });
  await drawn(app);
  expect(within(app, "[data-testid=offline]")).toEqual([]);
  expect(within(app, ".time").filter(isStruck)).toEqual([]);
});
