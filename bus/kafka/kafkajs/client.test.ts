import { createRequire } from "node:module";
import { expect, test, vi } from "vitest";
import { stopIdleTimers, type RequestQueue } from "./client.ts";

test("kafkajs arms its request timer only when something waits", () => {
  stopIdleTimers();
  const load = createRequire(import.meta.url);
  const Queue = load("kafkajs/src/network/requestQueue") as new (options: object) => RequestQueue & { destroy(): void };
  const logger = { namespace: () => logger, debug: () => {} };
  const queue = new Queue({ maxInFlightRequests: 1, requestTimeout: 1000, clientId: "c", broker: "b", logger });
  const timer = vi.spyOn(globalThis, "setTimeout");
  queue.scheduleCheckPendingRequests();
  expect(timer).not.toHaveBeenCalled();
  queue.throttledUntil = Date.now() + 1000;
  queue.scheduleCheckPendingRequests();
  expect(timer).toHaveBeenCalledTimes(1);
  expect(timer.mock.calls[0][1]).toBeGreaterThan(0);
  timer.mockRestore();
  queue.destroy();
});
