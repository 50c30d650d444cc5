import type { FastifyInstance } from "fastify";
import { ApiErrorSchema } from "../../../contracts/api.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { type ProvenanceQuery, ProvenanceQuerySchema, ProvenanceSchema } from "../../../contracts/provenance.ts";
import type { Classifier } from "../../../model/classifier.ts";
import type { History } from "../../history/history.ts";
import { type PolicyOf, provenanceOf } from "../../provenance/provenance-of.ts";
import { refuse } from "../http-error.ts";
import { isOff } from "./history.ts";

/** Each takes some tenths of a second of processor time: so many wait at the most, one is made at a time. */
const MOST_WAITING = 8;

export interface ProvenanceRouteOptions {
  /** Null where none is kept. */
  readonly history: History | null;
  readonly policyOf: PolicyOf;
  readonly openClassifier: () => Promise<Classifier>;
}

/** GET /api/provenance, as contracts/provenance.ts has it. */
export function provenanceRoute(
  app: FastifyInstance,
  { history, openClassifier, policyOf }: ProvenanceRouteOptions,
): void {
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();
  app.get<{ Querystring: ProvenanceQuery }>(
    "/api/provenance",
    {
      schema: {
        querystring: ProvenanceQuerySchema,
        response: { 200: ProvenanceSchema, 404: ApiErrorSchema, 503: ApiErrorSchema },
      },
    },
    async ({ query: { beat } }, reply) => {
      if (!history) return isOff(reply);
      if (waiting >= MOST_WAITING) return refuse(reply, 503, "other beats are being explained: ask again", "BUSY");
      waiting++;
      const mine = turn.then(() => provenanceOf(beat, history, openClassifier, policyOf));
      turn = mine.catch(() => {}).finally(() => waiting--);
      try {
        return (
          (await mine) ??
          refuse(reply, 404, `beat ${beat} is not kept here: it may be older than what history reaches back to`)
        );
      } catch (error) {
        if (!(error instanceof BedsideError)) throw error;
        return refuse(reply, 503, error.message);
      }
    },
  );
}
