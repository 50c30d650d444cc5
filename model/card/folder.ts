import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Compile } from "typebox/compile";
import { BedsideError } from "../../contracts/errors.ts";
import { renderCard } from "./render.ts";
import { type Card, CardSchema, type Opening } from "./schema.ts";

/** Files of a model's folder: the graphs that serve, and the same weights in tfjs's layers format. */
export const GRAPH_FILES = { encode: "encode.onnx", step: "step.onnx" } as const;
export const LAYERS_FILES = { encode: "encode/model.json", step: "step/model.json" } as const;

const REMEDY = "restore the folder from version control or run npm run train";
const validator = Compile(CardSchema);

export const sha256 = (...parts: readonly Uint8Array[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

/** A model's file as it should be. Throws BAD_MODEL naming the file and the remedy when it is missing or altered. */
export async function readModelFile(folder: string, name: string, card: Card): Promise<Buffer> {
  const bytes = await readOrThrow(folder, name);
  const expected = card.files[name];
  if (sha256(bytes) === expected) return bytes;
  const what = expected ? "does not have the SHA-256 that card.json gives" : "is not listed in card.json";
  throw new BedsideError("BAD_MODEL", `model file ${join(folder, name)} ${what}: ${REMEDY}`);
}

/** The folder's card. Throws BAD_MODEL naming the file and the remedy when it is missing or not a card. */
export async function readCard(folder: string): Promise<Card> {
  const bytes = await readOrThrow(folder, "card.json");
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `${join(folder, "card.json")} is not JSON: ${REMEDY}`, { cause });
  }
  if (validator.Check(value)) return value;
  const [first] = validator.Errors(value);
  throw new BedsideError("BAD_MODEL", `${join(folder, "card.json")}${first.instancePath} ${first.message}: ${REMEDY}`);
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
  const graphs = Object.values(GRAPH_FILES).map((name) => files.get(name) ?? new Uint8Array());
  const hashes = [...files].map(([name, bytes]) => [name, sha256(bytes)] as const);
  const complete: Card = { ...card, openings, hash: sha256(...graphs), files: Object.fromEntries(hashes) };
  for (const [name, bytes] of files) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), bytes);
  }
  await writeCard(folder, complete);
  return complete;
}

/** Adds one look at the hold-out to the card of the model in `folder`. */
export async function logOpening(folder: string, opening: Omit<Opening, "hash">): Promise<void> {
  const card = await readCard(folder);
  await writeCard(folder, { ...card, openings: [...card.openings, { ...opening, hash: card.hash }] });
}

async function writeCard(folder: string, card: Card): Promise<void> {
  await writeFile(join(folder, "card.json"), `${JSON.stringify(card, null, 2)}\n`);
  await writeFile(join(folder, "card.md"), renderCard(card));
}

async function readOrThrow(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `model file ${join(folder, name)} cannot be read: ${REMEDY}`, { cause });
  }
}
