import type { FastifyInstance } from "fastify";

/**
 * Nothing that a process answers is to stay in a browser's or a proxy's cache: it is of patients, or of this moment. A route whose
 * answers may, such as files of the page, says so itself.
 */
export function keepAnswersPrivate(app: FastifyInstance): void {
  app.addHook("onSend", async (_request, reply) => {
    // Files are sent past the reply's own headers.
    if (!reply.hasHeader("cache-control") && !reply.raw.hasHeader("cache-control"))
      reply.header("cache-control", "no-store");
  });
}
