import { expect, test } from "vitest";
import type { Bus } from "../../../bus/bus.ts";
import { TOPICS } from "../../../contracts/topics.ts";
import { readConfig } from "../../config.ts";
import { createMetrics } from "../../metrics.ts";
import { buildApp } from "../app.ts";
import { TestClient } from "../../../testing/gateway/client.ts";
import { openBus, openGateway, until } from "../../../testing/gateway/gateway.ts";
import { beatAt, beatMessage } from "../../../testing/gateway/messages.ts";

const optionsOf = (bus: Bus, onError: (error: unknown) => void) => ({
  bus,
  config: readConfig({ LOG_LEVEL: "silent" }),
  metrics: createMetrics(),
  model: null,
  clientDir: "/nonexistent",
  onError,
});

test("alive at once; ready, or what is missing", async () => {
  const bus = await openBus();
  let answer = (): void => {};
  const asked = new Promise<void>((resolve) => (answer = resolve));
  const slow: Bus = {
    partitions: bus.partitions,
    trouble: null,
    start: () => bus.start(),
    publish: (messages) => bus.publish(messages),
    ends: (topic) => bus.ends(topic),
    close: () => bus.close(),
    subscribe: async (options) => {
      if (options.topics.includes(TOPICS.beats)) await asked;
      return bus.subscribe(options);
    },
  };
  const app = await buildApp(optionsOf(slow, (error) => expect.unreachable(String(error))));
  expect((await app.inject("/livez")).statusCode).toBe(200);
  await until(async () => (await app.inject("/readyz")).body.includes(TOPICS.beats));
  const response = await app.inject("/readyz");
  expect(response.statusCode).toBe(503);
  expect(response.json()).toEqual({
    error: { code: "NOT_READY", message: `${TOPICS.beats} is not being read yet` },
  });
  answer();
  await until(async () => (await app.inject("/readyz")).statusCode === 200);
  await app.close();
});

test("a bus that fails is told to who runs the gateway", async () => {
  const bus = await openBus();
  await bus.close();
  const errors: unknown[] = [];
  const app = await buildApp(optionsOf(bus, (error) => errors.push(error)));
  await app.ready();
  await until(() => errors.length > 0);
  expect(errors[0]).toMatchObject({ code: "BUS_CLOSED" });
  expect((await app.inject("/readyz")).statusCode).toBe(503);
  await app.close();
});

test("metrics count what the gateway reads, skips and sends", async () => {
  const { app, bus, url } = await openGateway();
  const client = await TestClient.open(url);
  await client.subscribe();
  const headers = { "published-at-ms": String(Date.now() - 20), "produced-at-ms": String(Date.now() - 500) };
  await bus.publish([
    beatMessage(beatAt("b1", 1), headers),
    { topic: TOPICS.beats, key: "b1", value: Uint8Array.of(1, 2) },
  ]);
  await until(() => client.events.length === 1);
  await until(async () => (await app.inject("/metrics")).body.includes("skipped_messages_total{"));
  const { body, headers: sent } = await app.inject("/metrics");
  expect(sent["content-type"]).toContain("text/plain; version=0.0.4");
  expect(body).toContain("bedside_socket_clients 1\n");
  expect(body).toContain('bedside_consumer_lag{consumer="gateway"} 0\n');
  expect(body).toContain('bedside_gateway_skipped_messages_total{topic="ecg.beats.v1"} 1\n');
  expect(body).toContain('bedside_hop_seconds_count{hop="pipeline_to_gateway"} 1\n');
  expect(body).toContain('bedside_hop_seconds_bucket{le="0.25",hop="frame_to_socket"} 0\n');
  expect(body).toContain("bedside_socket_buffered_bytes 0\n");
  expect(body).toContain("bedside_bus_up 1\n");
  // No history is to be kept here, which is no fault of it.
  expect(body).not.toMatch(/^bedside_history_(?:up|bytes|behind_seconds)/m);
  expect(body).toContain('bedside_beds{state="heard"} 0\n');
});
