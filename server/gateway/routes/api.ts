import type { FastifyInstance } from "fastify";
import {
  AlarmListSchema,
  ApiErrorSchema,
  BeatListSchema,
  BeatsQuerySchema,
  type BeatsQuery,
  BedDetailSchema,
  BedListSchema,
  type BedParams,
  BedParamsSchema,
  type Model,
  ModelSchema,
} from "../../../contracts/api.ts";
import type { Ward } from "../../ward/ward.ts";
import { refuse } from "../http-error.ts";

const notFound = { 404: ApiErrorSchema };

/** Beds, their beats, and the model, as contracts/api.ts has them. */
export function apiRoutes(app: FastifyInstance, ward: Ward, model: Model | null): void {
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
        response: { 200: BeatListSchema, ...notFound },
      },
    },
    async ({ params: { bed }, query: { limit, since } }, reply) => {
      if (!ward.bed(bed)) return refuse(reply, 404, unknownBed(bed));
      return { bed, beats: ward.beats(bed, limit, since) };
    },
  );

  app.get("/api/model", { schema: { response: { 200: ModelSchema, ...notFound } } }, async (_request, reply) => {
    return model ?? refuse(reply, 404, "this gateway was given no model");
  });
}

const unknownBed = (bed: string): string => `nothing was heard of bed ${bed} so far; /api/beds lists the beds`;
