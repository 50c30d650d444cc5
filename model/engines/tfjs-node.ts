import type { LayersModel, Tensor } from "@tensorflow/tfjs-node";
import { BedsideError } from "../../contracts/errors.ts";
import { LAYERS_FILES, readModelFile } from "../card/folder.ts";
import type { Card } from "../card/schema.ts";
import type { Classifier, ModelInfo, StepResult } from "../classifier.ts";
import { loadTensorflow, type Tensorflow } from "../tensorflow/load.ts";

type ModelArtifacts = Parameters<Parameters<Tensorflow["io"]["withSaveHandler"]>[0]>[0];

/** The part of a layers format's model.json that is read here. */
interface LayersFile {
  readonly modelTopology: NonNullable<ModelArtifacts["modelTopology"]>;
  readonly weightsManifest: readonly { readonly weights: NonNullable<ModelArtifacts["weightSpecs"]> }[];
}

/** The classifier on tfjs-node, the engine that trains. Throws ENGINE_UNAVAILABLE or BAD_MODEL. */
export async function createTfjsClassifier(
  info: Omit<ModelInfo, "engine">,
  folder: string,
  card: Card,
): Promise<Classifier> {
  const tf = loadTensorflow();
  const encode = await loadLayers(tf, folder, LAYERS_FILES.encode, card);
  const step = await loadLayers(tf, folder, LAYERS_FILES.step, card);
  const units = info.stateSize / 2;

  return {
    info: { ...info, engine: "tfjs-node" },
    async encode(windows: Float32Array, count: number): Promise<Float32Array> {
      return tf.tidy(() => {
        const input = tf.tensor3d(windows.subarray(0, count * info.windowLength), [count, info.windowLength, 1]);
        return floatsOf(encode.predict(input) as Tensor);
      });
    },
    async step(embeddings, features, state, count): Promise<StepResult> {
      return tf.tidy(() => {
        const rows = (data: Float32Array, width: number) =>
          tf.tensor2d(data.subarray(0, count * width), [count, width]);
        const beats = tf.concat([rows(embeddings, info.embeddingSize), rows(features, info.featureCount)], 1);
        const [hidden, cell] = tf.split(rows(state, info.stateSize), 2, 1);
        const [probabilities, nextHidden, nextCell] = step.predict([
          beats.reshape([count, 1, info.embeddingSize + info.featureCount]),
          hidden.reshape([count, units]),
          cell.reshape([count, units]),
        ]) as Tensor[];
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

async function loadLayers(tf: Tensorflow, folder: string, file: string, card: Card): Promise<LayersModel> {
  const json = await readModelFile(folder, file, card);
  const weights = await readModelFile(folder, file.replace("model.json", "weights.bin"), card);
  try {
    const artifacts = JSON.parse(json.toString("utf8")) as LayersFile;
    return await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology: artifacts.modelTopology,
        weightSpecs: artifacts.weightsManifest.flatMap((group) => group.weights),
        weightData: Uint8Array.from(weights).buffer,
      }),
    );
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `tfjs does not take ${folder}/${file}: ${String(cause)}`, { cause });
  }
}

const floatsOf = (tensor: Tensor): Float32Array => Float32Array.from(tensor.dataSync());
