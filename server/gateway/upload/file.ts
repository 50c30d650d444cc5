import type { FastifyRequest } from "fastify";
import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import { CLASSIFY_FILE_FIELD } from "../../../contracts/classify-api.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { type Pace, unlessEnded } from "./pace.ts";

/** Bodies that are the file itself. */
export const UPLOAD_TYPES = ["text/csv", "application/csv", "text/tab-separated-values", "application/octet-stream"];

/** What a form has beside its file: boundaries, headers, other fields. */
export const FORM_OVERHEAD = 64 * 1024;
const PATIENCE_MS = 20_000;
/** For so long the reading of files may go on without a turn of the event loop: live signals are passed on in the same. */
const TURN_MS = 5;
const FORM_LIMITS = { files: 1, fields: 16, fieldSize: 1024, parts: 17, fileSize: Number.POSITIVE_INFINITY };

/**
 * The uploaded file's bytes: of the form's field `file`, or the body. Throws BAD_UPLOAD where there is none; while it
 * is read, BAD_UPLOAD where it breaks off, and what `pace` ended with where it is too slow.
 */
export async function fileOf(request: FastifyRequest, pace: Pace): Promise<AsyncIterable<Uint8Array>> {
  const stream = request.isMultipart() ? await read(partOf(request), pace) : request.body;
  if (!(stream instanceof Readable))
    throw new BedsideError(
      "BAD_UPLOAD",
      `no file was sent: send it as a form's field ${CLASSIFY_FILE_FIELD}, or as text/csv`,
    );
  return receive(stream, pace);
}

/**
 * Lets the rest of a body pass, so that its sender comes to read the answer: many clients read none before they have sent
 * everything, or fail when the connection closes meanwhile. Resolves when it is over, `ended`, or after PATIENCE_MS.
 */
export async function letPass({ raw }: FastifyRequest, ended: AbortSignal): Promise<void> {
  raw.unpipe();
  raw.on("data", () => {});
  raw.resume();
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, ended]);
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

async function* receive(stream: Readable, pace: Pace): AsyncGenerator<Uint8Array, void, undefined> {
  // An answer may be due before the file's end: the connection has to outlive the reading.
  const pieces: AsyncIterator<Uint8Array> = stream.iterator({ destroyOnReturn: false });
  let turnMs = performance.now();
  try {
    for (;;) {
      const next = await read(pieces.next(), pace);
      if (next.done) return;
      yield next.value;
      if (performance.now() - turnMs < TURN_MS) continue;
      await nextTurn();
      turnMs = performance.now();
    }
  } catch (cause) {
    if (cause instanceof BedsideError) throw cause;
    throw new BedsideError("BAD_UPLOAD", `the file broke off: ${messageOf(cause)}`, { cause });
  } finally {
    // A reading that waits cannot be ended but by the end of its connection.
    if (!pace.signal.aborted) await pieces.return?.();
  }
}

/** What comes of the client, unless its pace ends first. */
async function read<T>(promise: Promise<T>, pace: Pace): Promise<T> {
  pace.isReading = true;
  return unlessEnded(promise, pace.signal).finally(() => (pace.isReading = false));
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
