import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { beatSamples, kaggleRow } from "../../../testing/beat-csv.ts";
import type { ClassifyResult } from "../../../contracts/classify-api.ts";
import { createFakeRows } from "../../../testing/classify/fake-rows.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import type { ClassifyLimits } from "./classify.ts";

/** 64 rows of 4.7 KB. */
const PIECE = Buffer.from(`${Array.from({ length: 64 }, (_, i) => kaggleRow(beatSamples(i))).join("\n")}\n`);
const FORM_HEAD = '--X\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
const FORM_TYPE = "multipart/form-data; boundary=X";

async function gateway(classifyLimits: Partial<ClassifyLimits> = {}, before?: () => Promise<void>) {
  const rows = createFakeRows(before);
  const { url } = await openGateway({ openRows: async () => rows, classifyLimits });
  const open = (headers: Record<string, string> = {}): ClientRequest => {
    const request = httpRequest(`${url}/api/classify`, {
      method: "POST",
      headers: { "content-type": "text/csv", ...headers },
    });
    request.on("error", () => {});
    onTestFinished(() => void request.destroy());
    return request;
  };
  return { rows, open, url };
}

async function answer(request: ClientRequest): Promise<{ status: number | undefined; body: string }> {
  const [response] = (await once(request, "response")) as [IncomingMessage];
  return { status: response.statusCode, body: await text(response) };
}

async function writeAll(request: ClientRequest, pieces: number): Promise<void> {
  for (let i = 0; i < pieces; i++) if (!request.write(PIECE)) await once(request, "drain");
}

test.each(["text/csv", FORM_TYPE])(
  "a client that goes while it sends (%s) ends the work and frees its place",
  async (type) => {
    const { rows, open } = await gateway({ requests: 1, waitMs: 0 });
    const request = open({ "content-type": type });
    if (type === FORM_TYPE) request.write(FORM_HEAD);
    await writeAll(request, 30);
    await until(() => rows.calls.length > 3);
    const busy = await answer(open().end(PIECE));
    expect(busy).toMatchObject({ status: 503, body: expect.stringContaining('"BUSY"') });
    request.destroy();
    await until(async () => (await answer(open().end(PIECE))).status === 200);
  },
);

test("a client that goes while it is answered ends the work", async () => {
  const { rows, open } = await gateway({ requests: 1, waitMs: 0 }, () => sleep(20));
  const request = open({ accept: "application/x-ndjson" });
  void writeAll(request, 200).then(() => request.end());
  const [response] = (await once(request, "response")) as [IncomingMessage];
  await once(response, "data");
  request.destroy();
  await until(async () => (await answer(open().end(PIECE))).status === 200);
  const calls = rows.calls.length;
  await sleep(100);
  expect(rows.calls.length).toBe(calls);
  expect(calls).toBeLessThan(50);
});

test("a slow classifier slows the sender down", async () => {
  let go = (): void => {};
  const stopped = new Promise<void>((resolve) => (go = resolve));
  const { open } = await gateway({}, () => stopped);
  const request = open();
  let written = 0;
  const pieces = 150;
  const writing = (async () => {
    for (; written < pieces; written++) if (!request.write(PIECE)) await once(request, "drain");
    request.end();
  })();
  await sleep(300);
  // 45 MB; what the sockets of both sides take is not half of it.
  expect(written).toBeLessThan(pieces / 2);
  go();
  const [{ status, body }] = await Promise.all([answer(request), writing]);
  expect(status).toBe(200);
  expect((JSON.parse(body) as ClassifyResult).rows).toHaveLength(64 * pieces);
});

test("a client that reads nothing before it has sent everything is not left waiting", async () => {
  const { open } = await gateway();
  const rows = 60_000;
  const part = Buffer.from(`1${",0".repeat(186)}\n`.repeat(1000));
  const request = open({ accept: "application/x-ndjson" });
  const responses = once(request, "response") as Promise<[IncomingMessage]>;
  for (let i = 0; i < rows / 1000; i++) if (!request.write(part)) await once(request, "drain");
  request.end();
  const body = await text((await responses)[0]);
  expect(body.length).toBeGreaterThan(5_000_000);
  expect(body.trim().split("\n").at(-1)).toContain(`"end","counts":{"rows":${rows}`);
});

test.each([{}, { "content-type": FORM_TYPE }])("a refusal reaches a client that has more to send: %o", async (type) => {
  const { open } = await gateway({ maxRows: 100 });
  const request = open(type);
  const refused = answer(request);
  if ("content-type" in type) request.write(FORM_HEAD);
  await writeAll(request, 100);
  request.end();
  expect(await refused).toMatchObject({ status: 413, body: expect.stringContaining('"TOO_LARGE"') });
});

test("too many bytes: at once where the length is told, else when they have come", async () => {
  const { open } = await gateway({ maxBytes: 500_000 });
  const told = open({ "content-length": "100000000" });
  told.flushHeaders();
  expect(await answer(told)).toMatchObject({ status: 413, body: expect.stringContaining('"TOO_LARGE"') });
  const untold = open();
  const refused = answer(untold);
  await writeAll(untold, 10);
  untold.end();
  expect(await refused).toMatchObject({ status: 413, body: expect.stringContaining("500,000 bytes") });
});

test.each([{}, { "content-type": FORM_TYPE }])(
  "an upload from which nothing more comes is given up: %o",
  async (type) => {
    const { open } = await gateway({ windowMs: 100, tickMs: 10 });
    const request = open(type);
    if ("content-type" in type) request.write(FORM_HEAD);
    request.write(PIECE);
    expect(await answer(request)).toMatchObject({ status: 408, body: expect.stringContaining('"UPLOAD_STALLED"') });
  },
);
