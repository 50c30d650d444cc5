import type { Tensor } from "@tensorflow/tfjs-core";
import { ROW_LAYERS } from "../../card/row-folder.ts";
import type { RowCard } from "../../card/row-schema.ts";
import { openLayers } from "../../engines/layers.ts";
import type { TfjsEngine } from "../../tensorflow/backends.ts";
import { loadTfjs, selectBackend } from "../../tensorflow/tfjs.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "../classifier.ts";

/** The row classifier on tfjs, from the layers of the model's folder. Throws ENGINE_UNAVAILABLE or BAD_MODEL. */
export async function createTfjsRowClassifier(
  engine: TfjsEngine,
  info: Omit<RowModelInfo, "engine">,
  folder: string,
  card: RowCard,
): Promise<RowClassifier> {
  const tf = await loadTfjs(engine);
  const model = await openLayers(tf, folder, ROW_LAYERS, card);
  return {
    info: { ...info, engine },
    async classify(rows, count) {
      selectBackend(tf, engine);
      return tf.tidy(() => {
        const input = tf.tensor3d(rows.subarray(0, count * ROW_LENGTH), [count, ROW_LENGTH, 1]);
        const probabilities = model.predict(input, { batchSize: count }) as Tensor;
        return Float32Array.from(probabilities.dataSync());
      });
    },
    async close() {
      model.dispose();
    },
  };
}
