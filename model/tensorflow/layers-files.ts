import type { LayersModel } from "@tensorflow/tfjs-layers";
import { BedsideError } from "../../contracts/errors.ts";
import type { Tfjs } from "./backends.ts";

type ModelArtifacts = Parameters<Parameters<Tfjs["io"]["withSaveHandler"]>[0]>[0];

/** The part of a layers format's model.json that is read here. */
interface LayersFile {
  readonly modelTopology: NonNullable<ModelArtifacts["modelTopology"]>;
  readonly weightsManifest: readonly { readonly weights: NonNullable<ModelArtifacts["weightSpecs"]> }[];
}

/** The file of weights that goes with a model.json. */
export const weightsFile = (json: string): string => json.replace("model.json", "weights.bin");

/** A model from the bytes of the layers format's model.json and weights; `place` names it in BAD_MODEL. */
export async function layersModel(
  tf: Tfjs,
  json: Uint8Array,
  weights: Uint8Array,
  place: string,
): Promise<LayersModel> {
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
    throw new BedsideError("BAD_MODEL", `tfjs does not take ${place}: ${String(cause)}`, { cause });
  }
}

/** A model as the files of the layers format, by name: `json` (…/model.json) and the weights beside it. */
export async function layersFiles(tf: Tfjs, json: string, model: LayersModel): Promise<[string, Uint8Array][]> {
  const files: [string, Uint8Array][] = [];
  const handler = tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData }) => {
    if (!(weightData instanceof ArrayBuffer)) {
      throw new BedsideError("BAD_MODEL", `tfjs gave no single buffer of weights for ${json}`);
    }
    const manifest = [{ paths: ["weights.bin"], weights: weightSpecs }];
    const file = { format: "layers-model", modelTopology, weightsManifest: manifest };
    files.push([json, new TextEncoder().encode(JSON.stringify(file))]);
    files.push([weightsFile(json), new Uint8Array(weightData)]);
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
  });
  await model.save(handler);
  return files;
}
