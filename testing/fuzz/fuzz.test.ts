import { expect, test } from "vitest";
import { fuzz, type Target } from "./fuzz.ts";
import { sharesOf, TARGETS } from "./targets.ts";

/** The short form of `npm run fuzz`. */
const INPUTS = 4000;

test.each(TARGETS.map((target) => [target.name, target] as const))(
  "%s: no crash, no 5xx, no hang",
  async (_, target) => {
    const inputs = sharesOf(INPUTS, TARGETS).get(target) ?? 0;
    const report = await fuzz(target, { inputs, seed: 7 });
    expect(report.faults).toEqual([]);
    expect(report.inputs).toBe(inputs);
    // Neither is all of it nonsense, nor all of it right: of a target that gets so few inputs that there might be none of one, at least an answer.
    const least = inputs < 100 ? 0 : 1;
    expect(Math.min(report.taken, report.refused)).toBeGreaterThanOrEqual(least);
  },
);

const readerOf = (attempt: (value: number) => boolean | Promise<boolean>): Target => ({
  name: "a reader",
  share: 1,
  open: async () => ({ attempt: ({ uniform }) => attempt(uniform()) }),
});

test("what crashes and what hangs is found, and is found again from its number alone", async () => {
  const crashes = readerOf((value) => {
    if (value > 0.9) throw new TypeError("no such thing");
    return value > 0.5;
  });
  const { faults, taken, refused } = await fuzz(crashes, { inputs: 50, seed: 1 });
  expect(faults.length).toBeGreaterThan(0);
  expect(faults.length + taken + refused).toBe(50);
  const [{ at, what }] = faults;
  expect(what).toMatch(/TypeError: no such thing/);
  expect((await fuzz(crashes, { inputs: 1, seed: 1, from: at })).faults).toMatchObject([{ at }]);

  const hangs = readerOf((value) => (value > 0.9 ? new Promise(() => {}) : true));
  expect((await fuzz(hangs, { inputs: 30, seed: 1, hangsMs: 20 })).faults[0].what).toMatch(/no answer within 20 ms/);
});
