import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { existsSync } from "node:fs";
import path from "node:path";
import { refuse } from "../http-error.ts";

/** Files whose names carry a hash of what is in them never change. */
const HASHED = `${path.sep}assets${path.sep}`;

/** Pages of the dashboard with a path of their own: the same document, which reads the path (client/controllers/route.ts). */
const PAGES = ["model", "upload"];

/** The built dashboard, and at / a word on how to build it where there is none. */
export async function dashboardRoutes(app: FastifyInstance, clientDir: string): Promise<void> {
  if (!existsSync(path.join(clientDir, "index.html"))) {
    for (const page of ["", ...PAGES]) {
      app.get(`/${page}`, (_request, reply) => refuse(reply, 404, "the dashboard is not built: run `npm run build`"));
    }
    return;
  }
  await app.register(fastifyStatic, {
    root: path.resolve(clientDir),
    cacheControl: false,
    // The client's build has laid them there.
    preCompressed: true,
    setHeaders: (reply, file) => {
      reply.setHeader("cache-control", file.includes(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  for (const page of PAGES) {
    app.get(`/${page}`, (_request, reply) => reply.sendFile("index.html"));
    app.get(`/${page}/`, (_request, reply) => reply.redirect(`../${page}`));
  }
}
