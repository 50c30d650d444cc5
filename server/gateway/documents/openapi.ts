import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifySchema } from "fastify";
import type { TSchema } from "typebox";
import { ApiErrorSchema } from "../../../contracts/api.ts";
import { PlainSchemas } from "../../../contracts/asyncapi/plain-schemas.ts";
import { PLAIN } from "../access/credentials.ts";
import { accessOf, type RouteAccess } from "../access/route-access.ts";
import { ROUTE_WORDS } from "./route-words.ts";

const SECURITY: Readonly<Record<RouteAccess, readonly object[]>> = {
  anybody: [],
  "signed-in": [{ cookie: [] }, { bearer: [] }],
  operator: [{ cookie: [] }, { bearer: [] }],
  socket: [{ bearer: [] }],
};

type Answers = Readonly<Record<string, TSchema | string>>;

/** Gives the OpenAPI document of the routes that are added from here on, of their own schemas and ROUTE_WORDS. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<() => object> {
  const schemas = new PlainSchemas();
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Bedside",
        version,
        description: "A gateway's HTTP routes. Not a medical device.",
        license: { name: "MIT", identifier: "MIT" },
      },
      components: {
        securitySchemes: {
          cookie: { type: "apiKey", in: "cookie", name: PLAIN, description: "POST /api/session" },
          bearer: { type: "http", scheme: "bearer" },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const method = String(route.method);
      const words = ROUTE_WORDS[`${method} ${url}`];
      if (!words) return { schema: { hide: true }, url };
      const access = accessOf(method, url) ?? "operator";
      const { params, querystring, body, response } = (schema ?? {}) as FastifySchema;
      const answers = { ...(response as Answers | undefined), ...words.answers, default: ApiErrorSchema };
      return {
        url,
        schema: {
          summary: words.says,
          description: access === "operator" ? "For operators, where a sign-in is asked for." : "",
          security: [...SECURITY[access]],
          ...plain({ params, querystring, body: body ?? words.body }, schemas),
          response: described(answers, schemas),
        } as FastifySchema,
      };
    },
  });
  return () => {
    const document = app.swagger() as { components?: object };
    return { ...document, components: { ...document.components, schemas: schemas.named } };
  };
}

/** Those that there are. */
function plain(parts: Readonly<Record<string, unknown>>, schemas: PlainSchemas): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([name, part]) => (part ? [[name, schemas.of(part as TSchema)]] : [])),
  );
}

function described(answers: Answers, schemas: PlainSchemas): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => [
      status,
      typeof answer === "string" ? { description: answer } : { description: "", ...(schemas.of(answer) as object) },
    ]),
  );
}
