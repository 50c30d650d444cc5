import { expect, test } from "vitest";
import { createRandom } from "../../../../kit/random.ts";
import { classWeights, epochIndices } from "./balancing.ts";

const labels = Uint8Array.from({ length: 1100 }, (_, i) => (i < 1000 ? 0 : 1));
const data = { rows: new Float32Array(), labels, indices: Uint32Array.from(labels, (_, i) => i) };

test("a class's weight grows with its rarity by the power asked for", () => {
  expect(classWeights(data, 0)).toEqual([1, 1, 1, 1, 1]);
  expect(classWeights(data, 1).slice(0, 2)).toEqual([1, 10]);
  expect(classWeights(data, 0.5)[1]).toBeCloseTo(Math.sqrt(10));
});

test("oversampling repeats the rare rows and keeps all others once", () => {
  expect(epochIndices(data, 0, createRandom(1, "test"))).toEqual([...data.indices]);
  const indices = epochIndices(data, 0.5, createRandom(1, "test"));
  const common = indices.filter((index) => index < 1000);
  expect(common).toEqual([...data.indices.subarray(0, 1000)]);
  const rare = indices.length - common.length;
  expect(rare).toBeGreaterThan(300);
  expect(rare).toBeLessThan(333);
  expect(new Set(indices).size).toBe(1100);
});
