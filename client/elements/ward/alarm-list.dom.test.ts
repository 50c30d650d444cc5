import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the, within } from "../../../testing/client/dom.ts";
import { bedOf, conditionOf, snapshotOf } from "../../../testing/client/messages.ts";
import { AlarmList } from "./alarm-list.ts";

const of = (bed: string, kind: Parameters<typeof conditionOf>[0], at: number) =>
  conditionOf(kind, at, { bed, id: `${bed}/e1/${kind}/${at}` });
test("open alarms of all beds, the most urgent first, each a way to its bed", async () => {
  const { ward, show } = sceneOf();
  const list = await show(new AlarmList());
  expect(textOf(list)).toBe("Alarms 0 as last heard No open alarm");
  const conditions = [of("b1", "noisy-signal", 900), of("b2", "tachycardia", 500), of("b3", "asystole", 100)];
  ward.setConnection({ status: "live" });
  ward.take(
    { kind: "snapshot", snapshot: snapshotOf({ beds: ["b1", "b2", "b3"].map((name) => bedOf(name)), conditions }) },
    0,
  );
  await drawn(list);
  expect(textOf(the(list, "h2"))).toBe("Alarms 3");
  expect(within(list, ".bed").map(textOf)).toEqual(["b3", "b2", "b1"]);
  expect(within(list, "[data-testid=condition]").map(({ dataset }) => dataset["kind"])).toEqual([
    "asystole",
    "tachycardia",
    "noisy-signal",
  ]);
  expect(within(list, "a").map((link) => link.getAttribute("href"))).toEqual([
    "./#/bed/b3",
    "./#/bed/b2",
    "./#/bed/b1",
  ]);
});

test("one that has ended is gone, and a lost connection makes the rest hearsay, beside the bed's NO DATA", async () => {
  const { ward, show } = sceneOf();
  const list = await show(new AlarmList());
  ward.setConnection({ status: "live" });
  const conditions = [of("b1", "asystole", 100), of("b1", "lead-off", 200)];
  ward.take({ kind: "snapshot", snapshot: snapshotOf({ beds: [bedOf("b1")], conditions }) }, 0);
  const data = { ...of("b1", "asystole", 100), phase: "end" as const };
  ward.take({ kind: "event", event: { topic: "conditions", bed: "b1", cursor: "c", data, meta: {} } }, 0);
  ward.setConnection({ status: "stale" });
  await drawn(list);
  expect(textOf(the(list, "h2"))).toBe("Alarms 2 as last heard");
  expect(within(list, "[data-testid=condition]").map(({ dataset }) => dataset["kind"])).toEqual([
    "cut-off",
    "lead-off",
  ]);
});

test("what may be done about an alarm opens below it", async () => {
  const { ward, show } = sceneOf();
  const list = await show(new AlarmList());
  ward.setConnection({ status: "live" });
  ward.take(
    { kind: "snapshot", snapshot: snapshotOf({ beds: [bedOf("b1")], conditions: [of("b1", "asystole", 100)] }) },
    0,
  );
  await drawn(list);
  const button = the(the(list, "li"), "button");
  expect(button.getAttribute("aria-label")).toBe("Actions for b1: Asystole");
  button.click();
  await drawn(list);
  expect(within(the(list, "alarm-actions"), "[data-testid=silence]")).toHaveLength(1);
  button.click();
  await drawn(list);
  expect(within(list, "alarm-actions")).toEqual([]);
});

test("without any the column gives its room to the beds", async () => {
  const { ward, show } = sceneOf();
  const list = await show(new AlarmList());
  ward.setConnection({ status: "live" });
  await drawn(list);
  expect(list.empty).toBe(true);
  ward.take(
    { kind: "snapshot", snapshot: snapshotOf({ beds: [bedOf("b1")], conditions: [of("b1", "asystole", 9)] }) },
    0,
  );
  await drawn(list);
  expect(list.empty).toBe(false);
});
