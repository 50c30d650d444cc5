import { expect, test } from "vitest";
import { beatOf, conditionOf, frameOf, snapshotOf } from "../../testing/client/messages.ts";
import { alarmEventAt } from "../../testing/gateway/alarms.ts";
import { hushLeftMs } from "./alarm.ts";
import { WardStore } from "./ward-store.ts";

const OFFLINE = { status: "offline", retryAtMs: 0 } as const;
const pause = { sinceMs: 0, untilMs: 60_000, by: "Anna" };

/** A ward of b1, with a couplet and paused, of which the last frame came at 4000. */
function wardHeardUntil4000() {
  const ward = new WardStore();
  ward.take({ kind: "snapshot", snapshot: snapshotOf() }, 0);
  ward.setConnection({ status: "live" });
  for (let n = 0; n < 20; n++) ward.take({ kind: "frame", frame: frameOf(n * 50) }, (n + 1) * 200);
  const bed = ward.beds.get("b1");
  if (!bed) throw new Error("no bed");
  bed.addBeat(beatOf(950));
  bed.addCondition(conditionOf("couplet", 750));
  bed.addAlarm({ ...alarmEventAt("b1", "couplet", 1), alarm: null, step: "paused", timeMs: 4000, clockMs: 0, pause });
  return { ward, bed };
}

const shown = ({ alarms }: WardStore, nowMs: number) =>
  alarms.map(({ alarm }) => [alarm.label, alarm.lastedMs(nowMs), alarm.isStopped]);

test("cut off, each bed has NO DATA since the last message, and clocks of alarms stand where that left them", () => {
  const { ward, bed } = wardHeardUntil4000();
  expect(shown(ward, 5000)).toEqual([["Couplet", 2000, false]]);
  expect(hushLeftMs(bed, pause, 5000)).toBe(59_000);
  ward.setConnection(OFFLINE);
  for (const nowMs of [5000, 65_000]) {
    expect(shown(ward, nowMs)).toEqual([
      ["No data", nowMs - 4000, false],
      ["Couplet", 1000, true],
    ]);
    expect(hushLeftMs(bed, pause, nowMs)).toBe(60_000);
  }
});

test("cut off, there is no calm number, not even for the second in which a trace is not yet stale", () => {
  const { ward, bed } = wardHeardUntil4000();
  expect([bed.signalQuality(4100), bed.lastClass(4100), bed.heartRate(4100).validity]).toEqual([1, "N", "valid"]);
  ward.setConnection(OFFLINE);
  expect([bed.signalQuality(4100), bed.lastClass(4100), bed.heartRate(4100).bpm]).toEqual([null, null, null]);
});

test("an attempt to come back changes nothing of it, and a page to which nothing has come is cut off from nothing", () => {
  const { ward } = wardHeardUntil4000();
  for (const state of [OFFLINE, { status: "connecting" }, OFFLINE] as const) ward.setConnection(state);
  expect(ward.cutOffMs).toBe(4000);
  ward.setConnection({ status: "live" });
  expect(ward.cutOffMs).toBeNull();
  expect(shown(ward, 5000)).toEqual([["Couplet", 2000, false]]);
  const fresh = new WardStore();
  fresh.setConnection(OFFLINE);
  expect(fresh.cutOffMs).toBeNull();
});

test("silence on a connection that stands is told as one that broke, and an answer of the clock ends it not", () => {
  const { ward } = wardHeardUntil4000();
  ward.take({ kind: "clock", askedMs: 6000, serverMs: 1 }, 6001);
  ward.setConnection({ status: "stale" });
  expect(ward.cutOffMs).toBe(4000);
  expect(shown(ward, 7000)[0]).toEqual(["No data", 3000, false]);
});
