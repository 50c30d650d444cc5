import { expect, test } from "vitest";
import { bedOf, conditionOf, snapshotOf } from "../../../testing/client/messages.ts";
import { alarmEventAt } from "../../../testing/gateway/alarms.ts";
import { WardStore } from "../../ward/ward-store.ts";
import { pageTitle } from "./page-title.ts";

function liveWard(): WardStore {
  const ward = new WardStore();
  ward.setConnection({ status: "live" });
  const conditions = [
    conditionOf("lead-off", 900, { bed: "b2", id: "b2/e1/lead-off/900" }),
    conditionOf("ventricular-tachycardia", 100, { bed: "b4", id: "b4/e1/ventricular-tachycardia/100" }),
  ];
  ward.take({ kind: "snapshot", snapshot: snapshotOf({ beds: ["b2", "b4"].map((bed) => bedOf(bed)), conditions }) }, 0);
  return ward;
}

test("a tab says how many alarms there are, the most urgent one's bed and kind, and its page", () => {
  const ward = liveWard();
  expect(pageTitle({ view: "ward", subject: null }, ward)).toBe("●2 b4 VT – Bedside");
  expect(pageTitle({ view: "bed", subject: "b2" }, ward)).toBe("●2 b4 VT – b2 – Bedside");
  expect(pageTitle({ view: "model", subject: null }, ward)).toBe("●2 b4 VT – Models – Bedside");
});

test("what somebody has acknowledged is not counted", () => {
  const ward = liveWard();
  const acknowledged = { by: "Anna", atMs: 0, reason: null };
  const data = alarmEventAt("b4", "ventricular-tachycardia", 100, { alarm: { acknowledged, sounding: false } });
  ward.take({ kind: "event", event: { topic: "alarms", bed: "b4", cursor: "c", data, meta: {} } }, 0);
  expect(pageTitle({ view: "ward", subject: null }, ward)).toBe("●1 b2 Lead off – Bedside");
});

test.each([
  ["offline", "Offline – b2 – Bedside"],
  ["stale", "No data – b2 – Bedside"],
  ["connecting", "Connecting – b2 – Bedside"],
] as const)("a page that is %s says so in place of alarms that it last heard", (status, title) => {
  const ward = liveWard();
  ward.setConnection(status === "offline" ? { status, retryAtMs: 0 } : { status });
  expect(pageTitle({ view: "bed", subject: "b2" }, ward)).toBe(title);
});

test("a calm ward is Bedside", () => {
  const ward = new WardStore();
  ward.setConnection({ status: "live" });
  expect(pageTitle({ view: "ward", subject: null }, ward)).toBe("Bedside");
});
