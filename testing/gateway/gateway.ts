import type { FastifyInstance } from "fastify";
import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { Bus } from "../../bus/bus.ts";
import { createMemoryBus } from "../../bus/memory-bus.ts";
import { readConfig } from "../../server/config.ts";
import { createMetrics, type Metrics } from "../../server/metrics.ts";
import type { AppOptions } from "../../server/gateway/app.ts";
import { startGateway } from "../../server/gateway/start-gateway.ts";

export interface TestGateway {
  readonly app: FastifyInstance;
  readonly bus: Bus;
  readonly metrics: Metrics;
  /** http://127.0.0.1:port */
  readonly url: string;
}

/** A memory bus that is closed at the end of the test. */
export async function openBus(partitions = 3): Promise<Bus> {
  const bus = createMemoryBus({ partitions });
  await bus.start();
  onTestFinished(() => bus.close());
  return bus;
}

/** A gateway on a free port that has read what stands on the bus, closed at the end of the test. */
export async function openGateway(options: Partial<AppOptions> = {}): Promise<TestGateway> {
  const bus = options.bus ?? (await openBus());
  const metrics = createMetrics();
  const { app, url } = await startGateway({
    bus,
    config: readConfig({ PORT: "0", LOG_LEVEL: "silent" }),
    metrics,
    model: null,
    clientDir: "/nonexistent",
    onError: (error) => {
      throw error;
    },
    ...options,
  } as Parameters<typeof startGateway>[0]);
  onTestFinished(() => app.close());
  await until(async () => (await app.inject("/readyz")).statusCode === 200);
  return { app, bus, metrics, url };
}

/** Resolves when the condition holds; a test whose condition never holds times out. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(5);
}
