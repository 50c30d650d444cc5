import { expect, test } from "vitest";
import { commandCodec } from "../../../contracts/codec.ts";
import type { Command } from "../../../contracts/command.ts";
import { HEADERS, TOPICS } from "../../../contracts/topics.ts";
import { alarmEventAt, alarmMessage } from "../../../testing/gateway/alarms.ts";
import { openGateway, until } from "../../../testing/gateway/gateway.ts";
import { frameAt, frameMessage } from "../../../testing/gateway/messages.ts";

const SILENCE = { id: "command-1", action: "silence", by: "Nurse A" };

async function wardOfOne() {
  const gateway = await openGateway();
  const { bus, app } = gateway;
  const commands: Command[] = [];
  const traces: (string | undefined)[] = [];
  await bus.subscribe({
    group: "test",
    topics: [TOPICS.commands],
    from: "earliest",
    credits: 100,
    onMessage: ({ key, value, headers }) => {
      traces.push(headers[HEADERS.traceparent]);
      const command = commandCodec.decode(value);
      expect(key).toBe(command.bed);
      commands.push(command);
    },
    onError: (error) => expect.unreachable(error.message),
  });
  await bus.publish([frameMessage(frameAt("b1", 0))]);
  await until(async () => (await app.inject("/api/beds/b1")).statusCode === 200);
  const post = (payload: object | string, bed = "b1", headers: Record<string, string> = {}) =>
    app.inject({
      method: "POST",
      url: `/api/beds/${bed}/commands`,
      headers: { "content-type": "application/json", ...headers },
      payload: typeof payload === "string" ? payload : JSON.stringify(payload),
    });
  return { ...gateway, commands, traces, post };
}

test("a command is taken, stamped with its time, and on its way to who watches the bed", async () => {
  const { post, commands } = await wardOfOne();
  const seen = { id: "b1/e1/asystole/500", version: 2 };
  const before = Date.now();
  const answer = await post({ ...SILENCE, action: "acknowledge", alarm: seen, reason: "seen" });
  expect([answer.statusCode, answer.json()]).toEqual([202, { id: "command-1", bed: "b1" }]);
  await post(SILENCE);
  await until(() => commands.length === 2);
  expect(commands).toMatchObject([
    { id: "command-1", bed: "b1", action: "acknowledge", alarm: seen, by: "Nurse A", reason: "seen" },
    { action: "silence", alarm: null, reason: null },
  ]);
  expect(commands[0].atMs).toBeGreaterThanOrEqual(before);
});

test("a command is part of the trace of who gives it; a traceparent that is none is not passed on", async () => {
  const { post, traces } = await wardOfOne();
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  await post(SILENCE, "b1", { traceparent });
  await post({ ...SILENCE, id: "command-2" }, "b1", { traceparent: "00-nonsense" });
  await until(() => traces.length === 2);
  expect(traces).toEqual([traceparent, undefined]);
});

test.each([
  ["another action", { ...SILENCE, action: "off" }, 400, /command\/action/],
  ["nobody's", { ...SILENCE, by: " " }, 400, /command\/by/],
  ["a name too long", { ...SILENCE, by: "x".repeat(65) }, 400, /command\/by/],
  ["without an id", { action: "silence", by: "x" }, 400, /command/],
  ["a field more", { ...SILENCE, bed: "b2" }, 400, /command/],
  ["an alarm without version", { ...SILENCE, alarm: { id: "x" } }, 400, /command\/alarm/],
  ["no JSON", "{", 400, /JSON/],
  ["too large", { ...SILENCE, reason: "x".repeat(5000) }, 413, /large/],
])("%s is refused in one line, and nothing goes out", async (_name, body, status, message) => {
  const { post, commands } = await wardOfOne();
  const answer = await post(body);
  expect([answer.statusCode, answer.json()]).toEqual([
    status,
    { error: { code: expect.any(String), message: expect.stringMatching(message) } },
  ]);
  expect(commands).toEqual([]);
});

test("an unknown bed is a 404, a page elsewhere a 403, another type a 415", async () => {
  const { post, commands } = await wardOfOne();
  expect((await post(SILENCE, "b9")).statusCode).toBe(404);
  expect((await post(SILENCE, "b1", { origin: "https://elsewhere.example" })).statusCode).toBe(403);
  expect((await post(SILENCE, "b1", { "content-type": "text/csv" })).statusCode).toBe(415);
  expect((await post(SILENCE, "b1", { origin: "http://localhost:80", host: "localhost:80" })).statusCode).toBe(202);
  await until(() => commands.length === 1);
});

test("alarms are listed by bed while they are not cleared, with silence and pause", async () => {
  const { bus, app } = await wardOfOne();
  const silence = { sinceMs: 1e12, untilMs: 1e12 + 120_000, by: "Nurse A" };
  const first = alarmEventAt("b1", "asystole", 500);
  const event = { ...first, sequence: 2, silence };
  const cleared = alarmEventAt("b2", "couplet", 500, { step: "cleared", alarm: { state: "cleared" } });
  // What a worker sends twice is one.
  await bus.publish([first, first, event, cleared].map(alarmMessage));
  const list = async () => (await app.inject("/api/alarms")).json<{ beds: { silence: unknown }[] }>().beds;
  await until(async () => (await list())[0]?.silence !== null && (await list()).length > 0);
  expect(await list()).toEqual([
    { bed: "b1", timeMs: event.timeMs, clockMs: event.clockMs, silence, pause: null, alarms: [event.alarm] },
  ]);
  const { alarms, alarmEvents } = (await app.inject("/api/beds/b1")).json<Record<string, unknown[]>>();
  expect(alarms).toEqual((await list())[0]);
  expect(alarmEvents).toHaveLength(2);
});
