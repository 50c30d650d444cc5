import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { BedsideError } from "../../../contracts/errors.ts";
import type { Access } from "../../access/access.ts";
import type { Principal } from "../../access/principal.ts";
import { refuse } from "../http-error.ts";
import { isAllowedOrigin } from "../origin.ts";
import { whoAsks, whoConnects } from "./credentials.ts";
import { accessOf } from "./route-access.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Who is signed in; null where nobody is, or need not be. */
    who: Principal | null;
  }
}

const CHANGES_NOTHING: readonly string[] = ["GET", "HEAD", "OPTIONS"];

/** Lets each route be asked for by whom route-access.ts says, before anything of the request is read. Without `access`: by everybody. */
export function guard(app: FastifyInstance, access: Access | null, allowedOrigins: readonly string[]): void {
  app.decorateRequest("who", null);
  if (!access) return;
  app.addHook("onRequest", async (request, reply) => {
    const { url: route } = request.routeOptions;
    // Nothing is there: it says so itself.
    if (route === undefined) return undefined;
    const wanted = accessOf(request.method, route);
    try {
      if (wanted === "socket") request.who = await whoConnects(access, request);
      else if (wanted !== "anybody" || route === "/api/session") {
        const { who, byCookie } = await whoAsks(access, request);
        if (who && byCookie && isForged(request, allowedOrigins))
          return refuse(reply, 403, "pages of this origin may change nothing: ALLOWED_ORIGINS lists those that may");
        request.who = who;
      }
    } catch (error) {
      if (!(error instanceof BedsideError)) throw error;
      request.log.error({ err: error.cause ?? error }, error.message);
      return refuse(reply, 503, error.message, error.code);
    }
    return wanted === "anybody" ? undefined : admit(request, reply, wanted);
  });
}

function admit(
  { who }: FastifyRequest,
  reply: FastifyReply,
  wanted: ReturnType<typeof accessOf>,
): FastifyReply | undefined {
  if (!who)
    return refuse(
      reply.header("www-authenticate", "Bearer"),
      401,
      "nobody is signed in: POST /api/session, or send a bearer token",
    );
  if (wanted === null) return refuse(reply, 403, "nobody may ask for this: route-access.ts has no row for it");
  if (wanted === "operator" && who.role !== "operator")
    return refuse(reply, 403, `operators alone may do this: ${who.name} is signed in as ${who.role}`);
  return undefined;
}

/** A page elsewhere that has the browser's cookie sent. SameSite=Strict keeps browsers from that; this is for those that don't know it. */
const isForged = ({ method, headers }: FastifyRequest, allowed: readonly string[]): boolean =>
  !CHANGES_NOTHING.includes(method) && !isAllowedOrigin(headers.origin, headers.host, allowed);
