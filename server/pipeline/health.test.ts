import { expect, test } from "vitest";
import { createMetrics } from "../metrics.ts";
import { workerHealth } from "./health.ts";

test("a worker tells that it lives, what it counted, and how far behind it is", async () => {
  const metrics = createMetrics();
  metrics.beats.inc({ beat_class: "V" });
  const app = workerHealth(
    metrics,
    { trouble: null },
    { isReading: true, readUpToMs: Date.now() - 2000, lag: async () => 7 },
  );
  expect((await app.inject("/livez")).json()).toEqual({ status: "ok" });
  const { body } = await app.inject("/metrics");
  expect(body).toContain('bedside_beats_total{beat_class="V"} 1');
  expect(body).toContain('bedside_consumer_lag{consumer="worker"} 7');
  expect(body).toMatch(/bedside_worker_behind_seconds 2\.\d+/);
  await app.close();
});

test("a broker that does not answer leaves the lag out", async () => {
  const app = workerHealth(
    createMetrics(),
    { trouble: null },
    { isReading: true, readUpToMs: null, lag: () => Promise.reject(new Error("gone")) },
  );
  const { statusCode, body } = await app.inject("/metrics");
  expect(statusCode).toBe(200);
  expect(body).not.toContain('consumer="worker"');
  expect(body).not.toMatch(/^bedside_worker_behind_seconds/m);
  await app.close();
});

test("ready while it reads the bus and is not far behind; else the reason", async () => {
  const bus: { trouble: string | null } = { trouble: null };
  const pipeline = { isReading: false, readUpToMs: null as number | null, lag: async () => null };
  const app = workerHealth(createMetrics(), bus, pipeline);
  const ready = async () => {
    const response = await app.inject("/readyz");
    return [response.statusCode, response.json()];
  };
  const notReady = (message: string) => [503, { error: { code: "NOT_READY", message } }];
  expect(await ready()).toEqual(notReady("the bus is not being read yet"));
  pipeline.isReading = true;
  expect(await ready()).toEqual([200, { status: "ok" }]);
  expect((await app.inject("/metrics")).body).toContain("bedside_bus_up 1\n");
  pipeline.readUpToMs = Number.NaN;
  expect(await ready()).toEqual(notReady("where its beds stand is not known yet"));
  pipeline.readUpToMs = Date.now() - 9000;
  expect(await ready()).toEqual([200, { status: "ok" }]);
  pipeline.readUpToMs = Date.now() - 12_000;
  expect(await ready()).toEqual(notReady("frames of 12 s ago have not been heard yet"));
  bus.trouble = "no Kafka at b:9092";
  expect(await ready()).toEqual(notReady("no Kafka at b:9092"));
  expect((await app.inject("/metrics")).body).toContain("bedside_bus_up 0\n");
  await app.close();
});
