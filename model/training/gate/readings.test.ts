import { expect, test } from "vitest";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { NOISE_MEASURES } from "../../../signal/quality/measures.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import type { Classifier } from "../../classifier.ts";
import { GATE_INPUTS } from "../../gate/inputs.ts";
import type { TrainingRecord } from "../records/record.ts";
import { readingsOf } from "./readings.ts";

const CLASSES = "NSVF";

/** A beat a second; `said`: what the classifier makes of each beat heard, `X` a beat heard where there is none. */
function record(truth: string, heard: string): TrainingRecord {
  const found = [...heard];
  const features = new Float32Array(found.length * FEATURE_NAMES.length);
  found.forEach((name, beat) => (features[beat * FEATURE_NAMES.length] = CLASSES.indexOf(name === "X" ? "V" : name)));
  return {
    name: "r",
    samplingRateHz: 100,
    reference: {
      beats: [...truth].map((name, beat) => ({ sample: 100 * (beat + 1), beatClass: name as "N" })),
      flutter: [],
    },
    count: found.length,
    samples: Int32Array.from(found, (name, beat) => 100 * (beat + 1) + (name === "X" ? 50 : 0)),
    windows: new Float32Array(found.length * 187),
    features,
    noise: new Float32Array(found.length * NOISE_MEASURES.length).fill(2),
    targets: new Int8Array(found.length),
  };
}

/** Says of each beat the class that its first feature names. */
function obedient(): Classifier {
  const fake = createFakeClassifier(FEATURE_NAMES.length);
  return {
    ...fake,
    async step(_, features, state, count) {
      const probabilities = new Float32Array(count * 4);
      for (let row = 0; row < count; row++) probabilities[row * 4 + features[row * FEATURE_NAMES.length]] = 1;
      return { probabilities, state };
    },
  };
}

test("a reading is spoilt where noise has changed it from right to wrong, or where there is no beat", async () => {
  const truth = "NNVSQN";
  const { clean, noisy } = await readingsOf(obedient(), record(truth, "NNVNNN"), [
    record(truth, "NVVNNN"),
    record(truth, "NNNSNX"),
  ]);
  // Q of the reference is left out. The S was missed in the clean record already.
  expect([...clean.fates]).toEqual([0, 0, 0, 0, 0]);
  expect([...noisy[0].fates]).toEqual([0, 1, 0, -1, 0]);
  expect([...noisy[0].ventricular]).toEqual([0, 1, 1, 0, 0]);
  // Read right by chance, a lost V, and a V made up in place of the last N.
  expect([...noisy[1].fates]).toEqual([0, 0, 1, 0, 1]);
  expect([...noisy[1].ventricular]).toEqual([0, 0, 1, 0, 1]);
  expect(clean.inputs).toHaveLength(5 * GATE_INPUTS.length);
  expect(clean.inputs[0]).toBe(2);
});
