import type { Tensor } from "@tensorflow/tfjs-core";
import { LAYERS_FILES } from "../card/live-folder.ts";
import type { Card } from "../card/live-schema.ts";
import type { Classifier, ModelInfo, StepResult } from "../classifier.ts";
import type { TfjsEngine } from "../tensorflow/backends.ts";
import { loadTfjs, selectBackend } from "../tensorflow/tfjs.ts";
import { openLayers } from "./layers.ts";

/**
 * The classifier on tfjs: tfjs-node, the engine that trains, or tfjs-wasm, which runs wherever WebAssembly does. Throws
 * ENGINE_UNAVAILABLE or BAD_MODEL.
 */
export async function createTfjsClassifier(
  engine: TfjsEngine,
  info: Omit<ModelInfo, "engine">,
  folder: string,
  card: Card,
): Promise<Classifier> {
  const tf = await loadTfjs(engine);
  const encode = await openLayers(tf, folder, LAYERS_FILES.encode, card);
  const step = await openLayers(tf, folder, LAYERS_FILES.step, card);
  const units = info.stateSize / 2;

  return {
    info: { ...info, engine },
    async encode(windows: Float32Array, count: number): Promise<Float32Array> {
      selectBackend(tf, engine);
      return tf.tidy(() => {
        const input = tf.tensor3d(windows.subarray(0, count * info.windowLength), [count, info.windowLength, 1]);
        return floatsOf(encode.predict(input, { batchSize: count }) as Tensor);
      });
    },
    async step(embeddings, features, state, count): Promise<StepResult> {
      selectBackend(tf, engine);
      return tf.tidy(() => {
        const rows = (data: Float32Array, width: number) =>
          tf.tensor2d(data.subarray(0, count * width), [count, width]);
        const beats = tf.concat([rows(embeddings, info.embeddingSize), rows(features, info.featureCount)], 1);
        const [hidden, cell] = tf.split(rows(state, info.stateSize), 2, 1);
        const inputs = [
          tf.reshape(beats, [count, 1, info.embeddingSize + info.featureCount]),
          tf.reshape(hidden, [count, units]),
          tf.reshape(cell, [count, units]),
        ];
        const [probabilities, nextHidden, nextCell] = step.predict(inputs, { batchSize: count }) as Tensor[];
        return {
          probabilities: floatsOf(probabilities),
          state: floatsOf(tf.concat([nextHidden, nextCell], 1)),
        };
      });
    },
    async close(): Promise<void> {
      encode.dispose();
      step.dispose();
    },
  };
}

const floatsOf = (tensor: Tensor): Float32Array => Float32Array.from(tensor.dataSync());
