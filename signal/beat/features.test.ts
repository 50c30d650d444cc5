import { expect, test } from "vitest";
import { RrContext } from "./rr-context.ts";
import { WINDOW_LENGTH } from "../events.ts";
import { type BeatContext, beatFeatures, FEATURE_NAMES, type FeatureName } from "./features.ts";
import { whiteNoise } from "../../testing/signal/bump-ecg.ts";

const random = whiteNoise(9);
const noise = (size: number): Float64Array => Float64Array.from({ length: WINDOW_LENGTH }, () => size * random());

function context(change: Partial<BeatContext> = {}): BeatContext {
  const window = noise(1);
  return {
    rr: new RrContext().add(0.8, 0.9),
    window,
    template: window,
    previous: window,
    kinship: { share: 1, dominant: true },
    scale: 1,
    ...change,
  };
}
const feature = (beat: BeatContext, name: FeatureName): number => beatFeatures(beat)[FEATURE_NAMES.indexOf(name)];

test("20 to 40 features, each with a name of its own", () => {
  expect(new Set(FEATURE_NAMES).size).toBe(FEATURE_NAMES.length);
  expect(FEATURE_NAMES.length).toBeGreaterThanOrEqual(20);
  expect(FEATURE_NAMES.length).toBeLessThanOrEqual(40);
  expect(beatFeatures(context())).toHaveLength(FEATURE_NAMES.length);
});

test("a beat like its template is like it in every way", () => {
  for (const name of ["qrsLikeness", "pLikeness", "beatLikeness", "previousLikeness", "previousPLikeness"] as const) {
    expect(feature(context(), name)).toBeCloseTo(1, 5);
  }
  for (const name of ["qrsSpreadRatio", "areaRatio", "pHeight"] as const) expect(feature(context(), name)).toBe(0);
  expect(feature(context({ template: noise(1) }), "qrsLikeness")).toBeLessThan(0.9);
});

test("shape does not depend on the gain", () => {
  const beat = context({ window: noise(1), template: noise(1), previous: noise(1), scale: 4 });
  const times = (values: Float64Array): Float64Array => values.map((value) => 3 * value);
  const louder = {
    ...beat,
    window: times(beat.window),
    template: times(beat.template),
    previous: times(beat.previous),
    scale: 12,
  };
  beatFeatures(louder).forEach((value, i) => expect(value).toBeCloseTo(beatFeatures(beat)[i], 1));
});

test("whatever comes in, features are within ± 3", () => {
  const flat = new Float64Array(WINDOW_LENGTH);
  for (const beat of [
    context({ window: noise(1e4), template: flat, previous: flat, scale: 0.1 }),
    context({ window: flat, template: noise(1e4), previous: flat, scale: 0.1, kinship: { share: 0, dominant: false } }),
    context({ window: flat, template: flat, previous: flat }),
  ]) {
    for (const value of beatFeatures(beat)) {
      expect(value).toBeGreaterThanOrEqual(-3);
      expect(value).toBeLessThanOrEqual(3);
    }
  }
});
