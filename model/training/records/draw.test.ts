import { expect, test } from "vitest";
import { createRandom } from "../../../kit/random.ts";
import { drawableCopies, drawCopies } from "./draw.ts";
import type { PreparedReading, PreparedRecord } from "./prepare.ts";
import type { StoredCopy } from "./stored.ts";

const copy = (file: string): StoredCopy => ({ file, digest: "", targets: [] });

function reading(name: string, lead: string): PreparedReading {
  const numbered = (kind: string): StoredCopy[] => [1, 2].map((number) => copy(`${name} ${lead} ${kind}${number}`));
  return { lead, clean: copy(`${name} ${lead} clean`), noisy: numbered("noisy"), rhythms: numbered("rhythm") };
}

const patient = (name: string): PreparedRecord => ({ name, readings: [reading(name, "1"), reading(name, "2")] });
const PATIENTS = [patient("mitdb/101"), patient("svdb/802"), patient("svdb/803")];
const RECIPE = {
  balance: { mitdb: 2, svdb: 0.5 },
  copies: { noisyCopies: 2, rhythmCopies: 1 },
  otherLeads: { share: 0.25, noisyCopies: 1, rhythmCopies: 0 },
};

/** How often a text is in the files drawn in 1000 epochs. */
function draws(recipe: Parameters<typeof drawCopies>[1]): (pattern: RegExp) => number {
  const random = createRandom(1, "draw");
  const files = Array.from({ length: 1000 }, () => drawCopies(PATIENTS, recipe, random).map(({ file }) => file)).flat();
  return (pattern) => files.filter((file) => pattern.test(file)).length;
}

test("a database's patients come up as often as it says, in one lead and copy each time", () => {
  const count = draws(RECIPE);
  expect(count(/mitdb/)).toBe(2000);
  for (const name of [/svdb.802/, /svdb.803/]) expect(Math.abs(count(name) - 500)).toBeLessThan(60);
  expect(count(/ 2 /) / count(/./)).toBeCloseTo(0.25, 1);
  expect(count(/ 1 clean/) / count(/ 1 /)).toBeCloseTo(0.25, 1);
  expect(count(/ 2 clean/) / count(/ 2 /)).toBeCloseTo(0.5, 1);
  expect(count(/ 1 rhythm2| 2 noisy2| 2 rhythm/)).toBe(0);
});

test("without other leads the monitored one alone is taken", () => {
  expect(draws({ ...RECIPE, otherLeads: null })(/ 2 /)).toBe(0);
});

test("what can be drawn is what is drawn", () => {
  const drawable = drawableCopies(PATIENTS, RECIPE).map(({ file }) => file);
  expect(drawable).toHaveLength(PATIENTS.length * (4 + 2));
  const count = draws(RECIPE);
  for (const file of drawable) expect(count(new RegExp(`^${file}$`))).toBeGreaterThan(0);
  expect(drawable.reduce((sum, file) => sum + count(new RegExp(`^${file}$`)), 0)).toBe(count(/./));
});
