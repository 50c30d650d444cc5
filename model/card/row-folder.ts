import { Compile } from "typebox/compile";
import { BedsideError } from "../../contracts/errors.ts";
import { parseCard, readModelFile, sha256, writeCardFiles, writeFiles } from "./files.ts";
import { renderRowCard } from "./row-render.ts";
import { type RowCard, RowCardSchema } from "./row-schema.ts";

/** Files of the row model's folder: the graph that serves, and the same weights in tfjs's layers format. */
export const ROW_GRAPH = "rows.onnx";
export const ROW_LAYERS = "layers/model.json";

const validator = Compile(RowCardSchema);

/** The folder's card. Throws BAD_MODEL naming the file and the remedy when it is missing or not a row model's. */
export async function readRowCard(folder: string): Promise<RowCard> {
  return parseCard(folder, validator);
}

/** The graph, checked against the card. Throws BAD_MODEL. */
export async function readRowGraph(folder: string, card: RowCard): Promise<Buffer> {
  const graph = await readModelFile(folder, ROW_GRAPH, card);
  if (sha256(graph) === card.hash) return graph;
  throw new BedsideError("BAD_MODEL", `the hash in ${folder}/card.json is not that of its graph: run npm run train`);
}

/** Writes the model's files and its card (card.json for programs, card.md for people). */
export async function writeRowModel(
  folder: string,
  card: Omit<RowCard, "files" | "hash">,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<RowCard> {
  const hashes = [...files].map(([name, bytes]) => [name, sha256(bytes)] as const);
  const hash = sha256(files.get(ROW_GRAPH) ?? new Uint8Array());
  const complete: RowCard = { ...card, hash, files: Object.fromEntries(hashes) };
  await writeFiles(folder, files);
  await writeRowCard(folder, complete);
  return complete;
}

export const writeRowCard = (folder: string, card: RowCard): Promise<void> =>
  writeCardFiles(folder, card, renderRowCard(card));
