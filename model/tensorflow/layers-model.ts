import type { LayersModel } from "@tensorflow/tfjs-layers";
import { BedsideError } from "../../contracts/errors.ts";
import type { Tfjs } from "./backends.ts";

type ModelArtifacts = Parameters<Parameters<Tfjs["io"]["withSaveHandler"]>[0]>[0];

/** The part of a layers format's model.json that is read here. */
interface LayersFile {
  readonly modelTopology: NonNullable<ModelArtifacts["modelTopology"]>;
  readonly weightsManifest: readonly { readonly weights: NonNullable<ModelArtifacts["weightSpecs"]> }[];
}

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
