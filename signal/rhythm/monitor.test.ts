import { describe, expect, it } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { StateReader, StateWriter } from "../state.ts";
import { type ConditionChange, createRhythmMonitor, type RhythmPolicy } from "./monitor.ts";
import { play, scriptedEvents, type Stretch } from "./scripted-events.ts";

const RATE = 360;

interface Told {
  readonly kind: string;
  readonly onsetS: number;
  readonly beganS: number;
  readonly endedS: number;
  readonly begin: ConditionChange;
}

/** Each condition with its times in s, in order of their beginning. */
function conditions(
  stretches: readonly Stretch[],
  policy: Partial<RhythmPolicy> = {},
): { told: Told[]; startsS: readonly number[] } {
  const scripted = scriptedEvents(stretches, RATE);
  const changes = play(createRhythmMonitor({ samplingRateHz: RATE, policy }), scripted, RATE, 90);
  const told = changes
    .filter(({ phase }) => phase === "begin")
    .map((begin) => {
      const end = changes.find(
        ({ kind, phase, beginSample }) => phase === "end" && kind === begin.kind && beginSample === begin.beginSample,
      );
      const endedS = (end?.sample ?? Number.NaN) / RATE;
      return { kind: begin.kind, onsetS: begin.beginSample / RATE, beganS: begin.sample / RATE, endedS, begin };
    });
  return { told, startsS: scripted.startsS };
}

const SINUS: Stretch = { bpm: 75, beats: 25 };
const kinds = (told: readonly Told[]): string[] => told.map(({ kind }) => kind);

describe("asystole", () => {
  it("begins 4 s after the last QRS was due to be known, with that as its onset, and ends with the second QRS after it", () => {
    const { told, startsS } = conditions([SINUS, { silent: 8 }, SINUS]);
    expect(kinds(told)).toEqual(["asystole"]);
    const [{ onsetS, beganS, endedS, begin }] = told;
    expect(onsetS).toBeCloseTo(startsS[1] - 0.8, 2);
    expect(beganS - onsetS).toBeGreaterThanOrEqual(4);
    expect(beganS - onsetS).toBeLessThanOrEqual(4.5);
    expect(endedS - startsS[2]).toBeLessThanOrEqual(0.8 + 0.3);
    expect(begin).toMatchObject({ heartRateBpm: 0, beatSamples: [begin.beginSample] });
  });

  it("does not begin within a pause of 3.9 s", () => {
    expect(conditions([SINUS, { silent: 3.1 }, SINUS]).told).toEqual([]);
  });

  it("goes on through single escape beats", () => {
    const { told } = conditions([
      SINUS,
      { silent: 6 },
      { bpm: 60, beats: 1 },
      { silent: 5 },
      { bpm: 60, beats: 1 },
      { silent: 5 },
    ]);
    expect(kinds(told)).toEqual(["asystole"]);
  });

  it.each(["noisy", "lead-off"] as const)("does not begin while the signal is %s", (state) => {
    const { told } = conditions([SINUS, { silent: 10, state }, SINUS]);
    expect(kinds(told)).toEqual([state === "noisy" ? "noisy-signal" : "lead-off"]);
  });

  it("is not ended by QRS in noise", () => {
    const noise: Stretch = { bpm: 100, beats: 5, state: "noisy" };
    const { told, startsS } = conditions([
      SINUS,
      { silent: 8 },
      { silent: 1, state: "noisy" },
      noise,
      { silent: 3 },
      SINUS,
    ]);
    expect(kinds(told)).toContain("asystole");
    expect(told[0].endedS).toBeGreaterThan(startsS[5]);
  });

  it("does not count silence before noise, in which a QRS may have been missed", () => {
    const broken: Stretch[] = [{ silent: 2 }, { silent: 1, state: "noisy" }, { silent: 3 }];
    expect(conditions([SINUS, ...broken, SINUS]).told).toEqual([]);
  });

  it("counts from a gap's end, with the learning time again", () => {
    expect(conditions([SINUS, { gap: 2 }, { silent: 6 }, SINUS]).told).toEqual([]);
    const { told, startsS } = conditions([SINUS, { gap: 2 }, { silent: 9 }, SINUS]);
    expect(kinds(told)).toEqual(["asystole"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[2], 1);
  });

  it("is known after the detector's learning time where no QRS was ever heard", () => {
    const { told } = conditions([{ silent: 12 }]);
    expect(kinds(told)).toEqual(["asystole"]);
    expect(told[0].beganS).toBeGreaterThanOrEqual(7);
    expect(told[0].begin.beatSamples).toEqual([]);
  });

  it("ends what stood before", () => {
    const { told } = conditions([{ bpm: 150, beats: 40 }, { silent: 8 }]);
    expect(kinds(told)).toEqual(["tachycardia", "asystole"]);
    expect(told[0].endedS).toBe(told[1].beganS);
  });
});

describe("ventricular rhythms", () => {
  const ventricular = (beats: number, bpm = 160): Stretch => ({ bpm, beats, beatClass: "V" });

  it.each([3, 4])("calls %i beats in a row a run", (beats) => {
    const { told, startsS } = conditions([SINUS, ventricular(beats), SINUS]);
    expect(kinds(told)).toEqual(["ventricular-run"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].beganS - startsS[1]).toBeLessThan(5);
    expect(told[0].endedS - startsS[2]).toBeLessThan(5);
    expect(told[0].begin.beatSamples).toHaveLength(3);
    expect(Math.round(told[0].begin.heartRateBpm ?? 0)).toBe(160);
  });

  it("calls 5 beats in a row tachycardia, which takes the run's place", () => {
    const { told, startsS } = conditions([SINUS, ventricular(12), SINUS]);
    expect(kinds(told)).toEqual(["ventricular-run", "ventricular-tachycardia"]);
    const [run, tachycardia] = told;
    expect(run.endedS).toBe(tachycardia.beganS);
    expect(tachycardia.onsetS).toBeCloseTo(startsS[1], 2);
    expect(tachycardia.beganS - startsS[1]).toBeLessThan(5);
    expect(tachycardia.begin.beatSamples).toHaveLength(5);
    expect(tachycardia.endedS - startsS[2]).toBeLessThan(5);
  });

  it("needs 100 beats a minute", () => {
    expect(kinds(conditions([SINUS, ventricular(12, 95), SINUS]).told)).toEqual([]);
    expect(kinds(conditions([SINUS, ventricular(12, 101), SINUS]).told)).toContain("ventricular-tachycardia");
  });

  it("says nothing of couplets, bigeminy, fast normal beats or rejected beats", () => {
    const bigeminy = Array.from({ length: 20 }, (_, index): Stretch =>
      index % 2 ? ventricular(1, 60) : { bpm: 110, beats: 1 },
    );
    expect(conditions([SINUS, ventricular(2), SINUS, ...bigeminy]).told).toEqual([]);
    expect(kinds(conditions([SINUS, { bpm: 160, beats: 30 }]).told)).toEqual(["tachycardia"]);
    expect(conditions([SINUS, { bpm: 110, beats: 30, beatClass: "Q" }, SINUS]).told).toEqual([]);
    expect(conditions([SINUS, { bpm: 110, beats: 30, beatClass: "V", quality: 0.1 }, SINUS]).told).toEqual([]);
  });

  it("goes on through one capture beat and through rejected and fusion beats", () => {
    for (const beatClass of ["N", "Q", "F"] as const) {
      const { told } = conditions([SINUS, ventricular(8), { bpm: 160, beats: 1, beatClass }, ventricular(8), SINUS]);
      expect(kinds(told)).toEqual(["ventricular-run", "ventricular-tachycardia"]);
    }
  });

  it("ends where bigeminy follows, and where it slows down", () => {
    const bigeminy = Array.from({ length: 12 }, (_, index): Stretch =>
      index % 2 ? ventricular(1, 60) : { bpm: 100, beats: 1 },
    );
    for (const after of [bigeminy, [ventricular(20, 80)]]) {
      const { told, startsS } = conditions([SINUS, ventricular(8), ...after]);
      expect(kinds(told)).toEqual(["ventricular-run", "ventricular-tachycardia"]);
      expect(told[1].endedS - startsS[2]).toBeLessThan(5);
    }
  });

  it("is no tachycardia of the heart rate as well", () => {
    expect(kinds(conditions([SINUS, ventricular(40, 180), SINUS]).told)).not.toContain("tachycardia");
  });
});

describe("heart rate", () => {
  it.each([20, 25, 30, 33, 36, 40, 44, 48])("finds bradycardia of %i within 5 s of its onset", (bpm) => {
    const { told, startsS } = conditions([SINUS, { bpm, beats: 12 }, SINUS]);
    expect(kinds(told)).toEqual(["bradycardia"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].beganS - startsS[1]).toBeLessThanOrEqual(5);
    expect(Math.abs((told[0].begin.heartRateBpm ?? 0) - bpm)).toBeLessThanOrEqual(2);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(5);
  });

  it.each([122, 130, 146, 180, 220])("finds tachycardia of %i within 5 s of its onset", (bpm) => {
    const { told, startsS } = conditions([SINUS, { bpm, beats: 60 }, SINUS]);
    expect(kinds(told)).toEqual(["tachycardia"]);
    expect(told[0].onsetS).toBeCloseTo(startsS[1], 2);
    expect(told[0].beganS - startsS[1]).toBeLessThanOrEqual(5);
    expect(Math.abs((told[0].begin.heartRateBpm ?? 0) - bpm)).toBeLessThanOrEqual(2);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(7);
  });

  it("says nothing of compensatory pauses, or of a rate that plays about a limit", () => {
    const early = Array.from({ length: 30 }, (): Stretch[] => [
      { bpm: 56, beats: 2 },
      { bpm: 90, beats: 1 },
      { bpm: 41, beats: 1, beatClass: "V" },
    ]);
    expect(conditions(early.flat()).told).toEqual([]);
    const about = Array.from({ length: 20 }, (_, index): Stretch => ({ bpm: index % 2 ? 122 : 118, beats: 15 }));
    expect(kinds(conditions([SINUS, ...about]).told)).toEqual(["tachycardia"]);
  });

  it("tells of bradycardia within 5 s even where tachycardia stops at once", () => {
    const { told, startsS } = conditions([SINUS, { bpm: 150, beats: 60 }, { bpm: 36, beats: 10 }]);
    expect(kinds(told)).toEqual(["tachycardia", "bradycardia"]);
    expect(told[1].beganS - startsS[2]).toBeLessThanOrEqual(5);
    expect(told[0].endedS).toBeLessThanOrEqual(told[1].beganS);
    const sudden = conditions([SINUS, { bpm: 220, beats: 60 }, { bpm: 25, beats: 6 }, SINUS]).told;
    expect(kinds(sudden)).toEqual(["tachycardia", "bradycardia"]);
    expect(sudden[0].endedS).toBe(sudden[1].beganS);
  });

  it("is not judged from beats in noise, nor across it", () => {
    const noisy: Stretch = { bpm: 150, beats: 40, state: "noisy" };
    expect(kinds(conditions([SINUS, noisy, SINUS]).told)).toEqual(["noisy-signal"]);
    const few: Stretch = { bpm: 150, beats: 6 };
    expect(conditions([SINUS, few, { silent: 2, state: "noisy" }, few, SINUS]).told).toEqual([]);
  });

  it("is not judged while the detector learns again after a gap", () => {
    expect(conditions([SINUS, { gap: 2 }, { bpm: 200, beats: 12 }, SINUS]).told).toEqual([]);
  });

  it("does not begin tachycardia twice around one pause, nor in bursts of an irregular rhythm", () => {
    const once = conditions([SINUS, { bpm: 150, beats: 10 }, { bpm: 27, beats: 1 }, { bpm: 150, beats: 6 }, SINUS]);
    expect(kinds(once.told)).toEqual(["tachycardia"]);
    const bursts = Array.from({ length: 40 }, (_, index): Stretch =>
      index % 2 ? { bpm: 90, beats: 2 } : { bpm: 135, beats: 6 },
    );
    expect(conditions([SINUS, ...bursts]).told).toEqual([]);
  });

  it("follows the limits it is given", () => {
    expect(conditions([SINUS, { bpm: 46, beats: 12 }, SINUS], { bradycardiaBpm: 40 }).told).toEqual([]);
    expect(conditions([SINUS, { bpm: 135, beats: 40 }, SINUS], { tachycardiaBpm: 140 }).told).toEqual([]);
  });

  it("tells a condition that goes on every 10 s", () => {
    const scripted = scriptedEvents([SINUS, { bpm: 150, beats: 100 }, SINUS], RATE);
    const changes = play(createRhythmMonitor({ samplingRateHz: RATE }), scripted, RATE, 90);
    expect(changes.map(({ phase }) => phase)).toEqual(["begin", "update", "update", "update", "update", "end"]);
    expect(changes[2].sample - changes[1].sample).toBe(10 * RATE);
  });
});

describe("technical conditions", () => {
  it.each([
    ["lead-off", "lead-off"],
    ["noisy", "noisy-signal"],
  ] as const)("finds %s within 5 s of its onset and end", (state, kind) => {
    const { told, startsS } = conditions([SINUS, { silent: 12, state }, SINUS]);
    expect(kinds(told)).toEqual([kind]);
    expect(Math.abs(told[0].onsetS - startsS[1])).toBeLessThanOrEqual(1);
    expect(told[0].beganS - startsS[1]).toBeLessThanOrEqual(5);
    expect(told[0].endedS - startsS[2]).toBeLessThanOrEqual(5);
  });

  it("lead off takes the place of noise", () => {
    const { told } = conditions([SINUS, { silent: 5, state: "noisy" }, { silent: 5, state: "lead-off" }, SINUS]);
    expect(kinds(told)).toEqual(["noisy-signal", "lead-off"]);
    expect(told[0].endedS).toBe(told[1].beganS);
  });

  it("says nothing of a single bad second", () => {
    const single = (state: "noisy" | "lead-off"): Stretch[] => [SINUS, { silent: 1, state }];
    expect(conditions([...single("noisy"), ...single("lead-off"), SINUS]).told).toEqual([]);
  });

  it("takes samples that are missing for long for a lead that is off, until they come again", () => {
    const { told, startsS } = conditions([SINUS, { gap: 8 }, SINUS]);
    expect(kinds(told)).toEqual(["lead-off"]);
    expect(told[0].beganS - startsS[1]).toBeLessThanOrEqual(3);
    expect(told[0].endedS).toBeCloseTo(startsS[2], 2);
    expect(conditions([SINUS, { gap: 1.5 }, SINUS]).told).toEqual([]);
  });

  it.each([[{ silent: 6, state: "lead-off" }], [{ gap: 3 }]] as const)(
    "ends what cannot be observed: %o",
    (stretch) => {
      const { told, startsS } = conditions([SINUS, { bpm: 150, beats: 40 }, stretch, SINUS]);
      const tachycardia = told.find(({ kind }) => kind === "tachycardia");
      expect((tachycardia?.endedS ?? Number.NaN) - startsS[2]).toBeLessThanOrEqual(3.2);
      expect(kinds(told)).not.toContain("asystole");
    },
  );
});

describe("the monitor", () => {
  it("says nothing of 30 minutes of sinus rhythm of 60 to 90", () => {
    const slowly = Array.from({ length: 200 }, (_, index): Stretch => ({
      bpm: 75 + 15 * Math.sin(index / 7),
      beats: 11,
    }));
    expect(conditions(slowly).told).toEqual([]);
  });

  it("refuses a wrong rate, a wrong policy and a snapshot of another rate", () => {
    expect(() => createRhythmMonitor({ samplingRateHz: 0 })).toThrow(BedsideError);
    for (const policy of [
      { asystoleSeconds: Number.NaN },
      { bradycardiaBpm: 130 },
      { runBeats: 1 },
      { tachycardiaBeats: 2 },
    ]) {
      expect(() => createRhythmMonitor({ samplingRateHz: 360, policy })).toThrow(/alarm policy/);
    }
    const saved = new StateWriter();
    createRhythmMonitor({ samplingRateHz: 360 }).save(saved);
    const other = createRhythmMonitor({ samplingRateHz: 250 });
    expect(() => other.load(new StateReader(saved.bytes()))).toThrow(/360 Hz/);
  });
});
