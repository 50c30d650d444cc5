import { describe, expect, it } from "vitest";
import { createOnnxClassifier } from "../../engines/onnx.ts";
import { exportGraphs } from "../save.ts";
import { liveShape, type NetworkShape } from "../../network/shape.ts";
import { readWeights, weightsOf } from "../../network/weights.ts";
import { runPass } from "../../fitting/pass.ts";
import { leftOutWithoutTensorflow } from "../../../testing/model/tensorflow.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { cardFigures, confusionOf } from "../figures.ts";
import { infoOfShape } from "../folds.ts";
import { createLiveTrainer } from "./trainer.ts";
import { SYNTHETIC_FEATURES, syntheticBeats } from "../../../testing/model/synthetic-beats.ts";

const EPOCHS = 10;
const SHAPE: NetworkShape = { ...liveShape(SYNTHETIC_FEATURES), units: 8 };
const SETTINGS = {
  epochs: EPOCHS,
  rowLength: 12,
  rowsPerBatch: 20,
  time: 2,
  learningRate: 0.01,
  classWeights: [1, 2, 1.5, 3],
  embeddingDropout: 0,
  averaging: 0,
};

/** Trains on made-up beats and returns the mean F1 on beats it has not seen. */
async function trainBriefly(shuffled: boolean, seed: number): Promise<number> {
  const records = ["a", "b", "c", "d"].map((name) => syntheticBeats(name, 240, seed, shuffled));
  const trainer = createLiveTrainer(loadTensorflow(), SHAPE, SETTINGS, seed);
  for (let epoch = 0; epoch < EPOCHS; epoch++) await runPass(trainer.pass(records, epoch));
  const graphs = exportGraphs(SHAPE, weightsOf(trainer.network));
  trainer.dispose();
  const classifier = await createOnnxClassifier(infoOfShape(SHAPE), graphs);
  const { meanF1 } = cardFigures(await confusionOf(classifier, [syntheticBeats("unseen", 400, seed + 1)]));
  await classifier.close();
  return meanF1;
}

describe.skipIf(leftOutWithoutTensorflow("training"))("training", () => {
  it("learns from windows and from features, and learns nothing from shuffled labels", async () => {
    expect(await trainBriefly(false, 5)).toBeGreaterThan(0.85);
    expect(await trainBriefly(true, 5)).toBeLessThan(0.5);
  }, 240_000);

  it("reaches the convolutions through dropout", async () => {
    const trainer = createLiveTrainer(loadTensorflow(), SHAPE, { ...SETTINGS, embeddingDropout: 0.5 }, 1);
    const before = readWeights(trainer.network.encode);
    await runPass(trainer.pass([syntheticBeats("a", 60, 1)], 0));
    const after = readWeights(trainer.network.encode);
    trainer.dispose();
    expect(before.size).toBeGreaterThan(0);
    for (const [name, { data }] of before) expect(after.get(name)?.data).not.toEqual(data);
  }, 240_000);

  it("gives the same weights for the same seed", async () => {
    const records = [syntheticBeats("a", 60, 1)];
    const weights = async (seed: number): Promise<Uint8Array> => {
      const trainer = createLiveTrainer(loadTensorflow(), SHAPE, SETTINGS, seed);
      await runPass(trainer.pass(records, 0));
      const { encode } = exportGraphs(SHAPE, weightsOf(trainer.network));
      trainer.dispose();
      return encode;
    };
    const first = await weights(1);
    expect(await weights(1)).toEqual(first);
    expect(await weights(2)).not.toEqual(first);
  }, 240_000);
});
