import { expect, test } from "vitest";
import { beatOf, conditionOf, frameOf } from "../../../testing/client/messages.ts";
import { alarmEventAt } from "../../../testing/gateway/alarms.ts";
import { modelOf } from "../../../testing/client/model.ts";
import { modelTrustOf } from "../model-trust.ts";
import { MonitoredBed } from "../monitored-bed.ts";
import { pvcsOf } from "../pvc-rate.ts";

const MINUTES = 60;

/** A beat in each of these seconds, every eighth of them ventricular, with its frame and a short alarm every quarter of a minute. */
function hear(bed: MonitoredBed, fromS: number, toS: number): void {
  for (let second = fromS; second < toS; second++) {
    bed.addFrame(frameOf(250 * second), 1000 * second);
    bed.addBeat(beatOf(250 * second, { model: modelOf().hash, beatClass: second % 8 === 0 ? "V" : "N" }));
    if (second % 15 === 0)
      bed.addCondition(conditionOf("couplet", 250 * second, { phase: "end", timeMs: 1000 * second }));
  }
}

const sizeOf = (bed: MonitoredBed): readonly number[] => [
  bed.beats.length,
  bed.gateVerdicts.all.length,
  bed.conditions.log.length,
];

test("a bed that nobody has opened keeps as much after five minutes as after half an hour, and says the same of its last minutes", () => {
  const bed = new MonitoredBed("b1");
  hear(bed, 1, 5 * MINUTES);
  const size = sizeOf(bed);
  expect(bed.beats.length).toBeLessThan(100);
  hear(bed, 5 * MINUTES, 30 * MINUTES);
  expect(Math.max(...sizeOf(bed).map((many, at) => many - size[at]))).toBeLessThan(3);
  expect(pvcsOf(bed, 1000 * 30 * MINUTES - 1000)).toBe(7);
  expect(modelTrustOf(modelOf(), [bed])).toEqual({ verdict: "trusted", checked: 1, beds: 1 });
  expect(bed.gateVerdicts.all).toHaveLength(300);
});

test("while somebody looks at a bed it keeps a thousand beats and takes those of before; the last who goes takes them along", () => {
  const bed = new MonitoredBed("b1");
  hear(bed, 1, 10 * MINUTES);
  expect(bed.addBeat(beatOf(250 * 100))).toBe(false);
  const ends = [bed.keepMany(), bed.keepMany()];
  for (let second = 1; second < 10 * MINUTES; second++) bed.addBeat(beatOf(250 * second));
  expect(bed.beats).toHaveLength(599);
  hear(bed, 10 * MINUTES, 30 * MINUTES);
  expect(bed.beats).toHaveLength(1000);
  expect(bed.conditions.log).toHaveLength(50);
  ends[0]();
  expect(bed.beats).toHaveLength(1000);
  ends[1]();
  expect(bed.beats.length).toBeLessThan(100);
  expect(bed.conditions.log.length).toBeLessThan(20);
  expect(bed.lastBeat?.sample).toBe(250 * (30 * MINUTES - 1));
});

test("the end of a condition that has outlasted many others is kept, and a rate knows of it", () => {
  const bed = new MonitoredBed("b1");
  bed.addCondition(conditionOf("tachycardia", 250));
  hear(bed, 2, 10 * MINUTES);
  const end = 250 * 10 * MINUTES;
  bed.addCondition(conditionOf("tachycardia", 250, { phase: "end", sample: end, timeMs: 1000 * 10 * MINUTES }));
  expect(bed.conditions.log.find(({ kind }) => kind === "tachycardia")?.phase).toBe("end");
  expect(bed.conditions.log.map(({ beginTimeMs }) => beginTimeMs)).toEqual(
    bed.conditions.log.map(({ beginTimeMs }) => beginTimeMs).toSorted((a, b) => b - a),
  );
});

test("of alarms' events only what a command brought about is kept", () => {
  const bed = new MonitoredBed("b1");
  bed.addAlarm(alarmEventAt("b1", "asystole", 250));
  bed.addAlarm(alarmEventAt("b1", "asystole", 250, { sequence: 2, command: "c-0000001" }));
  expect(bed.answers.map(({ command }) => command)).toEqual(["c-0000001"]);
});

test("what history tells again is no verdict more", () => {
  const bed = new MonitoredBed("b1");
  hear(bed, 1, 250);
  bed.keepMany();
  for (let second = 1; second < 250; second++) bed.addBeat(beatOf(250 * second, { model: modelOf().hash }));
  expect(bed.gateVerdicts.all).toHaveLength(249);
});

test("a beat whose time is far ahead does not drive out the others", () => {
  const bed = new MonitoredBed("b1");
  hear(bed, 1, 100);
  bed.addBeat(beatOf(249, { id: "b1/e1/stray", timeMs: 1e9 }));
  hear(bed, 100, 200);
  expect(bed.heartRate(199_000).bpm).toBe(75);
});
