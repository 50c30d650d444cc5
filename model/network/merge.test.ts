import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../kit/random.ts";
import type { Classifier } from "../classifier.ts";
import { createOnnxClassifier } from "../engines/onnx.ts";
import { leftOutWithoutTensorflow } from "../../testing/model/tensorflow.ts";
import { loadTensorflow } from "../tensorflow/load.ts";
import { infoOfShape } from "../training/folds.ts";
import { buildNetwork, networkOf } from "./layers.ts";
import { mergedShape, mergeWeights } from "./merge.ts";
import { exportGraphs } from "../training/save.ts";
import { liveShape, type NetworkShape } from "./shape.ts";
import { type NetworkWeights, weightsOf } from "./weights.ts";

const FEATURES = 5;
const BEATS = 6;
const TEMPERATURE = 1.7;
const random = createRandom(1, "merge");
const windows = Float32Array.from({ length: BEATS * 187 }, () => random.normal());
const features = Float32Array.from({ length: BEATS * FEATURES }, () => random.normal());

/** Probabilities of the beats of one bed, [BEATS × 4]. */
async function classify(shape: NetworkShape, weights: NetworkWeights): Promise<Float32Array> {
  const classifier: Classifier = await createOnnxClassifier(infoOfShape(shape), exportGraphs(shape, weights));
  const { embeddingSize, stateSize } = classifier.info;
  const embeddings = await classifier.encode(windows, BEATS);
  const probabilities = new Float32Array(BEATS * JUDGED_CLASSES.length);
  let state = new Float32Array(stateSize);
  for (let beat = 0; beat < BEATS; beat++) {
    const own = embeddings.subarray(beat * embeddingSize, (beat + 1) * embeddingSize);
    const result = await classifier.step(own, features.subarray(beat * FEATURES, (beat + 1) * FEATURES), state, 1);
    probabilities.set(result.probabilities, beat * JUDGED_CLASSES.length);
    state = Float32Array.from(result.state);
  }
  await classifier.close();
  return probabilities;
}

describe.skipIf(leftOutWithoutTensorflow("merged networks"))("merged networks", () => {
  it("say what the mean of their logits over the temperature says, beat after beat", async () => {
    const tf = loadTensorflow();
    const shape = { ...liveShape(FEATURES), units: 7, embeddingSize: 3 };
    const members = [11, 22, 33].map((seed) => weightsOf(buildNetwork(tf, shape, seed)));
    const each: Float32Array[] = [];
    for (const member of members) each.push(await classify(shape, member));
    const large = mergedShape(shape, members.length);
    const merged = mergeWeights(shape, members, TEMPERATURE);
    const together = await classify(large, merged);
    const layers = await classify(large, weightsOf(networkOf(tf, large, merged)));
    expect(layers).toEqual(together);

    for (let beat = 0; beat < BEATS; beat++) {
      const powers = JUDGED_CLASSES.map((_, k) => {
        const logs = each.map((probabilities) => Math.log(probabilities[beat * JUDGED_CLASSES.length + k]));
        return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length / TEMPERATURE);
      });
      const total = powers.reduce((sum, power) => sum + power, 0);
      powers.forEach((power, k) => {
        expect(together[beat * JUDGED_CLASSES.length + k]).toBeCloseTo(power / total, 5);
      });
    }
  });
});
