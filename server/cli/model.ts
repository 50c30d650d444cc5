import path from "node:path";
import { readCard } from "../../model/card/folder.ts";
import type { Classifier } from "../../model/classifier.ts";
import { loadClassifier } from "../../model/load.ts";
import type { Config } from "../config.ts";
import type { ModelDescription } from "../gateway/routes.ts";

/** Where `npm run build` puts the dashboard. */
export const CLIENT_DIR = path.resolve(import.meta.dirname, "../../client/dist");

/** The configured model on the configured engine, and what /api/model tells of it. */
export async function openModel(config: Config): Promise<{ classifier: Classifier; model: ModelDescription }> {
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  return { classifier, model: { info: classifier.info, card: await readCard(config.MODEL) } };
}
