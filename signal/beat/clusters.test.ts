import { expect, test } from "vitest";
import { CHAIN_RATE_HZ, WINDOW_LENGTH, WINDOW_R_INDEX } from "../events.ts";
import { StateReader, StateWriter } from "../state.ts";
import { NARROW, type Wave, WIDE, whiteNoise } from "../../testing/signal/bump-ecg.ts";
import { Clusters } from "./clusters.ts";
import { Stretch } from "./stretch.ts";

const random = whiteNoise(5);

function window(waves: readonly Wave[], noiseMv = 0.02): Float64Array {
  return Float64Array.from({ length: WINDOW_LENGTH }, (_, i) => {
    const t = (i - WINDOW_R_INDEX) / CHAIN_RATE_HZ;
    return waves.reduce(
      (sum, [height, at, width]) => sum + height * Math.exp(-0.5 * ((t - at) / width) ** 2),
      noiseMv * random(),
    );
  });
}

function template(clusters: Clusters): Float64Array {
  const out = new Float64Array(WINDOW_LENGTH);
  expect(clusters.dominantTemplate(out)).toBe(true);
  return out;
}

function likeness(one: Float64Array, other: Float64Array): number {
  const qrs = new Stretch(-12, 15, 0);
  qrs.take(one);
  return qrs.likeness(other);
}

test("there is no template before two beats, and it is cleaner than any beat afterwards", () => {
  const clusters = new Clusters();
  const out = new Float64Array(WINDOW_LENGTH);
  expect(clusters.dominantTemplate(out)).toBe(false);
  for (let i = 0; i < 20; i++) clusters.add(window(NARROW, 0.05));
  const ideal = window(NARROW, 0);
  const error = (one: Float64Array): number => one.reduce((sum, value, i) => sum + (value - ideal[i]) ** 2, 0);
  expect(error(template(clusters))).toBeLessThan(error(window(NARROW, 0.05)) / 3);
});

test("in bigeminy, wide beats first, the narrow ones are the norm", () => {
  const clusters = new Clusters();
  for (let i = 0; i < 60; i++) clusters.add(window(i % 2 ? NARROW : WIDE));
  expect(likeness(template(clusters), window(NARROW, 0))).toBeGreaterThan(0.98);
  const wide = clusters.add(window(WIDE));
  const narrow = clusters.add(window(NARROW));
  expect(wide.dominant).toBe(false);
  expect(narrow.dominant).toBe(true);
  expect(wide.share).toBeCloseTo(0.5, 1);
});

test("a shape not seen before has no share; beats of other shapes, however many, crowd out no large cluster", () => {
  const clusters = new Clusters();
  for (let i = 0; i < 40; i++) clusters.add(window(NARROW));
  expect(clusters.add(window(WIDE)).share).toBe(0);
  for (let i = 0; i < 30; i++) {
    clusters.add(
      window([
        [1, 0, 0.02],
        [Math.sin(i * 1.7), 0.06 + 0.02 * (i % 4), 0.02],
        [Math.cos(i), -0.05, 0.02],
      ]),
    );
  }
  const again = clusters.add(window(NARROW));
  expect(again.dominant).toBe(true);
  expect(again.share).toBeGreaterThan(0.4);
});

test("a lasting change of shape becomes the norm", () => {
  const clusters = new Clusters();
  for (let i = 0; i < 100; i++) clusters.add(window(NARROW));
  for (let i = 0; i < 400; i++) clusters.add(window(WIDE));
  expect(likeness(template(clusters), window(WIDE, 0))).toBeGreaterThan(0.98);
});

test("saved and loaded, it judges as before", () => {
  const clusters = new Clusters();
  for (let i = 0; i < 30; i++) clusters.add(window(i % 3 ? NARROW : WIDE));
  const writer = new StateWriter();
  clusters.save(writer);
  const copy = new Clusters();
  copy.load(new StateReader(writer.bytes()));
  const next = window(WIDE);
  expect(copy.add(next)).toEqual(clusters.add(next));
  expect(template(copy)).toEqual(template(clusters));
});

test("a snapshot holds the clusters that there are, no more; more than there may be are refused", () => {
  const bytes = (clusters: Clusters): Uint8Array<ArrayBuffer> => {
    const to = new StateWriter();
    clusters.save(to);
    return to.bytes();
  };
  const clusters = new Clusters();
  expect(bytes(clusters).length).toBeLessThan(40);
  clusters.add(window(NARROW));
  expect(bytes(clusters).length).toBeLessThan(2 * WINDOW_LENGTH * 8);
  for (const size of [7, -1, 0.5, Number.NaN]) {
    const to = new StateWriter();
    to.number(9);
    to.number(size);
    const refused = expect.objectContaining({ code: "BAD_SNAPSHOT" });
    expect(() => clusters.load(new StateReader(to.bytes()))).toThrow(refused);
  }
});
