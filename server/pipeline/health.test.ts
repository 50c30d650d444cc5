import { expect, test } from "vitest";
import { createMetrics } from "../metrics.ts";
import { workerHealth } from "./health.ts";

test("a worker tells that it lives, what it counted, and how far behind it is", async () => {
  const metrics = createMetrics();
  metrics.beats.inc({ beat_class: "V" });
  const app = workerHealth(metrics, { lag: async () => 7 });
  expect((await app.inject("/livez")).json()).toEqual({ status: "ok" });
  const { body } = await app.inject("/metrics");
  expect(body).toContain('bedside_beats_total{beat_class="V"} 1');
  expect(body).toContain('bedside_consumer_lag{consumer="worker"} 7');
  await app.close();
});

test("a broker that does not answer leaves the lag out", async () => {
  const app = workerHealth(createMetrics(), { lag: () => Promise.reject(new Error("gone")) });
  const { statusCode, body } = await app.inject("/metrics");
  expect(statusCode).toBe(200);
  expect(body).not.toContain('consumer="worker"');
  await app.close();
});
