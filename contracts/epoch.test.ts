import { expect, test } from "vitest";
import { derivedEpoch, isHeardAs } from "./epoch.ts";

test("a derived name is known by its epoch, also where that was cut, and by no other", () => {
  for (const name of ["e", "e-2", "x".repeat(55), "x".repeat(64), "a..b"]) {
    const derived = derivedEpoch(name, 1_700_000_000_000.5);
    expect(derived).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);
    expect(isHeardAs(name, derived)).toBe(true);
    expect(isHeardAs(name, name)).toBe(true);
    expect(isHeardAs("f", derived)).toBe(false);
    // A name that was cut is that of all that begin with it.
    expect(isHeardAs(`${name}-3`, derived)).toBe(name.length > 53);
  }
});
