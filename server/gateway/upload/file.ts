import type { FastifyRequest } from "fastify";
import type { Readable } from "node:stream";
import { CLASSIFY_FILE_FIELD } from "../../../contracts/classify.ts";
import { BedsideError } from "../../../contracts/errors.ts";

/** Bodies that are the file itself. */
export const UPLOAD_TYPES = ["text/csv", "application/csv", "text/tab-separated-values", "application/octet-stream"];

/** What a form has beside its file: boundaries, headers, other fields. */
export const FORM_OVERHEAD = 64 * 1024;
const FORM_LIMITS = { files: 1, fields: 16, fieldSize: 1024, parts: 17, fileSize: Number.POSITIVE_INFINITY };

/**
 * The uploaded file's bytes: of the form's field `file`, or the body. Throws BAD_UPLOAD where there is none; while it
 * is read, BAD_UPLOAD where it breaks off, and UPLOAD_STALLED where nothing comes for `idleMs`.
 */
export async function fileOf(request: FastifyRequest, idleMs: number): Promise<AsyncIterable<Uint8Array>> {
  const stream = request.isMultipart() ? await partOf(request) : (request.body as Readable | null | undefined);
  if (!stream)
    throw new BedsideError(
      "BAD_UPLOAD",
      `no file was sent: send it as a form's field ${CLASSIFY_FILE_FIELD}, or as text/csv`,
    );
  return receive(stream, idleMs);
}

/** Lets the rest of a body pass, so that its sender comes to read the answer. */
export function letGo({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
}

async function partOf(request: FastifyRequest): Promise<Readable> {
  const missing = new BedsideError("BAD_UPLOAD", `the form has no file in its field ${CLASSIFY_FILE_FIELD}`);
  const part = await request.file({ limits: FORM_LIMITS }).catch((cause: unknown) => {
    throw new BedsideError("BAD_UPLOAD", `the form is not well-formed: ${messageOf(cause)}`, { cause });
  });
  if (!part || part.fieldname !== CLASSIFY_FILE_FIELD) throw missing;
  return part.file;
}

async function* receive(stream: Readable, idleMs: number): AsyncGenerator<Uint8Array, void, undefined> {
  let isWaiting = true;
  const timer = setInterval(() => {
    if (!isWaiting) return;
    stream.destroy(new BedsideError("UPLOAD_STALLED", `nothing came for ${idleMs / 1000} s: send the file again`));
  }, idleMs);
  try {
    // An answer may be due before the file's end: the connection has to outlive the reading.
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      isWaiting = false;
      yield chunk as Uint8Array;
      isWaiting = true;
      timer.refresh();
    }
  } catch (cause) {
    if (cause instanceof BedsideError) throw cause;
    throw new BedsideError("BAD_UPLOAD", `the file broke off: ${messageOf(cause)}`, { cause });
  } finally {
    clearInterval(timer);
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
