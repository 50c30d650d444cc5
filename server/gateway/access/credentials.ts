import type { FastifyReply, FastifyRequest } from "fastify";
import { TICKET_PROTOCOL } from "../../../contracts/session.ts";
import type { Access } from "../../access/access.ts";
import type { Principal } from "../../access/principal.ts";

export const PLAIN = "bedside-session";
/** A browser takes a cookie of such a name from this host alone, over TLS alone. */
const SECURE = "__Host-bedside-session";

/** Whom a request's bearer names, or else its session. A cookie comes by itself, from other pages, too: `byCookie` tells it. */
export async function whoAsks(
  access: Access,
  { headers, cookies }: FastifyRequest,
): Promise<{ who: Principal | null; byCookie: boolean }> {
  const bearer = bearerIn(headers.authorization);
  if (bearer !== null) return { who: await access.ofBearer(bearer), byCookie: false };
  const session = cookies[SECURE] ?? cookies[PLAIN];
  return { who: session === undefined ? null : await access.ofSession(session), byCookie: true };
}

/** Whom a handshake names: by a ticket, which a page has to fetch, or as a bearer. Its cookie does not count: browsers send it whatever page asks. */
export async function whoConnects(access: Access, { headers }: FastifyRequest): Promise<Principal | null> {
  const offered = (headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  const ticket = offered.find((name) => name.startsWith(TICKET_PROTOCOL));
  if (ticket !== undefined) return access.ofTicket(ticket.slice(TICKET_PROTOCOL.length));
  const bearer = bearerIn(headers.authorization);
  return bearer === null ? null : access.ofBearer(bearer);
}

/** Where the browser says that its page came by TLS, the cookie goes by nothing else. */
export function giveSession(request: FastifyRequest, reply: FastifyReply, session: string, untilMs: number): void {
  const secure = isSecure(request);
  reply.setCookie(secure ? SECURE : PLAIN, session, {
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure,
    expires: new Date(untilMs),
  });
}

export function takeSession(reply: FastifyReply): void {
  reply.clearCookie(PLAIN, { path: "/", httpOnly: true, sameSite: "strict" });
  reply.clearCookie(SECURE, { path: "/", httpOnly: true, sameSite: "strict", secure: true });
}

/** TLS is spoken by a proxy before the gateway; a browser names the scheme in the Origin of what it posts. */
const isSecure = ({ headers, protocol }: FastifyRequest): boolean =>
  headers.origin?.startsWith("https://") === true || protocol === "https";

function bearerIn(header: string | undefined): string | null {
  return /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(header ?? "")?.[1] ?? null;
}
