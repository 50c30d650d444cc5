import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { FastifyInstance } from "fastify";
import { expect, onTestFinished, test, vi } from "vitest";
import type { BusMessage } from "../../bus/bus.ts";
import { Outbox } from "../../bus/outbox/outbox.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { createMetrics } from "../metrics.ts";
import { simulatorHealth } from "./simulator-health.ts";

const MAX_BYTES = 16_000;

const frames = (count: number, bytes = 500): BusMessage[] =>
  Array.from({ length: count }, () => ({ topic: TOPICS.frames, key: "b1", value: new Uint8Array(bytes) }));

async function openOutbox(publish: (messages: readonly BusMessage[]) => Promise<void>): Promise<Outbox> {
  const dir = mkdtempSync(path.join(tmpdir(), "bedside-simulator-health-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return Outbox.open({ dir, maxBytes: MAX_BYTES, bus: { publish }, say: () => {} });
}

/** What is served at this moment of the outbox, by the end of the metric's name. */
async function served(app: FastifyInstance): Promise<Record<string, number>> {
  const { body } = await app.inject("/metrics");
  const found = [...body.matchAll(/^bedside_outbox_(\w+) (\S+)$/gm)];
  return Object.fromEntries(found.map(([, name, value]) => [name, Number(value)]));
}

test("how much waits in the outbox, for how long, and what found no room", async () => {
  let comeBack = (): void => {};
  const away = new Promise<void>((resolve) => (comeBack = resolve));
  const outbox = await openOutbox(() => away);
  const app = simulatorHealth(createMetrics(), { trouble: "no Kafka" }, outbox);
  expect(await served(app)).toEqual({ messages: 0, bytes: 0, age_seconds: 0, lost_total: 0 });

  const takenMs = Date.now();
  for (let round = 0; round < 10; round++) await outbox.publish(frames(1));
  const clock = vi.spyOn(Date, "now").mockReturnValue(takenMs + 60_000);
  onTestFinished(() => clock.mockRestore());
  const few = await served(app);
  expect(few).toMatchObject({ messages: 10, lost_total: 0 });
  expect(few["bytes"]).toBeGreaterThan(10 * 500);
  expect(few["age_seconds"]).toBeGreaterThan(50);

  for (let round = 0; round < 90; round++) await outbox.publish(frames(1));
  const many = await served(app);
  expect(many["bytes"]).toBeLessThanOrEqual(MAX_BYTES);
  // The first was on its way when its file had to go.
  expect([99, 100]).toContain(many["messages"] + many["lost_total"]);
  expect(many["lost_total"]).toBeGreaterThan(50);
  expect(await served(app)).toEqual(many);

  comeBack();
  await outbox.drained();
  expect(await served(app)).toMatchObject({ messages: 0, bytes: 0, age_seconds: 0, lost_total: many["lost_total"] });
  await outbox.close();
  await app.close();
});

test("a message that its topic refuses is counted as lost, too", async () => {
  const outbox = await openOutbox(async () => Promise.reject(new BedsideError("BAD_MESSAGE", "made up")));
  const app = simulatorHealth(createMetrics(), { trouble: null }, outbox);
  await outbox.publish(frames(3));
  await outbox.drained();
  expect(await served(app)).toMatchObject({ messages: 0, lost_total: 3 });
  await outbox.close();
  await app.close();
});

test("without an outbox nothing is said of one but that it lost nothing", async () => {
  const app = simulatorHealth(createMetrics(), { trouble: null }, null);
  expect(await served(app)).toEqual({ lost_total: 0 });
  await app.close();
});

test("ready while the bus takes what is sent; else the reason", async () => {
  const bus: { trouble: string | null } = { trouble: null };
  const app = simulatorHealth(createMetrics(), bus, null);
  expect((await app.inject("/livez")).json()).toEqual({ status: "ok" });
  expect((await app.inject("/readyz")).json()).toEqual({ status: "ok" });
  expect((await app.inject("/metrics")).body).toContain("\nbedside_bus_up 1\n");
  bus.trouble = "no Kafka at nowhere:1";
  const answer = await app.inject("/readyz");
  expect([answer.statusCode, answer.json()]).toEqual([503, { error: { code: "NOT_READY", message: bus.trouble } }]);
  expect((await app.inject("/metrics")).body).toContain("\nbedside_bus_up 0\n");
  await app.close();
});
