import { BedsideError } from "../../contracts/errors.ts";
import type { Rest, Source, SourceOptions } from "./source.ts";

/** Statuses by which a server says that another try may help. */
const RETRYABLE = (status: number): boolean => status >= 500 || status === 408 || status === 429;

/** The tree behind a URL; a file's rest is asked for by a Range (RFC 9110 section 14). */
export function httpSource(base: string, { idleMs }: SourceOptions): Source {
  const root = base.endsWith("/") ? base : `${base}/`;
  const place = (file: string): string => new URL(file, root).href;
  return {
    place,
    open: async (file, offset) => {
      const watch = idleWatch(idleMs);
      const failed = (why: string, cause?: unknown): BedsideError => {
        watch.end();
        return new BedsideError("DOWNLOAD_FAILED", `${place(file)}: ${why}`, { cause });
      };
      // Compressed on the way, a file would have neither its length nor its ranges.
      const headers: Record<string, string> = { "accept-encoding": "identity" };
      if (offset > 0) headers.range = `bytes=${offset}-`;
      const response = await fetch(place(file), { headers, signal: watch.signal }).catch((cause: unknown) => {
        throw failed(reasonOf(cause), cause);
      });
      if (!response.ok) {
        const { status, statusText } = response;
        await response.body?.cancel();
        if (status === 416) return watch.end();
        if (RETRYABLE(status)) throw failed(`the server answers ${status} ${statusText}`);
        watch.end();
        throw new BedsideError("BAD_ARGUMENT", `${place(file)}: the server answers ${status} ${statusText}`);
      }
      if (!response.body) throw failed("the server sends nothing");
      const { body } = response;
      const begin = response.status === 206 ? beginOf(response.headers.get("content-range")) : 0;
      if (begin === null || begin > offset) {
        await body.cancel();
        throw failed("the server answers another range than asked for");
      }
      const length = Number(response.headers.get("content-length") ?? Number.NaN);
      return {
        offset: begin,
        total: Number.isFinite(length) ? begin + length : null,
        bytes: read(body, watch, (cause) => failed(reasonOf(cause), cause)),
      } satisfies Rest;
    },
  };
}

interface IdleWatch {
  readonly signal: AbortSignal;
  alive(): void;
  end(): null;
}

/** Aborts its signal when `alive` has not been called for `idleMs`. */
function idleWatch(idleMs: number): IdleWatch {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`nothing came for ${idleMs / 1000} s`)), idleMs);
  return {
    signal: controller.signal,
    alive: () => void timer.refresh(),
    end: () => {
      clearTimeout(timer);
      return null;
    },
  };
}

async function* read(
  body: AsyncIterable<Uint8Array>,
  watch: IdleWatch,
  failed: (cause: unknown) => BedsideError,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      watch.alive();
      yield chunk;
    }
  } catch (cause) {
    throw failed(cause);
  } finally {
    watch.end();
  }
}

function beginOf(contentRange: string | null): number | null {
  const begin = /^bytes (\d+)-/.exec(contentRange ?? "")?.[1];
  return begin === undefined ? null : Number(begin);
}

/** fetch hides why it failed in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
