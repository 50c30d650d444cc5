import { describe, expect, it } from "vitest";
import { conditionsOf, kinds, pairUp, RATE, SINUS } from "../../../../testing/signal/scripted-conditions.ts";
import { play, scriptedEvents, type Stretch } from "../../../../testing/signal/scripted-events.ts";
import { createRhythmMonitor } from "../../monitor.ts";

const conditions = conditionsOf("asystole", "tachycardia", "noisy-signal", "lead-off");

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

  it("that is known to stand is gone on with where no QRS was heard, with its own onset", () => {
    const resumed = (stretches: Stretch[], beginS: number) => {
      const monitor = createRhythmMonitor({ samplingRateHz: RATE });
      monitor.resume("asystole", beginS * RATE);
      return pairUp(play(monitor, scriptedEvents(stretches, RATE), RATE, 90), RATE).filter(
        ({ kind }) => kind === "asystole",
      );
    };
    // A flat line is noise to who has heard no beat.
    const flat: Stretch = { silent: 20, state: "noisy" };
    expect(resumed([flat, SINUS], 3)).toMatchObject([{ onsetS: 3, beganS: 3 }]);
    expect(resumed([flat, SINUS], 3)[0].endedS).toBeLessThan(22);
    expect(resumed([SINUS], 3)[0].endedS).toBeLessThan(4);
  });

  it("ends what stood before", () => {
    const { told } = conditions([{ bpm: 130, beats: 40 }, { silent: 8 }]);
    expect(kinds(told)).toEqual(["tachycardia", "asystole"]);
    expect(told[0].endedS).toBe(told[1].beganS);
  });
});
