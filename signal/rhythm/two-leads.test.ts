import { expect, test } from "vitest";
import { type Told, kinds, pairUp, RATE, SINUS } from "../../testing/signal/scripted-conditions.ts";
import { feed, scriptedEvents, type Stretch } from "../../testing/signal/scripted-events.ts";
import { type ConditionChange, createRhythmMonitor, type HeardBeat } from "./monitor.ts";

/** What is told where one lead is heard and another one is beside it. */
function conditions(heard: readonly Stretch[], beside: readonly Stretch[]): Told[] {
  const monitor = createRhythmMonitor({ samplingRateHz: RATE });
  const changes: ConditionChange[] = [];
  const emit = (change: ConditionChange): void => void changes.push(change);
  const own = scriptedEvents(heard, RATE);
  const inputs = [
    ...own.inputs.map((input) => ({ input, isHeard: true })),
    ...scriptedEvents(beside, RATE).inputs.map((input) => ({ input, isHeard: false })),
  ].toSorted((a, b) => a.input.decidedAt - b.input.decidedAt);
  for (const { input, isHeard } of inputs) {
    if (isHeard) feed(monitor, input, emit);
    else if (input.type === "beat") monitor.otherBeat(input.event satisfies HeardBeat, emit);
    else if (input.type !== "gap") monitor.other(input.event, emit);
  }
  monitor.end(own.length, emit);
  return pairUp(changes, RATE).filter(({ begin }) => begin.kind !== "noisy-signal");
}

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
