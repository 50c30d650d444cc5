import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { createKafkaBus } from "./kafka-bus.ts";
import { KAFKA_CLIENTS, type KafkaClientName } from "./kafka/names.ts";

const PATIENCE = { timeout: 30_000, interval: 50 };

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(): Promise<{ server: Server; broker: string }> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  servers.push(server);
  return { server, broker: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const busAt = (broker: string, client: KafkaClientName = "kafkajs") =>
  createKafkaBus({ client, brokers: [broker], partitions: 4, clientId: "test" });

test.each(KAFKA_CLIENTS)("%s: a broker that is not there is waited for, and named with the remedy", async (client) => {
  const { server, broker } = await listen();
  server.close();
  const bus = busAt(broker, client);
  const started = bus.start().catch((error: unknown) => error);
  const words = new RegExp(`no Kafka at ${broker} \\(.*ECONNREFUSED.*npm run kafka.*KAFKA_BROKERS`);
  await vi.waitFor(() => expect(bus.trouble).toMatch(words), PATIENCE);
  await bus.close();
  expect(await started).toMatchObject({ code: "BUS_CLOSED" });
});

test.each(KAFKA_CLIENTS)("%s: something that listens but is not Kafka is found out", async (client) => {
  const { broker } = await listen();
  const bus = busAt(broker, client);
  const started = bus.start().catch((error: unknown) => error);
  await vi.waitFor(() => expect(bus.trouble).toMatch(/no answer in 8000 ms/), PATIENCE);
  await bus.close();
  expect(await started).toMatchObject({ code: "BUS_CLOSED" });
});

test("a bus that was not started refuses to work", async () => {
  const bus = busAt("127.0.0.1:1");
  await expect(bus.publish([])).rejects.toMatchObject({ code: "BUS_CLOSED" });
  await expect(bus.ends("ecg.frames.v1")).rejects.toThrow(/not started/);
  await bus.close();
});

test.each(["localhost", "localhost:port", "", "http://localhost:9092"])("a broker %j is refused", (broker) => {
  expect(() => busAt(broker)).toThrow(/KAFKA_BROKERS has .*must be host:port/);
});
