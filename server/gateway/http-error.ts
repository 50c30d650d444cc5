import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";

/** The code of an error's body, by status. */
const CODES: Readonly<Record<number, string>> = {
  400: "BAD_REQUEST",
  401: "NOT_SIGNED_IN",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  409: "CONFLICT",
  413: "TOO_LARGE",
  415: "UNSUPPORTED_TYPE",
  421: "UNKNOWN_HOST",
  426: "UPGRADE_REQUIRED",
  429: "TOO_MANY_REQUESTS",
  503: "NOT_READY",
};

/** Sends { error: { code, message } }, the shape of every error this gateway answers with. */
export function refuse(reply: FastifyReply, status: number, message: string, code = codeOf(status)): FastifyReply {
  return reply.code(status).send({ error: { code, message } });
}

const codeOf = (status: number): string => CODES[status] ?? (status >= 500 ? "INTERNAL" : "BAD_REQUEST");

/** Every error becomes a JSON body; what went wrong inside stays in the log. */
export function handleErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuse(reply, status, error.message);
    request.log.error({ err: error }, "a request failed");
    return refuse(reply, status, "something went wrong inside: the gateway's log tells more");
  });
  app.setNotFoundHandler(({ method, url }, reply) => refuse(reply, 404, `nothing at ${method} ${url.slice(0, 200)}`));
}
