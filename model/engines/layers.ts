import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { AnyCard } from "../card/schema.ts";
import { readModelFile } from "../card/files.ts";
import type { Tfjs } from "../tensorflow/backends.ts";
import { layersModel, weightsFile } from "../tensorflow/layers-files.ts";

/** The layers model `file` (…/model.json) of a model's folder, checked against its card. Throws BAD_MODEL. */
export async function openLayers(
  tf: Tfjs,
  folder: string,
  file: string,
  card: Pick<AnyCard, "files">,
): Promise<LayersModel> {
  const json = await readModelFile(folder, file, card);
  const weights = await readModelFile(folder, weightsFile(file), card);
  return layersModel(tf, json, weights, `${folder}/${file}`);
}
