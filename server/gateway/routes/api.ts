import type { FastifyInstance } from "fastify";
import {
  AlarmListSchema,
  ApiErrorSchema,
  BeatsAnswerSchema,
  BeatsQuerySchema,
  type BeatsQuery,
  BedDetailSchema,
  BedListSchema,
  type BedParams,
  BedParamsSchema,
  type Model,
  ModelSchema,
  WardInfoSchema,
} from "../../../contracts/api.ts";
import { HISTORY_LIMITS } from "../../../contracts/history.ts";
import type { History } from "../../history/history.ts";
import type { Ward } from "../../ward/ward.ts";
import { refuse } from "../http-error.ts";
import { isOff, rangeFault, tried } from "./history.ts";

const notFound = { 404: ApiErrorSchema };

export interface ApiRoutesOptions {
  readonly ward: Ward;
  readonly model: Model | null;
  /** Null where none is kept. */
  readonly history: History | null;
  readonly timeZone: string;
}

/** Beds, their beats, and the model, as contracts/api.ts has them. */
export function apiRoutes(app: FastifyInstance, { ward, model, history, timeZone }: ApiRoutesOptions): void {
  app.get("/api/ward", { schema: { response: { 200: WardInfoSchema } } }, () => ({ timeZone }));

  app.get("/api/beds", { schema: { response: { 200: BedListSchema } } }, () => ({ beds: ward.list(Date.now()) }));

  app.get("/api/alarms", { schema: { response: { 200: AlarmListSchema } } }, () => ({ beds: ward.alarms }));

  app.get<{ Params: BedParams }>(
    "/api/beds/:bed",
    { schema: { params: BedParamsSchema, response: { 200: BedDetailSchema, ...notFound } } },
    async ({ params }, reply) => {
      const history = ward.bed(params.bed);
      if (!history) return refuse(reply, 404, unknownBed(params.bed));
      const { openConditions, conditions, alarms, alarmEvents } = history;
      return { bed: history.at(Date.now()), openConditions, conditions, alarms, alarmEvents };
    },
  );

  app.get<{ Params: BedParams; Querystring: BeatsQuery }>(
    "/api/beds/:bed/beats",
    {
      schema: {
        params: BedParamsSchema,
        querystring: BeatsQuerySchema,
        response: { 200: BeatsAnswerSchema, ...notFound },
      },
    },
    async ({ params: { bed }, query: { limit, since, from, to } }, reply) => {
      if (from !== undefined && to !== undefined) {
        const wrong = rangeFault(from, to, HISTORY_LIMITS.rangeMs);
        if (wrong !== null) return refuse(reply, 400, wrong);
        return history ? tried(reply, () => history.read("beats", bed, from, to)) : isOff(reply);
      }
      if (from !== to) return refuse(reply, 400, "querystring/from and to belong together");
      if (!ward.bed(bed)) return refuse(reply, 404, unknownBed(bed));
      return { bed, beats: ward.beats(bed, limit, since) };
    },
  );

  app.get("/api/model", { schema: { response: { 200: ModelSchema, ...notFound } } }, async (_request, reply) => {
    return model ?? refuse(reply, 404, "this gateway was given no model");
  });
}

const unknownBed = (bed: string): string => `nothing was heard of bed ${bed} so far; /api/beds lists the beds`;
