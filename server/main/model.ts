import path from "node:path";
import type { Model } from "../../contracts/api.ts";
import { readCard } from "../../model/card/live-folder.ts";
import type { Classifier } from "../../model/classifier.ts";
import { loadClassifier } from "../../model/load.ts";
import type { RowClassifier } from "../../model/rows/classifier.ts";
import { openRowPool } from "../classify/pool.ts";
import { whenAsked } from "../classify/when-asked.ts";
import type { Config } from "../config.ts";
import { publicModel } from "../gateway/public-model.ts";

/** Where `npm run build` puts the dashboard. */
export const CLIENT_DIR = path.resolve(import.meta.dirname, "../../client/dist");

/** The configured model on the configured engine, and what /api/model tells of it. */
export async function openModel(config: Config): Promise<{ classifier: Classifier; model: Model }> {
  const classifier = await loadClassifier(config.MODEL, config.ENGINE);
  return { classifier, model: publicModel(classifier.info, await readCard(config.MODEL)) };
}

/** Threads that classify CSV files: the rest of the machine is for the beds. */
const ROW_THREADS = 2;

/** The configured model of isolated beats on threads of its own, loaded when it is first asked for. */
export function openRowsWhenAsked({ ROWS_MODEL, ENGINE }: Config): {
  open(): Promise<RowClassifier>;
  close(): Promise<void>;
} {
  return whenAsked(() => openRowPool(ROWS_MODEL, ENGINE, ROW_THREADS));
}
