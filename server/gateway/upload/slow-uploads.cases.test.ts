import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { beatSamples, kaggleRow } from "../../../testing/beat-csv.ts";
import { createFakeRows } from "../../../testing/classify/fake-rows.ts";
import { openGateway } from "../../../testing/gateway/gateway.ts";
import type { ClassifyLimits } from "../routes/classify.ts";

const ROW = `${kaggleRow(beatSamples(1), 2)}\n`;
const FORM_TYPE = "multipart/form-data; boundary=X";
/** The least rate of a window, shortened; a place is given up after 150 ms of slowness. */
const LIMITS = { windowMs: 600, windowBytes: 16_384, tickMs: 20, graceMs: 150, waitMs: 5000 };

interface Answer {
  readonly status: number | undefined;
  readonly body: string;
}

async function gateway(limits: Partial<ClassifyLimits> = {}, before?: () => Promise<void>) {
  const { url } = await openGateway({
    openRows: async () => createFakeRows(before),
    classifyLimits: { ...LIMITS, ...limits },
  });
  const open = (headers: Record<string, string> = {}): { request: ClientRequest; answer: Promise<Answer> } => {
    const request = httpRequest(`${url}/api/classify`, {
      method: "POST",
      agent: false,
      headers: { "content-type": "text/csv", ...headers },
    });
    request.on("error", () => {});
    onTestFinished(() => void request.destroy());
    const answered = async (): Promise<Answer> => {
      const [response] = (await once(request, "response")) as [IncomingMessage];
      return { status: response.statusCode, body: await text(response) };
    };
    return { request, answer: answered() };
  };
  const trickle = (headers?: Record<string, string>, first = ROW): Promise<Answer> => {
    const { request, answer } = open(headers);
    request.write(first);
    const timer = setInterval(() => request.write("0"), 30);
    onTestFinished(() => clearInterval(timer));
    return answer;
  };
  const whole = (): Promise<Answer> => {
    const { request, answer } = open();
    request.end(ROW);
    return answer;
  };
  return { url, open, trickle, whole };
}

test("while four uploads come a byte at a time, others are answered", async () => {
  const { trickle, whole } = await gateway({ windowMs: 60_000 });
  const slow = Array.from({ length: 4 }, () => trickle());
  await sleep(50);
  const honest = await Promise.all(Array.from({ length: 8 }, whole));
  expect(honest.map(({ status }) => status)).toEqual(Array(8).fill(200));
  const given = await Promise.race(slow);
  expect(given).toMatchObject({ status: 408, body: expect.stringMatching(/UPLOAD_STALLED.*others wait/) });
});

test.each([
  ["a file", {}, ROW],
  [
    "a form",
    { "content-type": FORM_TYPE },
    '--X\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n',
  ],
  ["a form's head", { "content-type": FORM_TYPE }, "--X\r\nContent-Disposition: "],
])("%s below the least rate is given up, though it is alone", async (_name, headers, first) => {
  const { trickle } = await gateway();
  const { status, body } = await trickle(headers, first);
  expect(status).toBe(408);
  expect(JSON.parse(body)).toEqual({
    error: { code: "UPLOAD_STALLED", message: "less than 16384 bytes came in 0.6 s: send the file again" },
  });
});

test("an answer that nobody reads is given up, and its place with it", async () => {
  const { url, whole } = await gateway({ requests: 1, graceMs: 60_000, waitMs: 50_000 });
  const request = httpRequest(`${url}/api/classify?format=ndjson`, {
    method: "POST",
    headers: { "content-type": "text/csv" },
  });
  request.on("error", () => {});
  onTestFinished(() => void request.destroy());
  const responses = once(request, "response") as Promise<[IncomingMessage]>;
  // More than the sockets of both sides take.
  const part = `1${",0".repeat(186)}\n`.repeat(1000);
  for (let i = 0; i < 100; i++) if (!request.write(part)) await once(request, "drain");
  request.end();
  const [response] = await responses;
  response.pause();
  expect((await whole()).status).toBe(200);
  expect(await text(response).catch((error: Error) => error.message)).toBe("aborted");
}, 60_000);

test("one that comes at a fair rate keeps its place, however many wait", async () => {
  const { open, whole } = await gateway({ requests: 1, waitMs: 400, fairBytesPerS: 20_000 });
  const { request, answer } = open();
  const sending = setInterval(() => request.write(ROW), 10);
  await sleep(50);
  expect(await whole()).toMatchObject({ status: 503, body: expect.stringContaining("BUSY") });
  clearInterval(sending);
  request.end();
  expect(await answer).toMatchObject({ status: 200 });
});

test("time that the gateway takes is not the client's", async () => {
  const { open } = await gateway({}, () => sleep(1500));
  const { request, answer } = open();
  request.end(ROW);
  expect((await answer).status).toBe(200);
});

test("an upload has so much time in all", async () => {
  const { open } = await gateway({ totalMs: 300 });
  const { request, answer } = open();
  const sending = setInterval(() => request.write(ROW), 10);
  onTestFinished(() => clearInterval(sending));
  expect(await answer).toMatchObject({ status: 408, body: expect.stringContaining("took more than 0.3 s") });
});

test("who waits for a place and goes leaves no trace", async () => {
  const { open, whole } = await gateway({ requests: 1, graceMs: 60_000, windowMs: 60_000, waiting: 1, waitMs: 60_000 });
  const first = open();
  first.request.write(ROW);
  await sleep(50);
  const waits = open();
  waits.answer.catch(() => {});
  waits.request.write(ROW);
  await sleep(50);
  expect((await whole()).status).toBe(503);
  waits.request.destroy();
  await sleep(50);
  const next = whole();
  await sleep(50);
  first.request.end();
  expect((await first.answer).status).toBe(200);
  expect((await next).status).toBe(200);
});
