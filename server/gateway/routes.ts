import type { FastifyInstance } from "fastify";
import { Type } from "typebox";
import type { ModelInfo } from "../../model/classifier.ts";
import { KEPT } from "../history/ward.ts";
import type { Metrics } from "../metrics.ts";
import type { Feed } from "./feed.ts";

const BedParams = Type.Object({ bed: Type.String({ maxLength: 64 }) });
const BeatsQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: KEPT.beats, default: 100 }),
    since: Type.Optional(Type.Number({ description: "event time, Unix ms" })),
  },
  { additionalProperties: false },
);

/** What /api/model tells: the engine's view of the model, and its card where the folder has one. */
export interface ModelDescription {
  readonly info: ModelInfo;
  readonly card: unknown;
}

/** Plain HTTP: health, metrics, beds, beats, the model. */
export function routes(app: FastifyInstance, feed: Feed, metrics: Metrics, model: ModelDescription | null): void {
  app.get("/livez", () => ({ status: "ok" }));

  app.get("/readyz", async (_request, reply) => {
    if (feed.isReady) return { status: "ok" };
    return reply.code(503).send({ error: { code: "NOT_READY", message: "the bus is not being read yet" } });
  });

  app.get("/metrics", async (_request, reply) => {
    if (feed.isReady) metrics.lag.set({ consumer: "gateway" }, await feed.lag());
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  app.get("/api/beds", () => ({ beds: feed.ward.list() }));

  app.get<{ Params: { bed: string } }>("/api/beds/:bed", { schema: { params: BedParams } }, async (request, reply) => {
    const found = feed.ward.bed(request.params.bed);
    return found ?? reply.code(404).send(unknownBed(request.params.bed));
  });

  app.get<{ Params: { bed: string }; Querystring: { limit: number; since?: number } }>(
    "/api/beds/:bed/beats",
    { schema: { params: BedParams, querystring: BeatsQuery } },
    async (request, reply) => {
      const { bed } = request.params;
      if (!feed.ward.bed(bed)) return reply.code(404).send(unknownBed(bed));
      return { bed, beats: feed.ward.beats(bed, request.query.limit, request.query.since) };
    },
  );

  app.get("/api/model", async (_request, reply) => {
    if (model) return model;
    return reply.code(404).send({ error: { code: "NO_MODEL", message: "this gateway has not been given a model" } });
  });
}

const unknownBed = (bed: string) => ({
  error: {
    code: "UNKNOWN_BED",
    message: `no frames of bed ${JSON.stringify(bed)} so far; /api/beds lists those there are`,
  },
});
