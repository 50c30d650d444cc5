import { readdir } from "node:fs/promises";
import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import type { WfdbAnnotation } from "./annotation.ts";
import { decodeAnnotations } from "./decode-annotations.ts";
import { heedDefinitions } from "./definitions.ts";
import { readBytes } from "./files.ts";
import { listRecords, nearNames } from "./names.ts";
import { checkName, readHeader, type WfdbRecord } from "./record.ts";

/** Annotations of months. */
const MAX_BYTES = 1 << 23;

/**
 * Reads the annotations of record `name` in `folder`, at samples of the record's rate: where the file states a time resolution of
 * its own, they are rounded to it. Throws UNKNOWN_RECORD, BAD_RECORD.
 */
export async function readAnnotations(folder: string, name: string, extension = "atr"): Promise<WfdbAnnotation[]> {
  checkName(name);
  const file = fileOf(folder, name, extension);
  const bytes = await readBytes(file, MAX_BYTES, (cause) => missing(folder, name, extension, cause));
  const { annotations, resolutionHz } = heedDefinitions(decodeAnnotations(bytes, file), file);
  if (resolutionHz === null) return annotations;
  const { samplingRateHz } = await readHeader(folder, name);
  return annotations.map((one) => ({ ...one, sample: Math.round((one.sample * samplingRateHz) / resolutionHz) }));
}

/**
 * Reads the annotations of a record of `folder` that has been read, as `readAnnotations`. Throws BAD_RECORD, too, when one lies
 * more than a second beyond the record's end.
 */
export async function annotationsOf(
  { name, samplingRateHz, length }: Pick<WfdbRecord, "name" | "samplingRateHz" | "length">,
  folder: string,
  extension = "atr",
): Promise<WfdbAnnotation[]> {
  const annotations = await readAnnotations(folder, name, extension);
  const last = annotations.at(-1);
  if (last === undefined || last.sample <= length + samplingRateHz) return annotations;
  const where = `annotation ${last.symbol} at sample ${last.sample} lies beyond the record's end, ${length}`;
  const remedy = "they are another record's, or damaged: fetch both again, or cut them to the record";
  throw new BedsideError("BAD_RECORD", `${fileOf(folder, name, extension)}: ${where}; ${remedy}`);
}

const fileOf = (folder: string, name: string, extension: string): string => path.join(folder, `${name}.${extension}`);

async function missing(folder: string, name: string, extension: string, cause: unknown): Promise<BedsideError> {
  const file = fileOf(folder, name, extension);
  if (!(await listRecords(folder)).includes(name)) {
    const there = await nearNames(folder, name);
    return new BedsideError("UNKNOWN_RECORD", `record ${name}: ${file} can't be read; ${there}`, { cause });
  }
  const others = (await readdir(folder)).filter(
    (other) => other.startsWith(`${name}.`) && !/\.(?:hea|dat|mat)$/.test(other),
  );
  const there = others.length === 0 ? "it has none by another annotator" : `it has ${others.slice(0, 8).join(", ")}`;
  return new BedsideError("UNKNOWN_RECORD", `record ${name} has no annotations ${file}; ${there}`, { cause });
}
