import type { FastifyInstance } from "fastify";
import { readFile } from "node:fs/promises";
import { ApiErrorSchema } from "../../../contracts/api.ts";
import { REPORT_PATH, ReportSchema } from "../../../contracts/report.ts";
import { refuse } from "../http-error.ts";

/** GET /api/report: what `npm run report` wrote, read anew each time, so that a report made meanwhile is shown. */
export function reportRoute(app: FastifyInstance, file: string | null): void {
  const schema = { response: { 200: ReportSchema, 404: ApiErrorSchema } };
  app.get(REPORT_PATH, { schema }, async (_request, reply) => {
    const text = file === null ? null : await readFile(file, "utf8").catch(() => null);
    if (text === null) return refuse(reply, 404, "no report was made: run npm run report");
    return reply.header("cache-control", "no-cache").send(JSON.parse(text));
  });
}
