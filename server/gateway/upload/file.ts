import type { FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { CLASSIFY_FILE_FIELD } from "../../../contracts/classify-api.ts";
import { BedsideError } from "../../../contracts/errors.ts";

/** Bodies that are the file itself. */
export const UPLOAD_TYPES = ["text/csv", "application/csv", "text/tab-separated-values", "application/octet-stream"];

/** What a form has beside its file: boundaries, headers, other fields. */
export const FORM_OVERHEAD = 64 * 1024;
const PATIENCE_MS = 20_000;
const FORM_LIMITS = { files: 1, fields: 16, fieldSize: 1024, parts: 17, fileSize: Number.POSITIVE_INFINITY };

/**
 * The uploaded file's bytes: of the form's field `file`, or the body. Throws BAD_UPLOAD where there is none; while it
 * is read, BAD_UPLOAD where it breaks off, and UPLOAD_STALLED where nothing comes for `idleMs`.
 */
export async function fileOf(request: FastifyRequest, idleMs: number): Promise<AsyncIterable<Uint8Array>> {
  const stream = request.isMultipart() ? await partOf(request) : request.body;
  if (!(stream instanceof Readable))
    throw new BedsideError(
      "BAD_UPLOAD",
      `no file was sent: send it as a form's field ${CLASSIFY_FILE_FIELD}, or as text/csv`,
    );
  return receive(stream, idleMs);
}

/**
 * Lets the rest of a body pass, so that its sender comes to read the answer: many clients read none before they have
 * sent everything, or fail when the connection closes meanwhile. Resolves when it is over, or after PATIENCE_MS.
 */
export async function letPass({ raw }: FastifyRequest): Promise<void> {
  raw.unpipe();
  raw.on("data", () => {});
  raw.resume();
  const over = new AbortController();
  const signal = over.signal;
  const passed = finished(raw, { signal, cleanup: true }).catch(() => {});
  await Promise.race([passed, sleep(PATIENCE_MS, undefined, { signal }).catch(() => {})]);
  over.abort();
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
  // An answer may be due before the file's end: the connection has to outlive the reading.
  const pieces: AsyncIterator<Uint8Array> = stream.iterator({ destroyOnReturn: false });
  let isStalled = false;
  try {
    for (;;) {
      const next = await within(idleMs, pieces.next());
      if (next === null) {
        isStalled = true;
        throw new BedsideError("UPLOAD_STALLED", `nothing came for ${idleMs / 1000} s: send the file again`);
      }
      if (next.done) return;
      yield next.value;
    }
  } catch (cause) {
    if (cause instanceof BedsideError) throw cause;
    throw new BedsideError("BAD_UPLOAD", `the file broke off: ${messageOf(cause)}`, { cause });
  } finally {
    // A reading that waits cannot be ended but by the end of its connection.
    if (!isStalled) await pieces.return?.();
  }
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** What a promise gives within so many milliseconds, else null. */
async function within<T>(ms: number, promise: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, ms, null)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
