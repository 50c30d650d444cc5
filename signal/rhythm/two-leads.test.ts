import { expect, test } from "vitest";
import { type Told, kinds, pairUp, RATE, SINUS } from "../../testing/signal/scripted-conditions.ts";
import { feed, scriptedEvents, type Stretch } from "../../testing/signal/scripted-events.ts";
import { type ConditionChange, createRhythmMonitor, type HeardBeat } from "./monitor.ts";

/** What is told where one lead is heard and another one is beside it. */
function conditions(heard: readonly Stretch[], beside: readonly Stretch[]): Told[] {
  return conditionsAndSignals(heard, beside).filter(({ kind }) => kind !== "noisy-signal" && kind !== "lead-off");
}

/** Likewise, with what is told of the leads II and V1 themselves; V1 is heard from `switchS` on. */
function conditionsAndSignals(
  heard: readonly Stretch[],
  beside: readonly Stretch[],
  { switchS = Infinity, frame = Infinity } = {},
): Told[] {
  const monitor = createRhythmMonitor({ samplingRateHz: RATE, leads: ["II", "V1"] });
  const changes: ConditionChange[] = [];
  const emit = (change: ConditionChange): void => void changes.push(change);
  const own = scriptedEvents(heard, RATE);
  const other = scriptedEvents(beside, RATE);
  const inputs = [
    ...own.inputs.map((input) => ({ input, lead: 0 })),
    ...other.inputs.map((input) => ({ input, lead: 1 })),
  ].toSorted((a, b) => a.input.decidedAt - b.input.decidedAt);
  let lead = 0;
  let to = frame;
  for (const { input, lead: from } of inputs) {
    for (; to <= input.decidedAt; to += frame) monitor.advance(to, emit);
    if (lead === 0 && input.decidedAt >= switchS * RATE) {
      lead = 1;
      monitor.lead({ lead, decidedAt: input.decidedAt }, emit);
    }
    if (from === lead) feed(monitor, input, emit);
    else if (input.type === "beat") monitor.otherBeat(input.event satisfies HeardBeat, emit);
    else if (input.type !== "gap") monitor.other(input.event, emit);
  }
  monitor.end(Math.max(own.length, other.length), emit);
  return pairUp(changes, RATE);
}

const ofLeads = (told: readonly Told[]): string[] =>
  told.filter(({ begin }) => begin.lead !== "").map(({ kind, begin }) => `${kind} ${begin.lead}`);

const STILL: Stretch = { silent: 10 };
const BEATS: Stretch = { bpm: 75, beats: 12 };
const IN_NOISE: Stretch = { bpm: 75, beats: 12, state: "noisy" };
/** What a detector finds in noise. */
const NOISE: readonly Stretch[] = [60, 180, 75, 150, 50, 200, 90, 170, 65].map((bpm) => ({
  bpm,
  beats: 1,
  state: "noisy",
}));

test("a lead that hears a rhythm speaks against an asystole in the other one", () => {
  expect(kinds(conditions([SINUS, STILL], [SINUS, BEATS]))).toEqual([]);
});

test("regular beats in noise do, too; what a detector finds in noise does not", () => {
  expect(kinds(conditions([SINUS, STILL], [SINUS, IN_NOISE]))).toEqual([]);
  expect(kinds(conditions([SINUS, STILL], [SINUS, ...NOISE]))).toContain("asystole");
});

test("both silent is an asystole within 5 s", () => {
  const asystole = conditions([SINUS, STILL], [SINUS, STILL]).find(({ kind }) => kind === "asystole");
  expect((asystole?.beganS ?? Infinity) - (asystole?.onsetS ?? 0)).toBeLessThan(5);
});

test("an asystole is not suspended by noise in the lead that is heard, where the other one is silent", () => {
  const noisy: Stretch = { silent: 10, state: "noisy" };
  expect(kinds(conditions([SINUS, noisy], [SINUS, STILL]))).toContain("asystole");
  expect(kinds(conditions([SINUS, noisy], [SINUS, { silent: 10, state: "noisy" }]))).not.toContain("asystole");
  // A lead in which nothing was ever found says nothing by its silence.
  expect(kinds(conditions([SINUS, noisy], [{ silent: 20 }, STILL]))).not.toContain("asystole");
});

test("an asystole that is open goes on where the line turns flat, and ends with a rhythm", () => {
  const flat: Stretch = { silent: 6, state: "lead-off" };
  const told = conditions([SINUS, { silent: 6 }, flat, { silent: 3 }, SINUS], [{ silent: 60, state: "lead-off" }]);
  expect(told.find(({ kind }) => kind === "asystole")?.endedS).toBeGreaterThan(34);
});

test("a ventricular tachycardia is one in whichever lead it shows, and over when that lead has nothing more to say", () => {
  const wide: Stretch = { bpm: 150, beats: 12, beatClass: "V" };
  const narrow: Stretch = { bpm: 150, beats: 12 };
  const told = conditions([SINUS, narrow, SINUS], [SINUS, wide]);
  expect(kinds(told)).toContain("ventricular-tachycardia");
  for (const { endedS } of told) expect(endedS).toBeLessThan(32);
  expect(kinds(conditions([SINUS, narrow, SINUS], [SINUS, narrow, SINUS]))).not.toContain("ventricular-tachycardia");
});

test("a regular fast rate is one in noise, too", () => {
  const fast: Stretch = { bpm: 170, beats: 40, state: "noisy" };
  expect(kinds(conditions([SINUS, fast], []))).toContain("extreme-tachycardia");
  expect(kinds(conditions([SINUS, ...NOISE, ...NOISE, ...NOISE], []))).not.toContain("extreme-tachycardia");
});

const OFF: Stretch = { silent: 12, state: "lead-off" };
const NOISY: Stretch = { silent: 12, state: "noisy" };
const LONG: Stretch = { bpm: 75, beats: 65 };

test("a lead that is off is told by its name, whichever is heard; both at once are two conditions", () => {
  expect(ofLeads(conditionsAndSignals([SINUS, OFF, SINUS], [LONG]))).toEqual(["lead-off II"]);
  expect(ofLeads(conditionsAndSignals([LONG], [SINUS, OFF, SINUS]))).toEqual(["lead-off V1"]);
  const both = conditionsAndSignals([SINUS, OFF, SINUS], [SINUS, OFF, SINUS]);
  expect(ofLeads(both)).toEqual(["lead-off II", "lead-off V1"]);
  for (const { beganS, endedS } of both) expect(endedS - beganS).toBeCloseTo(12, 1);
});

test("a lead without samples beside one that has some is off; a gap of both is over with the gap", () => {
  const [off] = conditionsAndSignals([LONG], [SINUS]).filter(({ kind }) => kind === "lead-off");
  expect(off.begin.lead).toBe("V1");
  expect(off.beganS - 20).toBeLessThan(4.5);
  const heardOff = conditionsAndSignals([SINUS], [LONG]);
  expect(ofLeads(heardOff)).toEqual(["lead-off II"]);
  expect(kinds(heardOff)).not.toContain("asystole");
  const gap = conditionsAndSignals([SINUS, { gap: 8 }, SINUS], [SINUS, { gap: 8 }, SINUS]);
  expect(ofLeads(gap)).toEqual(["lead-off II", "lead-off V1"]);
  for (const { endedS } of gap) expect(endedS).toBeCloseTo(28, 2);
  expect(ofLeads(conditionsAndSignals([SINUS, { gap: 1.5 }, SINUS], [SINUS, { gap: 1.5 }, SINUS]))).toEqual([]);
});

test("clinical conditions depend on the lead that is heard alone", () => {
  const fast: Stretch = { bpm: 150, beats: 60 };
  const [tachycardia] = conditionsAndSignals([SINUS, fast], [SINUS, OFF, SINUS]).filter(
    ({ kind }) => kind === "extreme-tachycardia",
  );
  expect(tachycardia.endedS - tachycardia.beganS).toBeGreaterThan(15);
  const switched = conditionsAndSignals([SINUS, fast], [SINUS, fast], { switchS: 30 });
  expect(switched.find(({ kind }) => kind === "extreme-tachycardia")?.endedS).toBeGreaterThan(43);
});

test("noise is told of the lead that is heard, and goes on beside the one that is heard then", () => {
  expect(ofLeads(conditionsAndSignals([LONG], [SINUS, NOISY, SINUS]))).toEqual([]);
  const [noisy, ...others] = conditionsAndSignals([SINUS, NOISY, SINUS], [LONG], { switchS: 24 });
  expect([noisy.kind, noisy.begin.lead, others.length]).toEqual(["noisy-signal", "II", 0]);
  expect(noisy.endedS).toBeGreaterThan(34);
});

test("what is told of leads does not depend on how time is cut", () => {
  const story = [
    [SINUS, OFF, SINUS, NOISY],
    [SINUS, NOISY, { silent: 3, state: "lead-off" }],
  ] as const;
  const whole = conditionsAndSignals(...story, { switchS: 34 });
  expect(ofLeads(whole)).toContain("lead-off V1");
  for (const frame of [7, 90, 1000]) expect(conditionsAndSignals(...story, { switchS: 34, frame })).toEqual(whole);
});

test("a lead whose calibration cannot be trusted is told by its name, and what is read of it goes on", () => {
  const suspect: Stretch = { bpm: 150, beats: 60, isSuspect: true };
  const fast: Stretch = { bpm: 150, beats: 60 };
  const told = conditionsAndSignals([SINUS, suspect, SINUS], [SINUS, fast, SINUS]);
  expect(ofLeads(told)).toEqual(["signal-suspect II"]);
  const [{ beganS, endedS, begin }] = told.filter(({ kind }) => kind === "signal-suspect");
  expect([Math.round(beganS), Math.round(endedS)]).toEqual([21, 45]);
  expect(begin.beginSample).toBeLessThan(begin.sample);
  expect(kinds(told)).toContain("extreme-tachycardia");
  expect(ofLeads(conditionsAndSignals([SINUS, fast], [SINUS, suspect]))).toEqual(["signal-suspect V1"]);
});
