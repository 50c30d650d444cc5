import type { FastifyInstance } from "fastify";
import { Compile } from "typebox/compile";
import type { Bus } from "../../../bus/bus.ts";
import { type BedParams, BedParamsSchema } from "../../../contracts/api.ts";
import {
  type CommandAccepted,
  type CommandRequest,
  CommandRequestSchema,
  isReview,
} from "../../../contracts/command.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { check, createReader } from "../../../contracts/reader.ts";
import { messageOf } from "../../../contracts/message.ts";
import { within } from "../../../kit/within.ts";
import type { Ward } from "../../ward/ward.ts";
import { bySigned } from "../access/by-signed.ts";
import { refuse } from "../http-error.ts";
import { isAllowedOrigin } from "../origin.ts";
import { traceOf } from "./trace-of.ts";

const BODY_BYTES = 4096;
/** A bus that takes no command within this time is away. */
const TAKEN_WITHIN_MS = 3000;

export interface CommandsRouteOptions {
  readonly bus: Bus;
  readonly ward: Ward;
  readonly allowedOrigins: readonly string[];
}

const read = createReader(CommandRequestSchema, "command", Compile);
const strict = Compile(CommandRequestSchema);

/** POST /api/beds/:bed/commands, as contracts/command.ts has it: what somebody asks of a bed's alarms, on its way to who watches the bed. */
export function commandsRoute(app: FastifyInstance, { bus, ward, allowedOrigins }: CommandsRouteOptions): void {
  app.post<{ Params: BedParams }>(
    "/api/beds/:bed/commands",
    {
      schema: { params: BedParamsSchema },
      bodyLimit: BODY_BYTES,
      onRequest: async ({ headers }, reply) =>
        isAllowedOrigin(headers.origin, headers.host, allowedOrigins)
          ? undefined
          : refuse(reply, 403, "pages of this origin may give no commands: ALLOWED_ORIGINS lists those that may"),
    },
    async ({ params: { bed }, body, who, headers }, reply) => {
      const asked = requestOf(body);
      if (asked instanceof BedsideError) return refuse(reply, 400, asked.message);
      const request = bySigned(asked, who);
      // What is reviewed may be of a bed that is there no more.
      const isKnown = ward.bed(bed) !== undefined || isReview(request.action);
      if (!isKnown) return refuse(reply, 404, `nothing was heard of bed ${bed} so far; /api/beds lists the beds`);
      if (bus.trouble !== null) return refuse(reply, 503, `the command was not taken: ${bus.trouble}`);
      const published = bus.publish([messageOf("commands", { ...request, bed, atMs: Date.now() }, traceOf(headers))]);
      // One that goes out later all the same comes too late to silence anything.
      if (!(await within(TAKEN_WITHIN_MS, published))) return refuse(reply, 503, "the bus has not taken the command");
      await published;
      return reply.code(202).send({ id: request.id, bed } satisfies CommandAccepted);
    },
  );
}

function requestOf(body: unknown): CommandRequest | BedsideError {
  try {
    const request = read(body);
    check(strict, "command", request);
    return request;
  } catch (error) {
    if (error instanceof BedsideError) return error;
    throw error;
  }
}
