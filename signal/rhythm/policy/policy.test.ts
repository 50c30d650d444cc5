import { describe, expect, it } from "vitest";
import { CONDITION_KINDS } from "../../../contracts/condition.ts";
import { changedPolicy, namedPolicy, POLICY_NAMES, readPolicy } from "./policy.ts";

const file = (changes: object = {}): object => ({
  name: "ward",
  version: 1,
  population: "adult",
  base: "adult",
  ...changes,
});

describe("policies", () => {
  it.each(POLICY_NAMES)("%s is whole and for its population", (name) => {
    const policy = namedPolicy(name);
    expect(policy).toMatchObject({ name, population: name });
    expect(Object.keys(policy.kinds)).toEqual(Object.keys(CONDITION_KINDS));
    expect(policy.label).toMatch(new RegExp(`^${name}-1:[0-9a-f]{16}$`));
  });

  it("the label follows all that decides, and nothing else", () => {
    const label = (changes: object): string => readPolicy(file(changes), "a").label.split(":")[1];
    const adult = namedPolicy("adult").label.split(":")[1];
    expect(label({})).toBe(adult);
    expect(label({ version: 7, population: "neonate" })).toBe(adult);
    expect(label({ limits: { asystoleSeconds: 4, pauseSeconds: 2.5 } })).toBe(adult);
    const others = [
      label({ limits: { pauseSeconds: 2.6 } }),
      label({ kinds: { pause: { priority: "high" } } }),
      label({ kinds: { couplet: { enabled: false } } }),
    ];
    expect(new Set([adult, ...others]).size).toBe(4);
  });

  it("a bed's changes leave the rest of its policy", () => {
    const changed = changedPolicy(namedPolicy("neonate"), { limits: { tachycardiaBpm: 190 } }, "b1");
    expect(changed.limits).toEqual({ ...namedPolicy("neonate").limits, tachycardiaBpm: 190 });
    expect(changed.kinds).toEqual(namedPolicy("neonate").kinds);
  });

  it.each([
    [{ limits: { pauseSecond: 3 } }, "limits.pauseSecond is not known"],
    [{ limits: { pauseSeconds: 0 } }, 'limits.pauseSeconds is "0", must be 1 to 5'],
    [{ limits: { pauseSeconds: "3" } }, 'limits.pauseSeconds is "3", must be 1 to 5'],
    [{ limits: { ventricularRunBeats: 3.5 } }, 'limits.ventricularRunBeats is "3.5"'],
    [{ kinds: { "ventricular-fib": {} } }, "kinds.ventricular-fib is not known"],
    [{ kinds: { pause: { priority: "loud" } } }, 'kinds.pause.priority is "loud", must be one of high, medium, low'],
    [{ colour: "red" }, "colour is not known"],
    [{ version: undefined }, "version"],
    [{ base: undefined, limits: {} }, "limits.asystoleSeconds is missing"],
    [{ base: "old" }, 'base is "old", must be one of adult'],
    [{ limits: { bradycardiaBpm: 40 } }, "limits.bradycardiaBpm is 40, must be above limits.extremeBradycardiaBpm"],
    [{ limits: { tachycardiaBpm: 145 } }, "limits.extremeTachycardiaBpm is 140, must be above limits.tachycardiaBpm"],
    [
      { limits: { bradycardiaBpm: 115 } },
      "limits.tachycardiaBpm is 120, must be at least twice hysteresisBpm (5) above limits.bradycardiaBpm, which is 115",
    ],
    [{ limits: { asystoleSeconds: 3, pauseSeconds: 3 } }, "limits.asystoleSeconds is 3, must be above"],
    [{ kinds: { asystole: { enabled: false } } }, "kinds.asystole.enabled is false"],
    [{ kinds: { asystole: { priority: "low" } } }, "kinds.asystole.priority is low"],
    [{ kinds: { "no-data": { enabled: false } } }, "kinds.no-data.enabled is false"],
  ])("one line names the field and the remedy: %j", (changes, message) => {
    const read = (): unknown => readPolicy(file(changes), "ward.json");
    expect(read).toThrow(`alarm policy ward.json: ${message}`);
    expect(read).toThrow(expect.objectContaining({ code: "BAD_POLICY", message: expect.not.stringContaining("\n") }));
  });
});
