import type { FastifyInstance } from "fastify";
import { ApiErrorSchema } from "../../../contracts/api.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import {
  type SignedIn,
  SessionSchema,
  type SignIn,
  SignInSchema,
  type Ticket,
  TicketSchema,
} from "../../../contracts/session.ts";
import type { Access } from "../../access/access.ts";
import type { Principal } from "../../access/principal.ts";
import { giveSession, takeSession } from "../access/credentials.ts";
import { refuse } from "../http-error.ts";
import { isAllowedOrigin } from "../origin.ts";

const BODY_BYTES = 2048;

export interface SessionRouteOptions {
  /** Null: nobody need sign in. */
  readonly access: Access | null;
  readonly allowedOrigins: readonly string[];
}

/** /api/session and /api/ticket, as contracts/session.ts has them. */
export function sessionRoutes(app: FastifyInstance, { access, allowedOrigins }: SessionRouteOptions): void {
  const refusals = { 401: ApiErrorSchema, 403: ApiErrorSchema, 404: ApiErrorSchema, 429: ApiErrorSchema };

  app.get("/api/session", { schema: { response: { 200: SessionSchema } } }, async ({ who }) => told(access, who));

  app.post<{ Body: SignIn }>(
    "/api/session",
    {
      schema: { body: SignInSchema, response: { 200: SessionSchema, ...refusals } },
      bodyLimit: BODY_BYTES,
      onRequest: async ({ headers }, reply) =>
        isAllowedOrigin(headers.origin, headers.host, allowedOrigins)
          ? undefined
          : refuse(reply, 403, "pages of this origin may sign nobody in: ALLOWED_ORIGINS lists those that may"),
    },
    async (request, reply) => {
      if (access?.way !== "password") return refuse(reply, 404, "nobody signs in by password here");
      const { name, password } = request.body;
      try {
        const signed = await access.signIn(name, password);
        if (!signed) return refuse(reply, 401, "name and password don't belong together");
        request.who = signed.who;
        giveSession(request, reply, signed.session, signed.who.untilMs);
        return told(access, signed.who);
      } catch (error) {
        if (!(error instanceof BedsideError)) throw error;
        return refuse(reply, error.code === "BUSY" ? 503 : 429, error.message, error.code);
      }
    },
  );

  app.delete("/api/session", { schema: { response: { 200: SessionSchema } } }, async ({ who, headers }, reply) => {
    // A bearer is no session: its program's next request has it, too.
    if (access && who && headers.authorization === undefined) access.signOut(who);
    takeSession(reply);
    return told(access, null);
  });

  app.post("/api/ticket", { schema: { response: { 200: TicketSchema, ...refusals } } }, async ({ who }) => {
    return { ticket: access && who ? await access.ticketFor(who) : null } satisfies Ticket;
  });
}

const told = (access: Access | null, who: Principal | null): SignedIn => ({
  signIn: access?.way ?? "none",
  who: who && { name: who.name, role: who.role, untilMs: who.untilMs },
});
