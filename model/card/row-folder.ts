import { Compile } from "typebox/compile";
import { type CardKind, readCardOf, writeCardOf, writeModelOf } from "./folder.ts";
import { renderRowCard } from "./row-render.ts";
import { type RowCard, RowCardSchema } from "./row-schema.ts";

/** Files of a row model's folder: the graph that serves, and the same weights in tfjs's layers format. */
export const ROW_GRAPH = "rows.onnx";
export const ROW_LAYERS = "layers/model.json";

const validator = Compile(RowCardSchema);

export const ROW_CARD: CardKind<RowCard> = {
  validator,
  serving: [{ name: ROW_GRAPH, required: true }],
  render: renderRowCard,
};

/** The card of the row model in `folder`. Throws BAD_MODEL naming the file and the remedy when there is none. */
export const readRowCard = (folder: string): Promise<RowCard> => readCardOf(ROW_CARD, folder);

export const writeRowCard = (folder: string, card: RowCard): Promise<void> => writeCardOf(ROW_CARD, folder, card);

export const writeRowModel = (
  folder: string,
  card: Omit<RowCard, "files" | "hash">,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<RowCard> => writeModelOf(ROW_CARD, folder, card, files);
