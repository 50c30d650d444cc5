import { BedsideError } from "../../contracts/errors.ts";
import { readRowCard, readRowGraph } from "../card/row-folder.ts";
import { ROW_LENGTH, type RowClassifier, type RowModelInfo } from "./classifier.ts";

export type RowEngineName = Exclude<RowModelInfo["engine"], "fake">;

export interface RowLoadOptions {
  /** Threads of one call, of onnxruntime alone. One is enough where several processes or threads classify. */
  readonly intraOpThreads?: number;
}

/** Digits of the hash that name the model in messages. */
const SHORT_HASH = 12;

/**
 * The row model of `folder` on the engine asked for; only that engine's library is loaded. Throws BAD_MODEL (a file
 * missing or altered) or ENGINE_UNAVAILABLE, each with its remedy.
 */
export async function loadRowClassifier(
  folder: string,
  engine: RowEngineName,
  { intraOpThreads = 1 }: RowLoadOptions = {},
): Promise<RowClassifier> {
  const { card, info, graph } = await readRowModel(folder);
  if (engine === "onnx") {
    const { createOnnxRowClassifier } = await import("./engines/onnx.ts");
    return createOnnxRowClassifier(info, graph, intraOpThreads);
  }
  const { createTfjsRowClassifier } = await import("./engines/tfjs.ts");
  return createTfjsRowClassifier(engine, info, folder, card);
}

/** The row model's card, name and ONNX graph, checked against each other. Throws BAD_MODEL. */
export async function readRowModel(folder: string) {
  const card = await readRowCard(folder);
  if (card.rowLength !== ROW_LENGTH) {
    throw new BedsideError(
      "BAD_MODEL",
      `the model in ${folder} is for rows of ${card.rowLength} samples, not ${ROW_LENGTH}: run npm run train`,
    );
  }
  const graph = await readRowGraph(folder, card);
  return { card, graph, info: { name: card.name, hash: card.hash.slice(0, SHORT_HASH) } };
}
