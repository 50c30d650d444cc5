import type { FastifyInstance } from "fastify";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { asyncApi } from "../../../contracts/asyncapi/asyncapi.ts";
import { refuse } from "../http-error.ts";
import { DOCS_PAGE } from "./page.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");
const CONTRACTS = path.join(ROOT, "contracts");

/** Files beside the documents, and their types. */
const FILES = new Map([
  ["frame.proto", { file: path.join(CONTRACTS, "frame.proto"), type: "text/plain; charset=utf-8" }],
  ["trace.proto", { file: path.join(CONTRACTS, "trace.proto"), type: "text/plain; charset=utf-8" }],
  ["docs.css", { file: path.join(import.meta.dirname, "docs.css"), type: "text/css; charset=utf-8" }],
]);

export const { version } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")) as { version: string };

/** /docs: what programs can ask of the gateway and the bus, as a page, as AsyncAPI and as OpenAPI. */
export function documentRoutes(app: FastifyInstance, partitions: number, openApi: () => object): void {
  const documents = new Map<string, () => object>([
    ["asyncapi.json", () => asyncApi({ version, partitions })],
    ["openapi.json", openApi],
  ]);

  app.get("/docs", (_request, reply) => reply.type("text/html; charset=utf-8").send(DOCS_PAGE));

  app.get<{ Params: { file: string } }>("/docs/:file", async ({ params }, reply) => {
    const document = documents.get(params.file);
    if (document) return document();
    const found = FILES.get(params.file);
    if (!found)
      return refuse(reply, 404, `no document of this name: ${[...documents.keys(), ...FILES.keys()].join(", ")}`);
    return reply.type(found.type).send(await readFile(found.file));
  });
}
