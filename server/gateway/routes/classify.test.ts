import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import Schema from "typebox/schema";
import { expect, test } from "vitest";
import { beatSamples, kaggleRow } from "../../../contracts/beat-csv/for-tests.ts";
import {
  type ClassifyEvent,
  ClassifyEventSchema,
  type ClassifyResult,
  ClassifyResultSchema,
} from "../../../contracts/classify.ts";
import { createFakeRows, fakeClass } from "../../classify/fake-for-tests.ts";
import { openGateway, until } from "../for-tests/gateway.ts";

void [httpRequest, Readable, Schema, fakeClass, until, ClassifyEventSchema, ClassifyResultSchema] as unknown;
const csv = Array.from({ length: 600 }, (_, i) => kaggleRow(beatSamples(i), i % 5)).join("\n");

test("csv body", async () => {
  const rows = createFakeRows();
  const { app } = await openGateway({ openRows: async () => rows });
  const response = await app.inject({
    method: "POST",
    url: "/api/classify",
    headers: { "content-type": "text/csv" },
    payload: csv,
  });
  console.log(
    response.statusCode,
    response.headers,
    response.body.slice(0, 300),
    response.body.slice(-1200),
    rows.calls,
  );
  const body = response.json<ClassifyResult>();
  expect(body.rows).toHaveLength(600);
  const nd = await app.inject({
    method: "POST",
    url: "/api/classify",
    headers: { "content-type": "text/csv", accept: "application/x-ndjson" },
    payload: csv,
  });
  const events = nd.body
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as ClassifyEvent);
  console.log(events.map((e) => e.event));
});
