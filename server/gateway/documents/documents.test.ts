import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { TOPIC_TABLE } from "../../../contracts/topics.ts";
import { openTestAccess } from "../../../testing/gateway/access.ts";
import { openGateway } from "../../../testing/gateway/gateway.ts";
import { routesOf, wholeGateway } from "../../../testing/gateway/routes.ts";
import { ROUTE_WORDS } from "./route-words.ts";

/** The gateway as it is without a built page has one route in the page's place. */
const WITHOUT_PAGE = "GET /";

interface Operation {
  readonly summary: string;
  readonly responses: Readonly<Record<string, object>>;
  readonly requestBody?: object;
  readonly security?: readonly object[];
}
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

async function openDocuments() {
  const { app } = await wholeGateway();
  const openApi = (await app.inject("/docs/openapi.json")).json<OpenApi>();
  return { app, openApi };
}

test("each route of a gateway is told what it is for, and no row is of a route that is none", async () => {
  const { app } = await openDocuments();
  const routes = routesOf(app);
  expect(routes.filter((route) => !(route in ROUTE_WORDS))).toEqual([]);
  expect(Object.keys(ROUTE_WORDS).filter((route) => !routes.includes(route))).toEqual([WITHOUT_PAGE]);
});

test("the OpenAPI document is one, and has each of those routes with its answers", async () => {
  const { openApi } = await openDocuments();
  const { valid, errors } = await new Validator().validate({ ...structuredClone(openApi) });
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  const documented = Object.entries(openApi.paths).flatMap(([address, operations]) =>
    Object.entries(operations).map(([method, { summary, responses }]) => {
      expect(summary.length).toBeGreaterThan(8);
      expect(Object.keys(responses).join(" "), `answers of ${address}`).toMatch(/\b[12]\d\d\b/);
      return `${method.toUpperCase()} ${address.replace(/\{(\w+)\}/g, ":$1")}`;
    }),
  );
  const told = Object.entries(ROUTE_WORDS).flatMap(([route, words]) => (words ? [route] : []));
  expect(documented.toSorted()).toEqual(told.toSorted());
  expect(openApi.paths["/api/beds/{bed}/commands"]["post"].requestBody).toBeDefined();
});

test("a document that is none is found", async () => {
  const { openApi } = await openDocuments();
  const { valid } = await new Validator().validate({ ...structuredClone(openApi), paths: { beds: {} } });
  expect(valid).toBe(false);
});

test("what it refers to is in it, and a schema stands in it once, without the contracts' own keywords", async () => {
  const { app, openApi } = await openDocuments();
  for (const text of [JSON.stringify(openApi), (await app.inject("/docs/asyncapi.json")).body]) {
    const document = JSON.parse(text) as object;
    const refs = [...text.matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path);
    expect(refs.length).toBeGreaterThan(10);
    for (const path of refs) {
      const found = path
        .split("/")
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
      expect(found, `what ${path} refers to`).toBeDefined();
    }
    expect(text).not.toMatch(/"\$id"|"growing":|"unknownAs":/);
  }
  expect(Object.keys(openApi.components.schemas)).toEqual(expect.arrayContaining(["Beat", "Bed", "Condition"]));
});

test("/docs names all topics and routes, and runs under the page's policy; others are refused by name", async () => {
  const { access } = await openTestAccess();
  const { app } = await openGateway({ access });
  const { body, headers, statusCode } = await app.inject("/docs");
  expect([statusCode, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  for (const { name } of Object.values(TOPIC_TABLE)) expect(body).toContain(`<code>${name}</code>`);
  for (const [route, words] of Object.entries(ROUTE_WORDS)) if (words) expect(body).toContain(`<code>${route}</code>`);
  expect(body).not.toMatch(/<script|<style|style=| on\w+=/);
  for (const [, link] of body.matchAll(/(?:href)="([^"]+)"/g)) {
    expect({ link, status: (await app.inject(`/${link}`)).statusCode }).toEqual({ link, status: 200 });
  }
  expect((await app.inject("/docs/frame.proto")).body).toContain("message Frame");
  const refused = await app.inject("/docs/secret.txt");
  expect([refused.statusCode, refused.body]).toEqual([404, expect.stringContaining("asyncapi.json")]);
});
