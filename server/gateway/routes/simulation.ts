import type { FastifyInstance } from "fastify";
import { Compile } from "typebox/compile";
import type { Bus } from "../../../bus/bus.ts";
import { type BedParams, BedParamsSchema } from "../../../contracts/api.ts";
import { parseDrift } from "../../../contracts/drift.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { check, createReader } from "../../../contracts/reader.ts";
import {
  type SimulationAccepted,
  type SimulationRequest,
  SimulationRequestSchema,
  SimulationSchema,
} from "../../../contracts/simulation.ts";
import { messageOf } from "../../../contracts/message.ts";
import { within } from "../../../kit/within.ts";
import type { Ward } from "../../ward/ward.ts";
import { refuse } from "../http-error.ts";
import { isAllowedOrigin } from "../origin.ts";
import { traceOf } from "./trace-of.ts";

const BODY_BYTES = 4096;
/** A bus that takes no request within this time is away. */
const TAKEN_WITHIN_MS = 3000;

export interface SimulationRouteOptions {
  readonly bus: Bus;
  readonly ward: Ward;
  readonly allowedOrigins: readonly string[];
}

const read = createReader(SimulationRequestSchema, "simulation", Compile);
const strict = Compile(SimulationRequestSchema);

/**
 * /api/beds/:bed/simulation, as contracts/simulation.ts has it. GET: what the simulator that plays the bed last said; POST: what somebody
 * asks of it. Where none plays the bed, a request is taken all the same and nothing answers it.
 */
export function simulationRoute(app: FastifyInstance, { bus, ward, allowedOrigins }: SimulationRouteOptions): void {
  app.get<{ Params: BedParams }>(
    "/api/beds/:bed/simulation",
    { schema: { params: BedParamsSchema, response: { 200: SimulationSchema } } },
    async ({ params: { bed } }, reply) =>
      ward.bed(bed)?.simulation ?? refuse(reply, 404, `no simulator has said that it plays bed ${bed}`),
  );

  app.post<{ Params: BedParams }>(
    "/api/beds/:bed/simulation",
    {
      schema: { params: BedParamsSchema },
      bodyLimit: BODY_BYTES,
      onRequest: async ({ headers }, reply) =>
        isAllowedOrigin(headers.origin, headers.host, allowedOrigins)
          ? undefined
          : refuse(reply, 403, "pages of this origin may ask for nothing: ALLOWED_ORIGINS lists those that may"),
    },
    async ({ params: { bed }, body, headers }, reply) => {
      if (!ward.bed(bed)) return refuse(reply, 404, `nothing was heard of bed ${bed} so far; /api/beds lists the beds`);
      const request = requestOf(body);
      if (request instanceof BedsideError) return refuse(reply, 400, request.message);
      if (bus.trouble !== null) return refuse(reply, 503, `the request was not taken: ${bus.trouble}`);
      const asked = { ...request, bed, atMs: Date.now(), phase: "asked" as const, reason: null };
      const published = bus.publish([messageOf("simulation", { ...asked, records: [], noise: [] }, traceOf(headers))]);
      if (!(await within(TAKEN_WITHIN_MS, published))) return refuse(reply, 503, "the bus has not taken the request");
      await published;
      return reply.code(202).send({ id: request.id, bed } satisfies SimulationAccepted);
    },
  );
}

function requestOf(body: unknown): SimulationRequest | BedsideError {
  try {
    const request = read(body);
    check(strict, "simulation", request);
    parseDrift(request.drift);
    return request;
  } catch (error) {
    if (error instanceof BedsideError) return error;
    throw error;
  }
}
