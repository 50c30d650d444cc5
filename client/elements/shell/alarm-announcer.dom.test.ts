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
