import { expect, it } from "vitest";
import { createFakeClassifier } from "./fake-classifier.ts";
import { WINDOW_LENGTH } from "../../signal/events.ts";

const FEATURES = 3;
const classifier = createFakeClassifier(FEATURES);
const window = (level: number): Float32Array =>
  Float32Array.from({ length: WINDOW_LENGTH }, (_, i) => level * Math.sin(i));
const beat = (level: number) => ({ window: window(level), features: Float32Array.of(level, 1, -level) });

async function classify(levels: readonly number[]): Promise<number[]> {
  let state: Float32Array = new Float32Array(classifier.info.stateSize);
  let probabilities: Float32Array = new Float32Array(4);
  for (const level of levels) {
    const { window: samples, features } = beat(level);
    const result = await classifier.step(await classifier.encode(samples, 1), features, state, 1);
    ({ state, probabilities } = result);
  }
  return [...probabilities];
}

it("gives probabilities that depend on all of a bed's beats and their order", async () => {
  const forth = await classify([3, 9, 5]);
  expect(forth.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5);
  expect(await classify([3, 9, 5])).toEqual(forth);
  expect(await classify([9, 3, 5])).not.toEqual(forth);
  expect(await classify([9, 5])).not.toEqual(forth);
});

it("does not mix the rows of a call", async () => {
  const beats = [2, 7, 4].map(beat);
  const windows = Float32Array.from(beats.flatMap(({ window: samples }) => [...samples]));
  const features = Float32Array.from(beats.flatMap((one) => [...one.features]));
  const state = Float32Array.from({ length: 3 * classifier.info.stateSize }, (_, i) => i / 10);
  const together = await classifier.step(await classifier.encode(windows, 3), features, state, 3);
  for (const [row, one] of beats.entries()) {
    const { stateSize } = classifier.info;
    const own = state.slice(row * stateSize, (row + 1) * stateSize);
    const alone = await classifier.step(await classifier.encode(one.window, 1), one.features, own, 1);
    expect(alone.probabilities).toEqual(together.probabilities.slice(row * 4, (row + 1) * 4));
  }
});
