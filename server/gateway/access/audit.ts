import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Access } from "../../access/access.ts";
import { accessOf } from "./route-access.ts";

/** Takes one entry of the audit trail. */
export interface AuditLog {
  info(entry: object, message: string): void;
}

/** What of a request's body says which command it was: neither names of patients nor what somebody wrote of them. */
const TOLD = ["id", "action", "record", "drift", "speed"] as const;
const TOLD_CHARACTERS = 400;

/** Refusals of whoever may not ask, on whatever route. */
const REFUSALS: readonly number[] = [401, 403, 421];

/**
 * Each command and each sign-in, taken or refused, and whatever else was asked by who may not, is told to who keeps the trail, after it was
 * answered. Where nobody need sign in, `trail` also gets what who asks calls themselves; the log, which more people read, does not.
 */
export function audit(app: FastifyInstance, trail: AuditLog | null, access: Access | null): void {
  const log = trail ?? app.log;
  app.addHook("onResponse", async (request, { statusCode }) => {
    const event = eventOf(request) ?? (REFUSALS.includes(statusCode) ? "refused" : null);
    if (event === null) return;
    const { who, ip, params, body } = request;
    const { bed } = (params ?? {}) as { bed?: string };
    log.info(
      {
        audit: event,
        who: who?.name ?? (event === "sign-in" ? tried(body, access) : trail && claimed(body)),
        role: who?.role ?? null,
        signedIn: who !== null,
        ip,
        // Its pattern: an address itself may have anything in it.
        route: `${request.method} ${request.routeOptions.url ?? "none"}`,
        bed: bed ?? null,
        // What is no command may have anything in it.
        ...(statusCode === 400 ? {} : toldOf(body)),
        status: statusCode,
      },
      "audit",
    );
  });
}

function eventOf({ method, routeOptions: { url } }: FastifyRequest): string | null {
  if (url === undefined || ["GET", "HEAD", "OPTIONS"].includes(method)) return null;
  if (url === "/api/session") return method === "POST" ? "sign-in" : "sign-out";
  return accessOf(method, url) === "operator" ? (url.split("/").at(-1) ?? url) : null;
}

function claimed(body: unknown): string | null {
  const { by } = record(body);
  return typeof by === "string" ? by.slice(0, 64) : null;
}

/** Whose password was tried; a name that is none may be a password that somebody wrote into the wrong field. */
function tried(body: unknown, access: Access | null): string | null {
  const { name } = record(body);
  return typeof name === "string" && access ? access.nameOf(name) : null;
}

function toldOf(body: unknown): Record<string, string | number> {
  const said = record(body);
  const told: Record<string, string | number> = {};
  for (const key of TOLD) {
    const value = said[key];
    if (typeof value === "number") told[key] = value;
    if (typeof value === "string") told[key] = value.slice(0, TOLD_CHARACTERS);
  }
  return told;
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
