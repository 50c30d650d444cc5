import { describe, expect, it } from "vitest";
import { conditionsOf, kinds, SINUS } from "../../../../testing/signal/scripted-conditions.ts";
import type { Stretch } from "../../../../testing/signal/scripted-events.ts";

const conditions = conditionsOf("asystole", "tachycardia", "lead-off", "noisy-signal");

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
