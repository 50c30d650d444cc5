import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { finished, Readable } from "node:stream";
import { BEAT_CSV_LIMITS, type BeatCsvLimits } from "../../../contracts/beat-csv/format.ts";
import {
  CLASSIFY_PATH,
  type ClassifyFormat,
  type ClassifyQuery,
  ClassifyQuerySchema,
  NDJSON_TYPE,
} from "../../../contracts/classify-api.ts";
import type { RowClassifier } from "../../../model/rows/classifier.ts";
import { csvOf, jsonOf, ndjsonOf } from "../../classify/formats.ts";
import { ClassifyRun } from "../../classify/run.ts";
import { refuse } from "../http-error.ts";
import { isAllowedOrigin } from "../origin.ts";
import { type Failure, failureOf } from "../upload/failure.ts";
import { fileOf, FORM_OVERHEAD, letPass, UPLOAD_TYPES } from "../upload/file.ts";
import { Pace, PACE_LIMITS, type PaceLimits } from "../upload/pace.ts";
import { PLACE_LIMITS, type PlaceLimits, Places } from "../upload/places.ts";

/** What a file may have, how many at once, and how slowly it may come. */
export interface ClassifyLimits extends BeatCsvLimits, PaceLimits, PlaceLimits {}

export const CLASSIFY_LIMITS: ClassifyLimits = { ...BEAT_CSV_LIMITS, ...PACE_LIMITS, ...PLACE_LIMITS };

export interface ClassifyRouteOptions {
  /** The classifier of rows, loaded when it is first asked for. */
  readonly openRows: () => Promise<RowClassifier>;
  readonly allowedOrigins: readonly string[];
  readonly limits: ClassifyLimits;
}

const TYPES: Readonly<Record<ClassifyFormat, string>> = {
  json: "application/json; charset=utf-8",
  ndjson: `${NDJSON_TYPE}; charset=utf-8`,
  csv: "text/csv; charset=utf-8",
};

const STALLED = 408;

/** POST /api/classify, as contracts/classify-api.ts has it. */
export async function classifyRoutes(app: FastifyInstance, options: ClassifyRouteOptions): Promise<void> {
  const { openRows, allowedOrigins, limits } = options;
  const places = new Places(limits);
  const paces = new WeakMap<FastifyRequest, Pace>();
  app.removeAllContentTypeParsers();
  await app.register(multipart, { throwFileSizeLimit: false });
  app.addContentTypeParser(UPLOAD_TYPES, (_request, payload, done) => done(null, payload));

  /** Before the body is read: whose pages may ask, how much, and how many at once. */
  const admit = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { headers } = request;
    if (!isAllowedOrigin(headers.origin, headers.host, allowedOrigins)) {
      return refuse(reply, 403, "pages of this origin may not classify: ALLOWED_ORIGINS lists those that may");
    }
    if (headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity") {
      return refuse(reply, 415, "a compressed body is not taken: send the file as it is");
    }
    if (Number(headers["content-length"] ?? 0) > limits.maxBytes + FORM_OVERHEAD) {
      return refuse(
        reply,
        413,
        `the file has more than ${limits.maxBytes.toLocaleString("en")} bytes: give it in parts`,
      );
    }
    const pace = new Pace(request.raw.socket, () => reply.raw.writableLength > 0, limits);
    finished(reply.raw, (error) => {
      if (error) pace.end(error);
      pace.stop();
      places.leave(pace);
    });
    if (!(await places.take(pace, pace.signal))) {
      return refuse(
        reply.header("retry-after", "2"),
        503,
        `${places.count} files are under way: try again soon`,
        "BUSY",
      );
    }
    paces.set(request, pace);
    return undefined;
  };

  app.post<{ Querystring: ClassifyQuery }>(
    CLASSIFY_PATH,
    { schema: { querystring: ClassifyQuerySchema }, onRequest: admit, bodyLimit: limits.maxBytes + FORM_OVERHEAD },
    async (request, reply) => {
      const pace = paces.get(request) as Pace;
      // An answer that has begun cannot tell its reader that it was too slow.
      pace.signal.addEventListener("abort", () => reply.raw.headersSent && reply.raw.destroy());
      const fail = async (error: unknown): Promise<Failure> => {
        const failure = failureOf(error);
        if (failure.status >= 500) request.log.error({ err: error }, "a file was not classified");
        places.leave(pace);
        if (failure.status !== STALLED) await letPass(request, pace.signal);
        return failure;
      };
      try {
        const classifier = await openRows();
        const file = await fileOf(request, pace);
        const run = new ClassifyRun(file, classifier, { limits, signal: pace.signal });
        await run.begun;
        const format = formatOf(request);
        const text = await textOf(format, run, () => {
          const start = { event: "start" as const, model: classifier.info, bytes: bytesOf(request) };
          return ndjsonOf(run, start, async (error) => told(await fail(error)));
        });
        reply.type(TYPES[format]);
        if (format === "csv") reply.header("content-disposition", 'attachment; filename="classified.csv"');
        return await reply.send(Readable.from(text, { objectMode: false }));
      } catch (error) {
        const { status, code, message } = await fail(error);
        if (status === STALLED) reply.header("connection", "close");
        return refuse(reply, status, message, code);
      }
    },
  );
}

/** JSON and CSV begin when the file is over, so that what ends it early is still an error's status. */
async function textOf(format: ClassifyFormat, run: ClassifyRun, ndjson: () => AsyncIterable<string>) {
  if (format === "ndjson") return ndjson();
  const classification = await run.done;
  return format === "csv" ? csvOf(classification) : jsonOf(classification);
}

function formatOf({ query, headers }: FastifyRequest<{ Querystring: ClassifyQuery }>): ClassifyFormat {
  if (query.format) return query.format;
  const accept = headers.accept ?? "";
  if (accept.includes(NDJSON_TYPE)) return "ndjson";
  return accept.includes("text/csv") ? "csv" : "json";
}

function bytesOf({ headers }: FastifyRequest): number | null {
  const length = headers["content-length"];
  return length === undefined ? null : Number(length);
}

const told = ({ code, message }: Failure) => ({ code, message });
