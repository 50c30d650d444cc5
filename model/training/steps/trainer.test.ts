import { describe, expect, it } from "vitest";
import { createOnnxClassifier } from "../../engines/onnx.ts";
import { exportGraphs } from "../../network/save.ts";
import { liveShape, type NetworkShape } from "../../network/shape.ts";
import { leftOutWithoutTensorflow } from "../../tensorflow/for-tests.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { cardFigures, confusionOf } from "../figures.ts";
import { createTrainer } from "./trainer.ts";
import { SYNTHETIC_FEATURES, syntheticBeats } from "./synthetic-beats.ts";

const EPOCHS = 8;
const SHAPE: NetworkShape = { ...liveShape(SYNTHETIC_FEATURES), units: 8 };
const SETTINGS = {
  epochs: EPOCHS,
  rowLength: 24,
  rowsPerBatch: 10,
  time: 4,
  learningRate: 0.02,
  classWeights: [1, 2, 1.5, 3],
  embeddingDropout: 0.1,
};

/** Trains on made-up beats and returns the mean F1 on beats it has not seen, and the graphs' bytes. */
async function trainBriefly(shuffled: boolean, seed: number): Promise<{ meanF1: number; weights: Uint8Array }> {
  const records = ["a", "b", "c", "d"].map((name) => syntheticBeats(name, 240, seed, shuffled));
  const trainer = createTrainer(loadTensorflow(), SHAPE, SETTINGS, seed);
  for (let epoch = 0; epoch < EPOCHS; epoch++) await trainer.epoch(records);
  const graphs = exportGraphs(SHAPE, trainer.network);
  trainer.dispose();
  const classifier = await createOnnxClassifier(
    {
      name: "brief",
      hash: "",
      classes: ["N", "S", "V", "F"],
      windowLength: SHAPE.windowLength,
      featureCount: SHAPE.featureCount,
      embeddingSize: SHAPE.embeddingSize,
      stateSize: 2 * SHAPE.units,
    },
    graphs,
  );
  const { meanF1 } = cardFigures(await confusionOf(classifier, [syntheticBeats("unseen", 400, seed + 1)]));
  await classifier.close();
  return { meanF1, weights: graphs.step };
}

describe.skipIf(leftOutWithoutTensorflow("training"))("training", () => {
  it("learns from windows and from features, and learns nothing from shuffled labels", async () => {
    const real = await trainBriefly(false, 5);
    const shuffled = await trainBriefly(true, 5);
    expect(real.meanF1).toBeGreaterThan(0.9);
    expect(shuffled.meanF1).toBeLessThan(0.5);
  }, 60_000);

  it("gives the same weights for the same seed", async () => {
    const records = [syntheticBeats("a", 60, 1)];
    const weights = async (seed: number): Promise<Uint8Array> => {
      const trainer = createTrainer(loadTensorflow(), SHAPE, SETTINGS, seed);
      await trainer.epoch(records);
      const { encode } = exportGraphs(SHAPE, trainer.network);
      trainer.dispose();
      return encode;
    };
    const first = await weights(1);
    expect(await weights(1)).toEqual(first);
    expect(await weights(2)).not.toEqual(first);
  }, 60_000);
});
