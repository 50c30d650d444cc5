import { describe, expect, it } from "vitest";
import { kinds, pairUp, type Told } from "../../../../testing/signal/scripted-conditions.ts";
import { play, scriptedEvents, type Stretch } from "../../../../testing/signal/scripted-events.ts";
import { createRhythmMonitor } from "../../monitor.ts";

const RATE = 250;
const SINUS: Stretch = { bpm: 70, beats: 20 };

function heard(...stretches: Stretch[]): Told[] {
  const scripted = scriptedEvents(stretches, RATE);
  return pairUp(play(createRhythmMonitor({ samplingRateHz: RATE }), scripted, RATE, 50), RATE).filter(
    ({ begin }) => begin.kind === "ventricular-fibrillation",
  );
}

describe("ventricular fibrillation", () => {
  it("begins with seconds in a row that look like it, and ends with seconds in a row that do not", () => {
    const [fibrillation, ...others] = heard(SINUS, { silent: 12, fibrillation: 1 }, SINUS);
    expect(others).toEqual([]);
    expect(fibrillation.beganS - fibrillation.onsetS).toBeLessThan(4);
    expect(fibrillation.endedS - fibrillation.onsetS).toBeGreaterThan(12);
    expect(fibrillation.endedS - fibrillation.onsetS).toBeLessThan(18);
  });

  it("is told however noisy the signal is said to be", () => {
    expect(kinds(heard(SINUS, { silent: 12, fibrillation: 1, state: "noisy" }, SINUS))).toHaveLength(1);
  });

  it("does not begin with a short stretch, with what looks like it somewhat, or on a lead that is off", () => {
    expect(heard(SINUS, { silent: 1.5, fibrillation: 1 }, SINUS)).toEqual([]);
    expect(heard(SINUS, { silent: 12, fibrillation: 0.5 }, SINUS)).toEqual([]);
    const off = heard(SINUS, { silent: 20, state: "lead-off" }, { silent: 12, fibrillation: 1, state: "lead-off" });
    expect(off).toEqual([]);
  });

  it("ends with the signal", () => {
    const [gone] = heard(SINUS, { silent: 12, fibrillation: 1 }, { gap: 5 }, SINUS);
    const [off] = heard(SINUS, { silent: 12, fibrillation: 1 }, { silent: 8, fibrillation: 1, state: "lead-off" });
    expect(gone.endedS - gone.onsetS).toBeLessThan(18.5);
    expect(off.endedS - off.onsetS).toBeLessThan(16.5);
  });
});
