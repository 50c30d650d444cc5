import { BedsideError } from "../contracts/errors.ts";
import { FEATURE_NAMES } from "../signal/beat/features.ts";
import { WINDOW_LENGTH } from "../signal/events.ts";
import { GATE_FILE, GRAPH_FILES, readCard, readModelFile, sha256 } from "./card/folder.ts";
import type { Card } from "./card/schema.ts";
import type { Classifier, ModelInfo } from "./classifier.ts";
import type { OnnxGraphs } from "./engines/onnx.ts";
import { createGate } from "./gate/gate.ts";
import { parseGate } from "./gate/weights.ts";

export type EngineName = "onnx" | "tfjs-node" | "tfjs-wasm";

/** Digits of the hash that name the model in messages. */
const SHORT_HASH = 12;

/**
 * The model of `folder` on the engine asked for; only that engine's library is loaded. Throws BAD_MODEL (a file
 * missing or altered, or made for another signal chain) or ENGINE_UNAVAILABLE, each with its remedy.
 */
export async function loadClassifier(folder: string, engine: EngineName): Promise<Classifier> {
  const card = await readCard(folder);
  checkFits(folder, card);
  const encode = await readModelFile(folder, GRAPH_FILES.encode, card);
  const step = await readModelFile(folder, GRAPH_FILES.step, card);
  const gate = card.files[GATE_FILE] === undefined ? null : await readModelFile(folder, GATE_FILE, card);
  if (sha256(encode, step, ...(gate ? [gate] : [])) !== card.hash) {
    throw new BedsideError("BAD_MODEL", `the hash in ${folder}/card.json is not that of its files: run npm run train`);
  }
  const classifier = await openEngine(engine, infoOf(card), { encode, step }, folder, card);
  if (!gate) return classifier;
  const file = `${folder}/${GATE_FILE}`;
  return { ...classifier, gate: createGate(parseGate(gate, file), file) };
}

async function openEngine(
  engine: EngineName,
  info: Omit<ModelInfo, "engine">,
  graphs: OnnxGraphs,
  folder: string,
  card: Card,
): Promise<Classifier> {
  if (engine === "onnx") {
    const { createOnnxClassifier } = await import("./engines/onnx.ts");
    return createOnnxClassifier(info, graphs);
  }
  const { createTfjsClassifier } = await import("./engines/tfjs.ts");
  return createTfjsClassifier(engine, info, folder, card);
}

export function infoOf(card: Card): Omit<ModelInfo, "engine"> {
  return {
    name: card.name,
    hash: card.hash.slice(0, SHORT_HASH),
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
