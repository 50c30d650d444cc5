import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test, vi } from "vitest";
import { openBus } from "./bus.ts";
import { readConfig } from "./config.ts";
import { createMetrics } from "./metrics.ts";

test("a bus that is away is logged and counted once, however long it is away", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  const metrics = createMetrics();
  const lines: string[] = [];
  const log = { warn: (line: string) => void lines.push(line), info: (line: string) => void lines.push(line) };
  const bus = openBus(readConfig({ BUS: "kafka", KAFKA_BROKERS: `127.0.0.1:${port}` }), "test", log, metrics);
  expect((await metrics.busTroubles.get()).values).toMatchObject([{ value: 0 }]);
  const started = bus.start().catch(() => {});
  await vi.waitFor(() => expect(lines).not.toEqual([]), { timeout: 60_000, interval: 50 });
  await bus.close();
  await started;
  expect(lines).toEqual([expect.stringMatching(/^waiting for the bus: .*no Kafka at/)]);
  expect((await metrics.busTroubles.get()).values).toMatchObject([{ value: 1 }]);
});
