import { expect, test } from "vitest";
import { alarmEventAt } from "../../testing/gateway/alarms.ts";
import { conditionOf, unmonitoredFor } from "../../testing/client/messages.ts";
import { alarmsOf, hushLeftMs } from "./alarm.ts";
import { MonitoredBed } from "./monitored-bed.ts";

const shown = (bed: MonitoredBed): string[] => alarmsOf(bed).map(({ label, status }) => [label, ...status].join(", "));

test("alarms are as their events tell them; a condition of which none is told calls for somebody all the same", () => {
  const bed = new MonitoredBed("b1");
  bed.addCondition(conditionOf("asystole", 100));
  expect(shown(bed)).toEqual(["Asystole"]);
  const acknowledged = { by: "Anna", atMs: 0, reason: null };
  bed.addAlarm(alarmEventAt("b1", "asystole", 100, { alarm: { acknowledged, sounding: false } }));
  bed.addAlarm(alarmEventAt("b1", "bradycardia", 200, { alarm: { state: "latched", sounding: false, ended: true } }));
  bed.addAlarm(alarmEventAt("b1", "bigeminy", 300, { alarm: { silencedUntilMs: 5, sounding: false } }));
  bed.addCondition(conditionOf("couplet", 400));
  // What nobody has acknowledged stands first, whatever its priority.
  expect(shown(bed)).toEqual(["Bigeminy, silenced", "Couplet", "Asystole, acknowledged", "Bradycardia, ended"]);
  bed.addAlarm(alarmEventAt("b1", "bradycardia", 200, { step: "cleared", alarm: { state: "cleared" } }));
  expect(shown(bed)).not.toContain("Bradycardia, ended");
});

test("alarms of leads name them, and each stands for its own condition alone", () => {
  const bed = new MonitoredBed("b1");
  for (const lead of ["II", "V1"]) bed.addCondition(conditionOf("lead-off", 100, { lead }));
  bed.addAlarm(
    alarmEventAt("b1", "lead-off", 100, { alarm: { lead: "II", acknowledged: { by: "A", atMs: 0, reason: null } } }),
  );
  expect(shown(bed)).toEqual(["Lead off: V1", "Lead off: II, acknowledged"]);
});

test("of one priority the clinical stand above the technical, but nothing of its priority above that nobody monitors", () => {
  const bed = new MonitoredBed("b1");
  bed.addCondition(conditionOf("couplet", 100));
  bed.addCondition(conditionOf("noisy-signal", 200));
  bed.addCondition(conditionOf("tachycardia", 300));
  bed.addCondition(conditionOf("no-data", 400));
  expect(shown(bed)).toEqual(["Tachycardia", "No data", "Couplet", "Noisy signal"]);
  bed.unmonitored = unmonitoredFor("no-worker");
  expect(shown(bed).slice(0, 2)).toEqual(["Not monitored", "Tachycardia"]);
});

test("what goes on stands above what is over, of the same priority", () => {
  const bed = new MonitoredBed("b1");
  bed.addAlarm(alarmEventAt("b1", "extreme-bradycardia", 100));
  bed.addAlarm(alarmEventAt("b1", "asystole", 200, { alarm: { state: "latched", ended: true } }));
  bed.addAlarm(alarmEventAt("b1", "pause", 300));
  expect(shown(bed)).toEqual(["Extreme bradycardia", "Asystole, ended", "Pause"]);
});

test("each alarm has its words in a few letters, too", () => {
  const bed = new MonitoredBed("b1");
  for (const kind of ["extreme-tachycardia", "asystole"] as const) bed.addCondition(conditionOf(kind, 100));
  bed.addCondition(conditionOf("noisy-signal", 100, { lead: "V1" }));
  expect(alarmsOf(bed).map(({ short }) => short)).toEqual(["Ext. tachy", "Asystole", "Noisy: V1"]);
});

test("a countdown is what is left by the bed's own clock, wherever its time has jumped", () => {
  const bed = new MonitoredBed("b1");
  const timeMs = Date.now();
  const pause = { sinceMs: 1000, untilMs: 61_000, by: "Anna" };
  bed.addAlarm({ ...alarmEventAt("b1", "couplet", 1), alarm: null, step: "paused", timeMs, clockMs: 1000, pause });
  expect(hushLeftMs(bed, pause, 0)).toBeGreaterThan(59_000);
  expect(hushLeftMs(bed, pause, 0)).toBeLessThanOrEqual(60_000);
});
