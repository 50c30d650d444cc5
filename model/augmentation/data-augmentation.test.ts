import { expect, test } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { DataAugmentation } from "./data-augmentation.ts";
import { lengthOf } from "./padding.ts";

const NONE = { gain: 0, offset: 0, noise: 0, stretch: 0, shift: 0 };
const row = Float32Array.from({ length: 187 }, (_, i) => (i < 120 ? 0.5 + 0.3 * Math.sin(i / 5) : 0));

const altered = (settings: Partial<typeof NONE>, seed = 1, from = row): Float32Array => {
  const out = new Float32Array(187).fill(9);
  new DataAugmentation({ ...NONE, ...settings }, createRandom(seed, "test")).apply(from, out);
  return out;
};

test("nothing asked is nothing done, and the same seed does the same", () => {
  expect(altered({})).toEqual(row);
  const all = { gain: 0.1, offset: 0.05, noise: 0.02, stretch: 0.05, shift: 1 };
  expect(altered(all)).toEqual(altered(all));
  expect(altered(all, 2)).not.toEqual(altered(all));
});

test("padding stays zero and values stay within 0 and 1", () => {
  for (let seed = 0; seed < 10; seed++) {
    const out = altered({ gain: 0.5, offset: 0.01, noise: 0.01, stretch: 0.05, shift: 1 }, seed);
    expect(out.every((value) => value >= 0 && value <= 1)).toBe(true);
    const scale = lengthOf(out) / 120;
    expect(scale).toBeGreaterThan(0.8);
    expect(scale).toBeLessThan(1.25);
  }
});

test("a row that fills all samples does so still", () => {
  const full = new Float32Array(187).fill(0.5);
  for (let seed = 0; seed < 5; seed++) expect(lengthOf(altered({ stretch: 0.1, shift: 1 }, seed, full))).toBe(187);
});
