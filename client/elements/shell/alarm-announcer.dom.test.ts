import { expect, test } from "vitest";
import { drawn, sceneOf, textOf, the } from "../../../testing/client/dom.ts";
import { bedOf, conditionOf, snapshotOf, unmonitoredFor } from "../../../testing/client/messages.ts";
import { AlarmAnnouncer } from "./alarm-announcer.ts";

test("high priority is said at once, all else when there is time, and nothing where nothing is open", async () => {
  const { ward, show } = sceneOf();
  const element = await show(new AlarmAnnouncer());
  const said = (): string[] => ["assertive", "polite"].map((how) => textOf(the(element, `[aria-live=${how}]`)));
  expect(said()).toEqual(["", ""]);
  const conditions = [conditionOf("asystole", 1), conditionOf("bradycardia", 2), conditionOf("lead-off", 3)];
  ward.take({ kind: "snapshot", snapshot: snapshotOf({ conditions, beds: [bedOf("b1")] }) }, 0);
  await drawn(element);
  expect(said()).toEqual(["Bed b1: Asystole", "Bed b1: Bradycardia. Bed b1: Lead off"]);
  expect(getComputedStyle(the(element, "[role=alert]")).width).toBe("1px");
});

test("what has been said is not said again: a further alarm, one that rises, one that ends, each by itself", async () => {
  const { ward, show } = sceneOf();
  const element = await show(new AlarmAnnouncer());
  const regions = (): string[] => ["assertive", "polite"].map((how) => textOf(the(element, `[aria-live=${how}]`)));
  const after = async (data: ReturnType<typeof conditionOf>): Promise<string[]> => {
    ward.take({ kind: "event", event: { topic: "conditions", bed: "b1", cursor: "c", data, meta: {} } }, 0);
    await drawn(element);
    return regions();
  };
  expect(await after(conditionOf("asystole", 1))).toEqual(["Bed b1: Asystole", ""]);
  expect(await after(conditionOf("bradycardia", 2))).toEqual(["", "Bed b1: Bradycardia"]);
  const rose = conditionOf("bradycardia", 2, { priority: "high", phase: "update" });
  expect(await after(rose)).toEqual(["Bed b1: Bradycardia, high priority", ""]);
  const said = the(element, "[aria-live=assertive] span");
  expect(await after({ ...rose, sample: 9, timeMs: 36 })).toEqual(["Bed b1: Bradycardia, high priority", ""]);
  expect(the(element, "[aria-live=assertive] span")).toBe(said);
  expect(await after(conditionOf("asystole", 1, { phase: "end" }))).toEqual(["", "Bed b1: Asystole ended"]);
});

test("the same words a second time are said a second time", async () => {
  const { ward, show } = sceneOf();
  const element = await show(new AlarmAnnouncer());
  const said = () => the(element, "[aria-live=assertive] span");
  const take = async (beginSample: number): Promise<void> => {
    const data = conditionOf("asystole", beginSample);
    ward.take({ kind: "snapshot", snapshot: snapshotOf({ conditions: [data], beds: [bedOf("b1")] }) }, 0);
    await drawn(element);
  };
  await take(1);
  const first = said();
  await take(1000);
  expect(said()).not.toBe(first);
  expect(textOf(said())).toBe("Bed b1: Asystole");
});

test("a bed that nobody monitors is said like other technical alarms, with the reason", async () => {
  const { ward, show } = sceneOf();
  const element = await show(new AlarmAnnouncer());
  for (const [bed, reason] of [
    ["b1", "refused"],
    ["b2", "no-frames"],
  ])
    ward.take({ kind: "bed", bed: bedOf(bed, { unmonitored: unmonitoredFor(reason) }) }, 0);
  await drawn(element);
  expect(textOf(the(element, "[aria-live=polite]"))).toBe(
    "Bed b1: Not monitored, what it sends is refused. Bed b2: No data, and no worker says so",
  );
});
