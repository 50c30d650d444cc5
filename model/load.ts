import { BedsideError } from "../contracts/errors.ts";
import { FEATURE_NAMES } from "../signal/beat/features.ts";
import { WINDOW_LENGTH } from "../signal/events.ts";
import { shortHash } from "./card/files.ts";
import { readServing } from "./card/folder.ts";
import { GATE_FILE, GRAPH_FILES, LIVE_CARD, readCard } from "./card/live-folder.ts";
import type { Card } from "./card/live-schema.ts";
import type { Classifier, EngineName, ModelInfo } from "./classifier.ts";
import { createGate } from "./gate/gate.ts";
import { parseGate } from "./gate/weights.ts";

export type { EngineName } from "./classifier.ts";

/**
 * The model of `folder` on the engine asked for; only that engine's library is loaded. Throws BAD_MODEL (a file
 * missing or altered, or made for another signal chain) or ENGINE_UNAVAILABLE, each with its remedy.
 */
export async function loadClassifier(folder: string, engine: EngineName): Promise<Classifier> {
  const card = await readCard(folder);
  checkFits(folder, card);
  const files = await readServing(LIVE_CARD, folder, card);
  const classifier = await openEngine(engine, files, folder, card);
  const gate = files.get(GATE_FILE);
  if (!gate) return classifier;
  const file = `${folder}/${GATE_FILE}`;
  return { ...classifier, gate: createGate(parseGate(gate, file), file) };
}

async function openEngine(
  engine: EngineName,
  files: ReadonlyMap<string, Buffer>,
  folder: string,
  card: Card,
): Promise<Classifier> {
  if (engine === "onnx") {
    const { createOnnxClassifier } = await import("./engines/onnx.ts");
    const [encode, step] = [files.get(GRAPH_FILES.encode), files.get(GRAPH_FILES.step)] as [Buffer, Buffer];
    return createOnnxClassifier(infoOf(card), { encode, step });
  }
  const { createTfjsClassifier } = await import("./engines/tfjs.ts");
  return createTfjsClassifier(engine, infoOf(card), folder, card);
}

export function infoOf(card: Card): Omit<ModelInfo, "engine"> {
  return {
    name: card.name,
    hash: shortHash(card.hash),
    classes: card.classes,
    windowLength: card.windowLength,
    featureCount: card.featureNames.length,
    embeddingSize: card.embeddingSize,
    stateSize: 2 * card.units,
  };
}

function checkFits(folder: string, card: Card): void {
  const differ = (what: string): never => {
    throw new BedsideError(
      "BAD_MODEL",
      `the model in ${folder} was trained for another signal chain (${what}): restore it from version control or run npm run train`,
    );
  };
  if (card.windowLength !== WINDOW_LENGTH) differ(`windows of ${card.windowLength} samples, not ${WINDOW_LENGTH}`);
  if (card.featureNames.join() !== FEATURE_NAMES.join()) {
    differ(`${card.featureNames.length} features, not the chain's ${FEATURE_NAMES.length} or not the same ones`);
  }
}
