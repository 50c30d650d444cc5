import type { Tensor } from "@tensorflow/tfjs-core";
import { layersModel } from "../../tensorflow/layers-model.ts";
import type { Tfjs, TfjsEngine } from "../../tensorflow/backends.ts";
import { selectBackend } from "../../tensorflow/tfjs.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "../classifier.ts";

/** The row classifier on tfjs, from the layers format's model.json and weights. Throws BAD_MODEL where they are none. */
export async function createTfjsRowClassifier(
  tf: Tfjs,
  engine: TfjsEngine,
  info: Omit<RowModelInfo, "engine">,
  json: Uint8Array,
  weights: Uint8Array,
): Promise<RowClassifier> {
  const model = await layersModel(tf, json, weights, "the row model's layers");
  return {
    info: { ...info, engine },
    async classify(rows, count) {
      selectBackend(tf, engine);
      const probabilities = tf.tidy(() => {
        const input = tf.tensor3d(rows.slice(0, count * ROW_LENGTH), [count, ROW_LENGTH, 1]);
        return model.predict(input, { batchSize: count }) as Tensor;
      });
      const values = Float32Array.from(await probabilities.data());
      probabilities.dispose();
      return values;
    },
    async close() {
      model.dispose();
    },
  };
}
