import { Compile } from "typebox/compile";
import { type CardKind, readCardOf, writeCardOf, writeModelOf } from "./folder.ts";
import { renderLiveCard } from "./live-render.ts";
import { type Card, CardSchema, type Opening } from "./live-schema.ts";

/** Files of a live model's folder: the graphs that serve, and the same weights in tfjs's layers format. */
export const GRAPH_FILES = { encode: "encode.onnx", step: "step.onnx" } as const;
export const LAYERS_FILES = { encode: "encode/model.json", step: "step/model.json" } as const;

/** The gate that goes with the graphs; a model that was trained without folds has none. */
export const GATE_FILE = "gate.json";

const validator = Compile(CardSchema);

export const LIVE_CARD: CardKind<Card> = {
  validator,
  serving: [
    { name: GRAPH_FILES.encode, required: true },
    { name: GRAPH_FILES.step, required: true },
    { name: GATE_FILE, required: false },
  ],
  render: renderLiveCard,
};

/** The card of the live model in `folder`. Throws BAD_MODEL naming the file and the remedy when there is none. */
export const readCard = (folder: string): Promise<Card> => readCardOf(LIVE_CARD, folder);

/**
 * Writes a live model's files and its card. Looks at hold-outs that the folder's former models had stay in the card: a
 * hold-out does not forget them either.
 */
export async function writeModel(
  folder: string,
  card: Omit<Card, "files" | "hash" | "openings">,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Card> {
  const { openings } = await readCard(folder).catch((): Pick<Card, "openings"> => ({ openings: [] }));
  return writeModelOf(LIVE_CARD, folder, { ...card, openings }, files);
}

/** Adds one look at a hold-out to the card of the model in `folder`. */
export async function logOpening(folder: string, opening: Omit<Opening, "hash">): Promise<void> {
  const card = await readCard(folder);
  const openings = [...card.openings, { ...opening, hash: card.hash }];
  await writeCardOf(LIVE_CARD, folder, { ...card, openings });
}
