import { BedsideError } from "../../contracts/errors.ts";
import { shortHash } from "../card/files.ts";
import { readServing } from "../card/folder.ts";
import { readRowCard, ROW_CARD, ROW_GRAPH } from "../card/row-folder.ts";
import type { EngineName } from "../classifier.ts";
import { ROW_LENGTH, type RowClassifier } from "./classifier.ts";

export interface RowLoadOptions {
  /** Threads of one call, of onnxruntime alone. One is enough where several processes or threads classify. */
  readonly intraOpThreads?: number;
}

/**
 * The row model of `folder` on the engine asked for; only that engine's library is loaded. Throws BAD_MODEL (a file
 * missing or altered) or ENGINE_UNAVAILABLE, each with its remedy.
 */
export async function loadRowClassifier(
  folder: string,
  engine: EngineName,
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
  const files = await readServing(ROW_CARD, folder, card);
  return { card, graph: files.get(ROW_GRAPH) as Buffer, info: { name: card.name, hash: shortHash(card.hash) } };
}
