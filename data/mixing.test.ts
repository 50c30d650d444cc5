import { expect, test } from "vitest";
import { createRandom } from "../kit/random.ts";
import { addRecordedNoise, addWhiteNoise } from "./mixing.ts";

test("recorded noise goes round and round from its place on, within the stretch", () => {
  const samples = new Float32Array(8).fill(1);
  addRecordedNoise(samples, { from: 1, to: 7 }, Float32Array.from([0, 1, 2, 3]), { gain: 10, start: 2 });
  expect([...samples]).toEqual([1, 21, 31, 1, 11, 21, 31, 1]);
});

test("noise of another rate is read between its samples, across its end too", () => {
  const samples = new Float32Array(6);
  addRecordedNoise(samples, { from: 0, to: 6 }, Float32Array.from([0, 1, 4]), { gain: 1, start: 1.5, step: 0.5 });
  expect([...samples]).toEqual([2.5, 4, 2, 0, 0.5, 1]);
});

test("white noise has the deviation asked for, and touches nothing beside its stretch", () => {
  const samples = new Float32Array(20_100);
  addWhiteNoise(samples, { from: 50, to: 20_050 }, 0.3, createRandom(1, "white"));
  const inside = samples.subarray(50, 20_050);
  const power = inside.reduce((sum, value) => sum + value * value, 0) / inside.length;
  expect(Math.sqrt(power)).toBeCloseTo(0.3, 2);
  expect(samples.subarray(0, 50).every((value) => value === 0)).toBe(true);
  expect(samples.subarray(20_050).every((value) => value === 0)).toBe(true);
});
