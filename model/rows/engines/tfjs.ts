import type { LayersModel, Tensor } from "@tensorflow/tfjs-node";
import { BedsideError } from "../../../contracts/errors.ts";
import type { Tensorflow } from "../../tensorflow/load.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "../classifier.ts";

/** What the classifier needs of tfjs, of whichever backend. */
export type RowsTensorflow = Pick<Tensorflow, "io" | "loadLayersModel" | "tidy" | "tensor3d">;

type ModelArtifacts = Parameters<Parameters<Tensorflow["io"]["withSaveHandler"]>[0]>[0];

/** The part of a layers format's model.json that is read here. */
interface LayersFile {
  readonly modelTopology: NonNullable<ModelArtifacts["modelTopology"]>;
  readonly weightsManifest: readonly { readonly weights: NonNullable<ModelArtifacts["weightSpecs"]> }[];
}

/** The row classifier on tfjs, from the layers format's model.json and weights. Throws BAD_MODEL where they are none. */
export async function createTfjsRowClassifier(
  tf: RowsTensorflow,
  info: RowModelInfo,
  json: Uint8Array,
  weights: Uint8Array,
): Promise<RowClassifier> {
  const model = await openLayers(tf, json, weights);
  return {
    info,
    async classify(rows, count) {
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

async function openLayers(tf: RowsTensorflow, json: Uint8Array, weights: Uint8Array): Promise<LayersModel> {
  try {
    const { modelTopology, weightsManifest } = JSON.parse(new TextDecoder().decode(json)) as LayersFile;
    return await tf.loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest.flatMap((group) => group.weights),
        weightData: Uint8Array.from(weights).buffer,
      }),
    );
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `tfjs does not take the row model's layers: ${String(cause)}`, { cause });
  }
}
