import { expect, test } from "vitest";
import { CANARY_KIND } from "../../contracts/canary.ts";
import { beatOf, bedOf, conditionOf, frameOf, snapshotOf, unmonitoredFor } from "../../testing/client/messages.ts";
import { alarmEventAt } from "../../testing/gateway/alarms.ts";
import { STALE_TRACE_MS } from "./monitored-bed.ts";
import { WardStore } from "./ward-store.ts";

/** A ward whose bed b1 has sent 4 s of frames, the last at 4000 ms. */
function wardWithBed(): { ward: WardStore; bed: NonNullable<ReturnType<WardStore["beds"]["get"]>> } {
  const ward = new WardStore();
  for (let n = 0; n < 20; n++) ward.take({ kind: "frame", frame: frameOf(n * 50) }, (n + 1) * 200);
  const bed = ward.beds.get("b1");
  if (!bed) throw new Error("no bed");
  return { ward, bed };
}

const take = (ward: WardStore, data: ReturnType<typeof beatOf> | ReturnType<typeof conditionOf>): void =>
  ward.take(
    {
      kind: "event",
      event:
        "kind" in data
          ? { topic: "conditions", bed: data.bed, cursor: "c", data, meta: {} }
          : { topic: "beats", bed: data.bed, cursor: "c", data, meta: {} },
    },
    0,
  );

test("a canary's alarm is to be drawn, and makes no bed", () => {
  const ward = new WardStore();
  const bed = "bedside-canary-0.0";
  for (const [kind, sample] of [
    [CANARY_KIND, 500],
    ["no-data", 700],
  ] as const) {
    const event = { topic: "alarms", bed, cursor: "c", data: alarmEventAt(bed, kind, sample), meta: {} } as const;
    ward.take({ kind: "event", event }, 0);
  }
  expect(ward.proof.newest).toEqual({ bed, sample: 500 });
  expect(ward.beds.size).toBe(0);
});

test("beds stand in the order of their numbers", () => {
  const ward = new WardStore();
  for (const bed of ["b10", "b2", "b1"]) ward.take({ kind: "frame", frame: frameOf(0, { bed }) }, 0);
  expect(ward.sortedBeds.map(({ bed }) => bed)).toEqual(["b1", "b2", "b10"]);
});

/** A ward with two beds, and what is told from then on, in order. */
function listenedTo(): { ward: WardStore; told: string[] } {
  const ward = new WardStore();
  for (const bed of ["b1", "b2"]) ward.take({ kind: "frame", frame: frameOf(0, { bed }) }, 0);
  const told: string[] = [];
  for (const [name, changes] of Object.entries(ward.changes)) changes.subscribe(() => told.push(name));
  for (const bed of ward.beds.values()) bed.changes.subscribe(() => told.push(bed.bed));
  return { ward, told };
}

test("frames tell of a bed and of its epochs, never of samples", () => {
  const { ward, told } = listenedTo();
  for (let n = 1; n < 10; n++) ward.take({ kind: "frame", frame: frameOf(n * 50) }, n * 200);
  expect(told).toEqual([]);
  ward.take({ kind: "frame", frame: frameOf(0, { epoch: "e2" }) }, 2000);
  ward.take({ kind: "frame", frame: frameOf(0, { bed: "b3" }) }, 2000);
  expect(told).toEqual(["b1", "beds", "leads"]);
});

test("a beat is told to its bed alone, once", () => {
  const { ward, told } = listenedTo();
  take(ward, beatOf(20));
  take(ward, beatOf(20));
  expect(told).toEqual(["b1"]);
});

test("a condition is told to its bed and to who watches conditions, its end by another epoch too", () => {
  const { ward, told } = listenedTo();
  take(ward, conditionOf("asystole", 20));
  expect(told.splice(0).sort()).toEqual(["alarms", "b1"]);
  ward.take({ kind: "frame", frame: frameOf(0, { epoch: "e2" }) }, 2000);
  expect(told.sort()).toEqual(["alarms", "b1"]);
});

test("connection and refused messages are told to who watches them alone", () => {
  const { ward, told } = listenedTo();
  ward.setConnection({ status: "live" });
  ward.reject();
  ward.take({ kind: "error", error: { type: "error", code: "BAD_MESSAGE", message: "m" } }, 0);
  expect(told).toEqual(["connection", "rejected", "rejected"]);
  expect(ward.rejected).toBe(2);
});

test("a snapshot is told to all whom it may concern; history to its bed alone", () => {
  const { ward, told } = listenedTo();
  ward.take({ kind: "snapshot", snapshot: snapshotOf() }, 0);
  expect(told.splice(0).sort()).toEqual(["alarms", "b1", "b2", "beds"]);
  ward.addHistory("b2", [beatOf(10), beatOf(20)], []);
  expect(told).toEqual(["b2"]);
});

test("a beat counts once and where it belongs in time", () => {
  const { ward, bed } = wardWithBed();
  for (const sample of [100, 500, 300, 500]) take(ward, beatOf(sample));
  expect(bed.beats.map(({ sample }) => sample)).toEqual([100, 300, 500]);
  expect(bed.trace?.marks).toHaveLength(3);
});

test("the heart rate is the last intervals', and unknown without beats, with old ones, or without data", () => {
  const { ward, bed } = wardWithBed();
  expect(bed.heartRate(4000).bpm).toBeNull();
  take(ward, beatOf(900, { rrMs: 750 }));
  take(ward, beatOf(950, { rrMs: null }));
  expect(bed.heartRate(4000).bpm).toBe(80);
  expect(bed.heartRate(4000 + STALE_TRACE_MS + 1).bpm).toBeNull();
  for (let n = 20; n < 80; n++) ward.take({ kind: "frame", frame: frameOf(n * 50) }, (n + 1) * 200);
  expect(bed.heartRate(16_000).bpm).toBeNull();
});

test("no beat's rate outlasts asystole or a lead that is off", () => {
  const { ward, bed } = wardWithBed();
  take(ward, beatOf(900));
  take(ward, conditionOf("asystole", 900));
  expect(bed.heartRate(4000).bpm).toBe(0);
  take(ward, conditionOf("lead-off", 900));
  expect(bed.heartRate(4000).bpm).toBeNull();
});

test("a rate outlasts a lead that is off beside the one that is heard", () => {
  const { ward, bed } = wardWithBed();
  take(ward, beatOf(900, { lead: "II" }));
  take(ward, conditionOf("lead-off", 900, { lead: "V1" }));
  expect(bed.heartRate(4000).bpm).toBe(75);
  take(ward, conditionOf("lead-off", 900, { lead: "II" }));
  expect(bed.heartRate(4000).bpm).toBeNull();
  expect(ward.alarms.map(({ alarm }) => alarm.label).toSorted()).toEqual(["Lead off: II", "Lead off: V1"]);
  take(ward, conditionOf("lead-off", 900, { lead: "II", phase: "end", sample: 950 }));
  expect(bed.heartRate(4000).bpm).toBe(75);
});

test("a trace is stale when its frames stop", () => {
  const { bed } = wardWithBed();
  expect(bed.staleForMs(4000 + STALE_TRACE_MS)).toBeNull();
  expect(bed.staleForMs(4000 + 12_000)).toBe(12_000);
});

test("event time goes on with the clock", () => {
  const { bed } = wardWithBed();
  expect(bed.eventNowMs(4000)).toBe(4000);
  expect(bed.eventNowMs(4750)).toBe(4750);
});

test("a condition is open from begin to end; the urgent one stands first", () => {
  const { ward, bed } = wardWithBed();
  take(ward, conditionOf("noisy-signal", 100));
  take(ward, conditionOf("bradycardia", 200));
  take(ward, conditionOf("asystole", 150));
  take(ward, conditionOf("tachycardia", 300));
  expect(ward.alarms.map(({ alarm }) => alarm.kind)).toEqual([
    "asystole",
    "tachycardia",
    "bradycardia",
    "noisy-signal",
  ]);
  take(ward, conditionOf("asystole", 150, { phase: "end", sample: 400 }));
  expect(bed.open.has("asystole")).toBe(false);
  expect(bed.conditions.log.map(({ kind, phase }) => [kind, phase])).toEqual([
    ["tachycardia", "begin"],
    ["bradycardia", "begin"],
    ["asystole", "end"],
    ["noisy-signal", "begin"],
  ]);
});

test("a snapshot says what is open; what was open and is not in it has ended", () => {
  const { ward, bed } = wardWithBed();
  take(ward, conditionOf("asystole", 150));
  const snapshot = snapshotOf({ conditions: [conditionOf("bradycardia", 600)], beats: [beatOf(700)] });
  ward.take({ kind: "snapshot", snapshot }, 0);
  expect([...bed.open.keys()]).toEqual(["bradycardia"]);
  expect(bed.lastBeat?.sample).toBe(700);
  expect(ward.known).toBe(true);
});

test("another epoch closes what the one before left open", () => {
  const { ward, bed } = wardWithBed();
  take(ward, conditionOf("asystole", 150));
  ward.take({ kind: "frame", frame: frameOf(0, { epoch: "e2" }) }, 4200);
  expect(bed.open.size).toBe(0);
});

test("what a stray frame of another epoch seemed to close is open with the next true one, unless it has ended since", () => {
  const { ward, bed } = wardWithBed();
  take(ward, conditionOf("asystole", 150));
  take(ward, conditionOf("lead-off", 160));
  const { epoch } = conditionOf("asystole", 150);
  ward.take({ kind: "frame", frame: frameOf(0, { epoch: "x" }) }, 4200);
  take(ward, conditionOf("lead-off", 160, { phase: "end", sample: 400 }));
  ward.take({ kind: "frame", frame: frameOf(500, { epoch }) }, 4400);
  expect([...bed.open.keys()]).toEqual(["asystole"]);
});

test("history joins what is here and does not reopen anything", () => {
  const { ward, bed } = wardWithBed();
  take(ward, conditionOf("asystole", 150));
  take(ward, conditionOf("asystole", 150, { phase: "end", sample: 400 }));
  ward.addHistory("b1", [beatOf(10), beatOf(20)], [conditionOf("asystole", 150), conditionOf("tachycardia", 20)]);
  expect(bed.open.size).toBe(0);
  expect(bed.conditions.log.map(({ kind, phase }) => [kind, phase])).toEqual([
    ["asystole", "end"],
    ["tachycardia", "begin"],
  ]);
  expect(bed.beats.map(({ sample }) => sample)).toEqual([10, 20]);
});

test("a bed that nobody monitors has an alarm, and neither rate, class nor quality, until it is monitored again", () => {
  const { ward, bed } = wardWithBed();
  take(ward, beatOf(950));
  take(ward, conditionOf("bradycardia", 600));
  const unmonitored = unmonitoredFor("refused", { sinceMs: 101_000 });
  ward.take(
    { kind: "snapshot", snapshot: snapshotOf({ serverTimeMs: 103_000, beds: [bedOf("b1", { unmonitored })] }) },
    4000,
  );
  expect(ward.alarms.map(({ alarm }) => [alarm.kind, alarm.priority, alarm.lastedMs(5000)])).toEqual([
    ["unmonitored", "medium", 3000],
  ]);
  expect([bed.heartRate(4000).bpm, bed.lastClass(4000), bed.signalQuality(4000), ward.unmonitored]).toEqual([
    null,
    null,
    null,
    1,
  ]);
  ward.take({ kind: "bed", bed: bedOf("b1", { lastFrameMs: 104_000 }) }, 5000);
  expect(ward.alarms).toEqual([]);
  expect([bed.heartRate(4000).bpm, bed.lastClass(4000), bed.signalQuality(4000), ward.unmonitored]).toEqual([
    75,
    "N",
    1,
    0,
  ]);
});

test("it stands before other alarms of its priority, behind those of a higher one", () => {
  const { ward } = wardWithBed();
  ward.take({ kind: "bed", bed: bedOf("b1", { unmonitored: unmonitoredFor("no-worker") }) }, 5000);
  for (const kind of ["no-data", "asystole"] as const) take(ward, conditionOf(kind, 900));
  expect(ward.alarms.map(({ alarm }) => alarm.kind)).toEqual(["asystole", "unmonitored", "no-data"]);
});

test("a name of which nothing is known any more is gone", () => {
  const { ward } = wardWithBed();
  const stranger = { epoch: "none", samplingRateHz: 0, source: "", leads: [], lastFrameMs: null };
  ward.take({ kind: "bed", bed: bedOf("b9", { ...stranger, unmonitored: unmonitoredFor("refused") }) }, 0);
  expect([...ward.beds.keys()]).toEqual(["b1", "b9"]);
  ward.take({ kind: "bed", bed: bedOf("b9", stranger) }, 0);
  expect([...ward.beds.keys()]).toEqual(["b1"]);
  ward.take({ kind: "bed", bed: bedOf("b9", { ...stranger, unmonitored: unmonitoredFor("refused") }) }, 0);
  ward.take({ kind: "snapshot", snapshot: snapshotOf({ beds: [bedOf("b1")] }) }, 0);
  expect([...ward.beds.keys()]).toEqual(["b1"]);
});

test("a bed that fell silent before the page was opened is stale since its last frame at the gateway", () => {
  const ward = new WardStore();
  const snapshot = snapshotOf({
    serverTimeMs: 90_000,
    beds: [bedOf("b1", { lastFrameMs: 60_000 }), bedOf("b2", { lastFrameMs: 89_900 })],
  });
  ward.take({ kind: "snapshot", snapshot }, 500);
  expect(ward.beds.get("b1")?.staleForMs(1500)).toBe(31_000);
  expect(ward.beds.get("b2")?.staleForMs(600)).toBeNull();
});

test("no rate outlasts the data", () => {
  const { ward, bed } = wardWithBed();
  take(ward, beatOf(950));
  expect(bed.heartRate(4000).bpm).toBe(75);
  take(ward, conditionOf("no-data", 1000));
  expect(bed.heartRate(4000).bpm).toBeNull();
});
