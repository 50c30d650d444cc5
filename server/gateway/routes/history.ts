import type { FastifyInstance, FastifyReply } from "fastify";
import { Readable } from "node:stream";
import { ApiErrorSchema, type BedParams, BedParamsSchema } from "../../../contracts/api.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import {
  ConditionRangeSchema,
  EpisodeListSchema,
  type EpisodesQuery,
  EpisodesQuerySchema,
  HISTORY_LIMITS,
  type HistoryState,
  HistoryStateSchema,
  type RangeQuery,
  RangeQuerySchema,
  type TrendQuery,
  TrendQuerySchema,
  TrendSchema,
} from "../../../contracts/history.ts";
import type { History } from "../../history/history.ts";
import { refuse } from "../http-error.ts";

/** Signal that is read at once, ms. */
const PAGE_MS = 30_000;

const OFF: HistoryState = {
  state: "off",
  trouble: null,
  reachesBackToMs: { signal: null, beats: null, alarms: null },
  isReadingBack: false,
  lost: 0,
  bytes: 0,
  maxBytes: 0,
  maxAgeMs: 0,
};

const refusals = { 400: ApiErrorSchema, 503: ApiErrorSchema };

/** What happened, as contracts/history.ts has it. `history`: null where none is kept. */
export function historyRoutes(app: FastifyInstance, history: History | null): void {
  app.get("/api/history", { schema: { response: { 200: HistoryStateSchema } } }, () => history?.state() ?? OFF);

  app.get<{ Params: BedParams; Querystring: RangeQuery }>(
    "/api/beds/:bed/signal",
    { schema: { params: BedParamsSchema, querystring: RangeQuerySchema, response: refusals } },
    async ({ params: { bed }, query: { from, to } }, reply) => {
      const wrong = rangeFault(from, to, HISTORY_LIMITS.signalMs);
      if (wrong !== null) return refuse(reply, 400, wrong);
      if (!history) return isOff(reply);
      // What fails before anything is sent is told.
      const first = await tried(reply, () => history.read("signal", bed, from, Math.min(to, from + PAGE_MS), false));
      if (!(first instanceof Uint8Array)) return first;
      reply.type("application/vnd.bedside.frames");
      return reply.send(Readable.from(signalPages(history, bed, first, from + PAGE_MS, to)));
    },
  );

  app.get<{ Params: BedParams; Querystring: RangeQuery }>(
    "/api/beds/:bed/conditions",
    {
      schema: {
        params: BedParamsSchema,
        querystring: RangeQuerySchema,
        response: { 200: ConditionRangeSchema, ...refusals },
      },
    },
    async ({ params: { bed }, query: { from, to } }, reply) => {
      const wrong = rangeFault(from, to, HISTORY_LIMITS.rangeMs);
      if (wrong !== null) return refuse(reply, 400, wrong);
      if (!history) return isOff(reply);
      return tried(reply, () => history.read("conditions", bed, from, to));
    },
  );

  app.get<{ Params: BedParams; Querystring: TrendQuery }>(
    "/api/beds/:bed/trend",
    { schema: { params: BedParamsSchema, querystring: TrendQuerySchema, response: { 200: TrendSchema, ...refusals } } },
    async ({ params: { bed }, query: { from, to, step } }, reply) => {
      const wrong = rangeFault(from, to, HISTORY_LIMITS.trendMs) ?? stepFault(from, to, step);
      if (wrong !== null) return refuse(reply, 400, wrong);
      if (!history) return isOff(reply);
      return tried(reply, () => history.read("trend", bed, from, to, step));
    },
  );

  app.get<{ Querystring: EpisodesQuery }>(
    "/api/events",
    { schema: { querystring: EpisodesQuerySchema, response: { 200: EpisodeListSchema, ...refusals } } },
    async ({ query }, reply) => {
      if (!history) return isOff(reply);
      return tried(reply, () => history.read("episodes", query));
    },
  );
}

/** Why a range is none that is answered; null where it is. */
export function rangeFault(from: number, to: number, maxMs: number): string | null {
  if (to <= from) return "querystring/to must be greater than from";
  return to - from > maxMs ? `querystring/to must be at most ${maxMs / 60_000} minutes after from` : null;
}

function stepFault(from: number, to: number, step: number): string | null {
  const { stepMs, points } = HISTORY_LIMITS;
  if (step % stepMs !== 0) return `querystring/step must be a multiple of ${stepMs} ms`;
  return (to - from) / step > points ? `querystring/step must be greater: at most ${points} points are given` : null;
}

export const isOff = (reply: FastifyReply): FastifyReply =>
  refuse(reply, 503, "no history is kept here: HISTORY is off");

/** What `ask` gives; where history cannot be read, why, with 503. */
export async function tried<T>(reply: FastifyReply, ask: () => Promise<T>): Promise<T | FastifyReply> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof BedsideError)) throw error;
    return refuse(reply, 503, error.message);
  }
}

async function* signalPages(
  history: History,
  bed: string,
  first: Uint8Array,
  from: number,
  to: number,
): AsyncIterable<Uint8Array> {
  yield first;
  for (let at = from; at < to; at += PAGE_MS)
    yield await history.read("signal", bed, at, Math.min(to, at + PAGE_MS), true);
}
