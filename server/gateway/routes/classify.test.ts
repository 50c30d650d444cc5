import { expect, test } from "vitest";
import type { TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { beatSamples, kaggleRow } from "../../../testing/beat-csv.ts";
import {
  type ClassifyEvent,
  ClassifyEventSchema,
  type ClassifyResult,
  ClassifyResultSchema,
} from "../../../contracts/classify-api.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import { createFakeRows, fakeClass } from "../../../testing/classify/fake-rows.ts";
import { openGateway } from "../../../testing/gateway/gateway.ts";
import type { AppOptions } from "../app.ts";

const labelled = (i: number): string => {
  const samples = beatSamples(i);
  return kaggleRow(samples, fakeClass(samples.findLastIndex((value) => value !== 0)));
};
const CSV = Array.from({ length: 600 }, (_, i) => (i === 300 ? "text" : labelled(i))).join("\r\n");
const check = <T>(schema: TSchema, value: unknown): T => {
  expect([...Compile(schema).Errors(value)]).toEqual([]);
  return value as T;
};

async function gatewayWith(options: Partial<AppOptions> = {}) {
  const rows = createFakeRows();
  const gateway = await openGateway({ openRows: async () => rows, ...options });
  const post = (payload: string | Buffer, headers: Record<string, string> = {}, query = "") =>
    gateway.app.inject({
      method: "POST",
      url: `/api/classify${query}`,
      headers: { "content-type": "text/csv", ...headers },
      payload,
    });
  return { ...gateway, rows, post };
}

test("a CSV as the body: every row with its class, refused rows with the reason, totals and scores", async () => {
  const { post, rows } = await gatewayWith();
  const response = await post(CSV);
  expect(response.statusCode).toBe(200);
  const result = check<ClassifyResult>(ClassifyResultSchema, response.json());
  expect(result.rows).toHaveLength(599);
  expect(result.rows.every(({ beatClass, label }) => beatClass === label)).toBe(true);
  expect(result.rejected).toEqual([{ row: 301, reason: "1 cell, where this file's rows have 188" }]);
  expect(result.counts).toMatchObject({ rows: 599, rejected: 1 });
  expect(result.metrics).toMatchObject({ rows: 599, accuracy: 1, macroF1: 1 });
  expect(result.model).toEqual({ name: "fake", hash: "fake00000000", engine: "fake" });
  expect(rows.calls).toEqual([256, 256, 87]);
});

test("a form's field file gives the same, over a socket", async () => {
  const { post, url } = await gatewayWith();
  const form = new FormData();
  form.append("note", "before the file");
  form.append("file", new Blob([CSV], { type: "application/vnd.ms-excel" }), "beats.csv");
  form.append("after", "x");
  const response = await fetch(`${url}/api/classify`, { method: "POST", body: form });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual((await post(CSV)).json());
});

test("NDJSON tells the same as it goes on", async () => {
  const { post } = await gatewayWith();
  const response = await post(CSV, { accept: "application/x-ndjson" });
  expect(response.headers["content-type"]).toBe("application/x-ndjson; charset=utf-8");
  const events = response.body
    .trim()
    .split("\n")
    .map((line) => check<ClassifyEvent>(ClassifyEventSchema, JSON.parse(line)));
  const whole = (await post(CSV)).json<ClassifyResult>();
  expect(events.flatMap((event) => (event.event === "rows" ? event.rows : []))).toEqual(whole.rows);
  expect(events.flatMap((event) => (event.event === "rejected" ? event.rejected : []))).toEqual(whole.rejected);
  expect(events[0]).toEqual({ event: "start", model: whole.model, bytes: CSV.length });
  expect(events.at(-1)).toEqual({ event: "end", counts: whole.counts, metrics: whole.metrics });
  const progress = events.flatMap((event) => (event.event === "progress" ? event.rows + event.rejected : []));
  expect(progress).toHaveLength(3);
  expect(progress.at(-1)).toBe(600);
});

test("as a CSV, by the query or by Accept", async () => {
  const { post } = await gatewayWith();
  const response = await post(CSV, {}, "?format=csv");
  expect(response.headers).toMatchObject({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="classified.csv"',
  });
  expect(response.body.trim().split("\r\n")).toHaveLength(601);
  expect((await post(CSV, { accept: "text/csv" })).body).toBe(response.body);
});

const form = (name: string, disposition: string, end = "--") => ({
  headers: { "content-type": "multipart/form-data; boundary=X" },
  payload: `--X\r\nContent-Disposition: form-data; name="${name}"${disposition}\r\n\r\n${labelled(1)}\r\n--X${end}\r\n`,
});
test.each([
  ["nothing", "", {}, 422, "BAD_CSV"],
  ["a header alone", Array(188).fill("x").join(), {}, 422, "BAD_CSV"],
  ["an image", Buffer.from([0x89, 0x50, 0, 0, 1, 2, 3]), {}, 422, "BAD_CSV"],
  ["gzip", Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), {}, 422, "BAD_CSV"],
  ["a compressed body", CSV, { "content-encoding": "gzip" }, 415, "UNSUPPORTED_TYPE"],
  ["JSON", "{}", { "content-type": "application/json" }, 415, "UNSUPPORTED_TYPE"],
  ["another type", "{}", { "content-type": "image/png" }, 415, "UNSUPPORTED_TYPE"],
  ["a form without boundary", "x", { "content-type": "multipart/form-data" }, 400, "BAD_UPLOAD"],
  ["a form that is none", "x", { "content-type": "multipart/form-data; boundary=X" }, 400, "BAD_UPLOAD"],
  ["a file under another name", form("csv", '; filename="a.csv"').payload, form("", "").headers, 400, "BAD_UPLOAD"],
  ["text in place of a file", form("file", "").payload, form("", "").headers, 400, "BAD_UPLOAD"],
  ["a form that breaks off", form("file", '; filename="a.csv"', "").payload, form("", "").headers, 400, "BAD_UPLOAD"],
  ["a field named to harm", form("__proto__", '; filename="a"').payload, form("", "").headers, 400, "BAD_UPLOAD"],
  ["a page elsewhere", CSV, { origin: "https://elsewhere.example" }, 403, "FORBIDDEN"],
  ["a page without an origin to tell", CSV, { origin: "null" }, 403, "FORBIDDEN"],
  ["a host by another name", CSV, { host: "rebound.example" }, 421, "UNKNOWN_HOST"],
])("%s is refused, by a code", async (_name, payload, headers, status, code) => {
  const { post } = await gatewayWith();
  const response = await post(payload, headers as Record<string, string>);
  expect(response.json()).toEqual({ error: { code, message: expect.stringMatching(/./) } });
  expect(response.statusCode).toBe(status);
});

test("an unknown format is a 400 that names the field", async () => {
  const { post } = await gatewayWith();
  const response = await post(CSV, {}, "?format=xml");
  expect(response.json()).toEqual({ error: { code: "BAD_REQUEST", message: expect.stringMatching(/format/) } });
});

test("the gateway's own pages may, and those of ALLOWED_ORIGINS", async () => {
  const { post } = await gatewayWith();
  expect((await post(CSV, { origin: "http://localhost:80", host: "localhost:80" })).statusCode).toBe(200);
});

test.each(["application/json", "application/x-ndjson", "text/csv"])(
  "a file without a row that can be taken is one error, not an answer without rows (%s)",
  async (accept) => {
    const { post } = await gatewayWith();
    const rows = Array(600).fill(Array(188).fill("7").join()).join("\n");
    const response = await post(rows, { accept });
    expect(response.statusCode).toBe(422);
    const message = expect.stringMatching(/all of its 600 rows were refused \(line 1: cell 1 is 7, outside 0 to 1/);
    expect(response.json()).toEqual({ error: { code: "BAD_CSV", message } });
    expect((await post(`text\n${rows}\n${labelled(1)}`, { accept })).statusCode).toBe(200);
  },
);

test("a continuous recording is one line that says what to do", async () => {
  const { post } = await gatewayWith();
  const response = await post("512\n".repeat(300_000), { accept: "application/x-ndjson" });
  expect(response.statusCode).toBe(422);
  expect(response.body.length).toBeLessThan(400);
  expect(response.json()).toMatchObject({ error: { message: expect.stringMatching(/continuous recording.*WFDB/) } });
});

test("too many rows: an error's status; in an answer that has begun, its last event", async () => {
  const { post } = await gatewayWith({ classifyLimits: { maxRows: 500 } });
  const error = { code: "TOO_LARGE", message: "the file has more than 500 rows: give it in parts" };
  const response = await post(CSV);
  expect(response.statusCode).toBe(413);
  expect(response.json()).toEqual({ error });
  const ndjson = await post(CSV, { accept: "application/x-ndjson" });
  expect(ndjson.statusCode).toBe(200);
  expect(JSON.parse(ndjson.body.trim().split("\n").at(-1) ?? "")).toEqual({ event: "error", error });
});

test("without a model, and where the classifier fails: 503 and 500 that do not tell the inside", async () => {
  const none = await gatewayWith({
    openRows: () => Promise.reject(new BedsideError("BAD_MODEL", "secret/folder is missing")),
  });
  const refused = await none.post(CSV);
  expect(refused.statusCode).toBe(503);
  expect(refused.json()).toEqual({ error: { code: "NO_MODEL", message: expect.not.stringContaining("secret") } });
  const failing = createFakeRows(() => Promise.reject(new Error("secret of the engine")));
  const broken = await gatewayWith({ openRows: async () => failing });
  const failed = await broken.post(CSV);
  expect(failed.statusCode).toBe(500);
  expect(failed.json()).toEqual({ error: { code: "INTERNAL", message: expect.not.stringContaining("secret") } });
});
