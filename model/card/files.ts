import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import type { AnyCard } from "./schema.ts";

const REMEDY = "restore the folder from version control or run npm run train";

/** What a compiled schema offers. */
export interface Validator<T> {
  Check(value: unknown): value is T;
  Errors(value: unknown): { readonly instancePath: string; readonly message: string }[];
}

export const sha256 = (...parts: readonly Uint8Array[]): string => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
};

/** The digits of a model's hash that name it in messages and pages. */
export const shortHash = (hash: string): string => hash.slice(0, 12);

/** A model's file as it should be. Throws BAD_MODEL naming the file and the remedy when it is missing or altered. */
export async function readModelFile(folder: string, name: string, card: Pick<AnyCard, "files">): Promise<Buffer> {
  const bytes = await readOrThrow(folder, name);
  const expected = card.files[name];
  if (sha256(bytes) === expected) return bytes;
  const what = expected ? "does not have the SHA-256 that card.json gives" : "is not listed in card.json";
  throw new BedsideError("BAD_MODEL", `model file ${join(folder, name)} ${what}: ${REMEDY}`);
}

/** The card in `folder`, checked. Throws BAD_MODEL naming the file and the remedy when it is missing or not such a card. */
export async function parseCard<T>(folder: string, validator: Validator<T>): Promise<T> {
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

export async function writeFiles(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of files) await writeWhole(join(folder, name), bytes);
}

/** Both forms of a card. */
export async function writeCardFiles(folder: string, card: object, markdown: string): Promise<void> {
  await writeWhole(join(folder, "card.json"), `${JSON.stringify(card, null, 2)}\n`);
  await writeWhole(join(folder, "card.md"), markdown);
}

async function readOrThrow(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (cause) {
    throw new BedsideError("BAD_MODEL", `model file ${join(folder, name)} cannot be read: ${REMEDY}`, { cause });
  }
}
