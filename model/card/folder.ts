import { BedsideError } from "../../contracts/errors.ts";
import { parseCard, readModelFile, sha256, type Validator, writeCardFiles, writeFiles } from "./files.ts";
import type { AnyCard } from "./schema.ts";

/** A kind of model, by what its card and folder are. */
export interface CardKind<C extends AnyCard> {
  readonly validator: Validator<C>;
  /** Files that answer, and make the hash, one after the other; a model need not have those that are not required. */
  readonly serving: readonly { readonly name: string; readonly required: boolean }[];
  render(card: C): string;
}

/** The folder's card. Throws BAD_MODEL naming the file and the remedy when it is missing or not a card of this kind. */
export const readCardOf = <C extends AnyCard>({ validator }: CardKind<C>, folder: string): Promise<C> =>
  parseCard(folder, validator);

/** The files that answer, by name, checked against the card. Throws BAD_MODEL naming what does not fit and the remedy. */
export async function readServing<C extends AnyCard>(
  { serving }: CardKind<C>,
  folder: string,
  card: C,
): Promise<ReadonlyMap<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const { name, required } of serving) {
    if (required || card.files[name] !== undefined) files.set(name, await readModelFile(folder, name, card));
  }
  if (sha256(...files.values()) === card.hash) return files;
  throw new BedsideError("BAD_MODEL", `the hash in ${folder}/card.json is not that of its files: run npm run train`);
}

/** Writes the model's files and its card (card.json for programs, card.md for people). Returns the whole card. */
export async function writeModelOf<C extends AnyCard>(
  kind: CardKind<C>,
  folder: string,
  card: Omit<C, "hash" | "files">,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<C> {
  const hash = sha256(...kind.serving.flatMap(({ name }) => files.get(name) ?? []));
  const hashes = Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]));
  const complete = { ...card, hash, files: hashes } as C;
  await writeFiles(folder, files);
  await writeCardOf(kind, folder, complete);
  return complete;
}

export const writeCardOf = <C extends AnyCard>(kind: CardKind<C>, folder: string, card: C): Promise<void> =>
  writeCardFiles(folder, card, kind.render(card));
