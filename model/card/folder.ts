import { Compile } from "typebox/compile";
import { parseCard, sha256, writeCardFiles, writeFiles } from "./files.ts";
import { renderCard } from "./render.ts";
import { type Card, CardSchema, type Opening } from "./schema.ts";

export { readModelFile, sha256 } from "./files.ts";

/** Files of a model's folder: the graphs that serve, and the same weights in tfjs's layers format. */
export const GRAPH_FILES = { encode: "encode.onnx", step: "step.onnx" } as const;
export const LAYERS_FILES = { encode: "encode/model.json", step: "step/model.json" } as const;

/** The gate that goes with the graphs; a model that was trained without folds has none. */
export const GATE_FILE = "gate.json";

const validator = Compile(CardSchema);

/** The folder's card. Throws BAD_MODEL naming the file and the remedy when it is missing or not a card. */
export async function readCard(folder: string): Promise<Card> {
  return parseCard(folder, validator);
}

/**
 * Writes a model's files and its card (card.json for programs, card.md for people). Looks at the hold-out that the
 * folder's former models had stay in the card: the hold-out does not forget them either.
 */
export async function writeModel(
  folder: string,
  card: Omit<Card, "files" | "hash" | "openings">,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Card> {
  const { openings } = await readCard(folder).catch((): Pick<Card, "openings"> => ({ openings: [] }));
  const serving = [...Object.values(GRAPH_FILES), GATE_FILE].flatMap((name) => files.get(name) ?? []);
  const hashes = [...files].map(([name, bytes]) => [name, sha256(bytes)] as const);
  const complete: Card = { ...card, openings, hash: sha256(...serving), files: Object.fromEntries(hashes) };
  await writeFiles(folder, files);
  await writeCard(folder, complete);
  return complete;
}

/** Adds one look at the hold-out to the card of the model in `folder`. */
export async function logOpening(folder: string, opening: Omit<Opening, "hash">): Promise<void> {
  const card = await readCard(folder);
  await writeCard(folder, { ...card, openings: [...card.openings, { ...opening, hash: card.hash }] });
}

const writeCard = (folder: string, card: Card): Promise<void> => writeCardFiles(folder, card, renderCard(card));
