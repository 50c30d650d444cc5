import type { FastifyInstance } from "fastify";
import { Compile } from "typebox/compile";
import type { Bus } from "../../../bus/bus.ts";
import {
  type Admission,
  type AdmissionAccepted,
  type AdmissionRequest,
  AdmissionRequestSchema,
} from "../../../contracts/admission.ts";
import { type BedParams, BedParamsSchema } from "../../../contracts/api.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { check, createReader } from "../../../contracts/reader.ts";
import { messageOf } from "../../../contracts/message.ts";
import { within } from "../../../kit/within.ts";
import type { Ward } from "../../ward/ward.ts";
import { bySigned } from "../access/by-signed.ts";
import { admissionChanges } from "../admission-changes.ts";
import { refuse } from "../http-error.ts";
import { isAllowedOrigin } from "../origin.ts";
import { traceOf } from "./trace-of.ts";

const BODY_BYTES = 4096;
/** A bus that takes no change within this time is away. */
const TAKEN_WITHIN_MS = 3000;

export interface AdmissionsRouteOptions {
  readonly bus: Bus;
  readonly ward: Ward;
  readonly allowedOrigins: readonly string[];
}

const read = createReader(AdmissionRequestSchema, "admission", Compile);
const strict = Compile(AdmissionRequestSchema);

/** POST /api/beds/:bed/admission, as contracts/admission.ts has it: who lies in a bed. Nothing of it is logged. */
export function admissionsRoute(app: FastifyInstance, { bus, ward, allowedOrigins }: AdmissionsRouteOptions): void {
  /** What this gateway has given to the bus and not yet read back: the next one is checked against it. */
  const given = new Map<string, Admission>();
  const known = (bed: string): Admission | null => {
    const heard = ward.bed(bed)?.admission ?? null;
    const own = given.get(bed) ?? null;
    if (!own) return heard;
    if (heard && heard.version >= own.version) given.delete(bed);
    return heard && heard.version >= own.version ? heard : own;
  };

  app.post<{ Params: BedParams }>(
    "/api/beds/:bed/admission",
    {
      schema: { params: BedParamsSchema },
      bodyLimit: BODY_BYTES,
      onRequest: async ({ headers }, reply) =>
        isAllowedOrigin(headers.origin, headers.host, allowedOrigins)
          ? undefined
          : refuse(reply, 403, "pages of this origin may admit nobody: ALLOWED_ORIGINS lists those that may"),
    },
    async ({ params: { bed }, body, who, headers }, reply) => {
      const asked = requestOf(body);
      if (asked instanceof BedsideError) return refuse(reply, 400, asked.message);
      const request = bySigned(asked, who);
      for (const name of request.to ? [bed, request.to.bed] : [bed]) {
        if (!ward.bed(name))
          return refuse(reply, 404, `nothing was heard of bed ${name} so far; /api/beds lists the beds`);
      }
      if (bus.trouble !== null) return refuse(reply, 503, `the change was not taken: ${bus.trouble}`);
      const changes = admissionChanges(request, { bed, known, nowMs: Date.now() });
      if ("why" in changes) return refuse(reply, changes.status, changes.why);
      for (const change of changes) given.set(change.bed, change);
      const isTaken = await publish(changes, traceOf(headers));
      if (isTaken) return reply.code(202).send({ id: request.id, bed } satisfies AdmissionAccepted);
      for (const change of changes) if (given.get(change.bed) === change) given.delete(change.bed);
      return refuse(reply, 503, "the bus has not taken the change");
    },
  );

  async function publish(changes: readonly Admission[], trace: Readonly<Record<string, string>>): Promise<boolean> {
    const messages = changes.map((one) => messageOf("admissions", one, trace));
    const published = bus.publish(messages).then(
      () => true,
      () => false,
    );
    return (await within(TAKEN_WITHIN_MS, published)) && (await published);
  }
}

function requestOf(body: unknown): AdmissionRequest | BedsideError {
  try {
    const request = read(body);
    check(strict, "admission", request);
    return request;
  } catch (error) {
    if (error instanceof BedsideError) return error;
    throw error;
  }
}
