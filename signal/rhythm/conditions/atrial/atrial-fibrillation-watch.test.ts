import { expect, test } from "vitest";
import type { BeatClass } from "../../../../contracts/beat.ts";
import { whiteNoise } from "../../../../testing/signal/bump-ecg.ts";
import { createRhythmMonitor } from "../../monitor.ts";
import type { ConditionChange } from "../open-condition.ts";

const RATE = 100;
interface Told {
  readonly rrMs: number;
  readonly beatClass?: BeatClass;
  readonly pWave?: number | null;
}

/** What the monitor says of fibrillation where it hears these beats, each known a second behind its R peak. */
function watch(beats: readonly Told[]): ConditionChange[] {
  const changes: ConditionChange[] = [];
  const emit = (change: ConditionChange): void => {
    if (change.kind === "atrial-fibrillation" && change.phase !== "update") changes.push(change);
  };
  const monitor = createRhythmMonitor({ samplingRateHz: RATE });
  let seconds = 0;
  for (const { rrMs, beatClass = "N", pWave = null } of beats) {
    seconds += rrMs / 1000;
    const sample = Math.round(seconds * RATE);
    const decidedAt = sample + RATE;
    const good = { type: "quality", signalQuality: 1, state: "good", isSuspect: false } as const;
    monitor.quality({ ...good, sample, decidedAt }, emit);
    monitor.qrs({ type: "qrs", sample, decidedAt, rrMs, foundLate: false }, emit);
    monitor.beat(
      { sample, decidedAt, beatClass, ventricular: Number(beatClass === "V"), rrMs, quality: 1, pWave },
      emit,
    );
  }
  return changes;
}
const times = (count: number, beat: (i: number) => Told): Told[] => Array.from({ length: count }, (_, i) => beat(i));
const phases = (changes: readonly ConditionChange[]): string[] => changes.map(({ phase }) => phase);

const random = whiteNoise(7);
const sinus = (count: number, pWave: number | null): Told[] =>
  times(count, () => ({ rrMs: 800 + 15 * random(), pWave }));
const fibrillating = (count: number, pWave: number | null): Told[] =>
  times(count, () => ({ rrMs: Math.max(350, 650 + 160 * random()), pWave }));

test.each([
  [null, null],
  [0.9, 0.02],
])(
  "begins within 40 s, is dated back to the onset, and ends (P waves: %s in sinus rhythm, %s in fibrillation)",
  (inSinus, without) => {
    const changes = watch([...sinus(60, inSinus), ...fibrillating(150, without), ...sinus(60, inSinus)]);
    expect(phases(changes)).toEqual(["begin", "end"]);
    const [begin, end] = changes.map(({ sample }) => sample / RATE);
    expect(begin).toBeGreaterThan(48);
    expect(begin).toBeLessThan(48 + 40);
    expect(Math.abs(changes[0].beginSample / RATE - 48)).toBeLessThan(8);
    expect(end).toBeGreaterThan(48 + 97);
    expect(end).toBeLessThan(48 + 98 + 40);
  },
);

test("begins in little more than 16 beats, where they are very irregular", () => {
  const [begin] = watch(fibrillating(30, 0));
  expect(begin.sample / RATE).toBeLessThan(20);
});

test("begins where intervals vary less, if there are no P waves", () => {
  const beats = times(150, () => ({ rrMs: 700 + 75 * random(), pWave: 0.02 }));
  expect(phases(watch(beats))).toEqual(["begin"]);
});

test("begins where it is so fast that the T wave is taken for a P wave", () => {
  const beats = times(150, () => ({ rrMs: Math.max(280, 380 + 60 * random()), pWave: 0.6 }));
  expect(phases(watch(beats))).toEqual(["begin"]);
});

test("a single ventricular beat in ten hides nothing", () => {
  const beats = fibrillating(150, 0).map((beat, i): Told => (i % 10 === 9 ? { ...beat, beatClass: "V" } : beat));
  expect(phases(watch(beats))).toEqual(["begin"]);
});

test.each<[string, Told[]]>([
  ["sinus rhythm", sinus(300, null)],
  [
    "a fast regular rhythm that begins at once",
    [...sinus(60, null), ...times(200, () => ({ rrMs: 300 + 4 * random() }))],
  ],
  [
    "respiratory sinus arrhythmia",
    times(300, (i) => ({ rrMs: 850 + 150 * Math.sin(i / 1.5) + 10 * random(), pWave: 0.8 })),
  ],
  [
    "bigeminy of atrial beats",
    times(300, (i) => ({ rrMs: (i % 2 ? 550 : 1000) + 10 * random(), beatClass: i % 2 ? "S" : "N" })),
  ],
  [
    "trigeminy of atrial beats",
    times(300, (i) => ({ rrMs: [550, 950, 800][i % 3] + 10 * random(), beatClass: i % 3 ? "N" : "S" })),
  ],
  [
    "bigeminy of ventricular beats",
    times(300, (i) => ({ rrMs: (i % 2 ? 500 : 1100) + 40 * random(), beatClass: i % 2 ? "V" : "N" })),
  ],
  ["Wenckebach's block, 4 to 3", times(300, (i) => ({ rrMs: [900, 850, 1450][i % 3] + 10 * random() }))],
  ["irregular intervals with P waves", fibrillating(300, 0.8)],
])("%s is none", (_, beats) => {
  expect(watch(beats)).toEqual([]);
});
