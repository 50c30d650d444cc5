import { expect, inject, onTestFinished, test } from "vitest";
import type { Bus } from "../../bus/bus.ts";
import { createKafkaBus } from "../../bus/kafka-bus.ts";
import { readConfig } from "../config.ts";
import { sampleOf, TestClient } from "../../testing/gateway/client.ts";
import { openGateway, until } from "../../testing/gateway/gateway.ts";
import {
  beatAt,
  beatMessage,
  conditionAt,
  conditionMessage,
  frameAt,
  frameMessage,
} from "../../testing/gateway/messages.ts";

const config = readConfig({ PORT: "0", LOG_LEVEL: "silent", BUS: "kafka" });

async function openKafka(): Promise<Bus> {
  const bus = createKafkaBus({ brokers: [inject("kafkaBrokers")], partitions: 4, clientId: "gateway-test" });
  await bus.start();
  onTestFinished(() => bus.close());
  return bus;
}

test("on Kafka: what is open before the start is known, frames flow, and a cursor of one gateway holds at another", async () => {
  // Other tests of the run use the same topics: this one's bed is its own.
  const bed = `gateway-${Date.now()}`;
  const bus = await openKafka();
  await bus.publish([conditionMessage(conditionAt(bed, "tachycardia", "begin", 10))]);
  await bus.publish([beatMessage(beatAt(bed, 5))]);

  const first = await openGateway({ bus, config });
  const client = await TestClient.open(first.url);
  const snapshot = await client.subscribe({ beds: [bed] });
  expect(snapshot.conditions).toEqual([conditionAt(bed, "tachycardia", "begin", 10)]);
  expect(snapshot.beats).toEqual([beatAt(bed, 5)]);

  await bus.publish([frameMessage(frameAt(bed, 0))]);
  await bus.publish([beatMessage(beatAt(bed, 205))]);
  await until(() => client.frames.length === 1 && client.events.length === 1);
  await client.close();

  for (const sample of [405, 605]) await bus.publish([beatMessage(beatAt(bed, sample))]);
  const second = await openGateway({ bus: await openKafka(), config });
  const back = await TestClient.open(second.url);
  await back.subscribe({ beds: [bed], topics: ["beats"], since: client.events[0].cursor });
  await bus.publish([beatMessage(beatAt(bed, 805))]);
  await until(() => back.events.length === 3);
  expect(back.events.map(sampleOf)).toEqual([405, 605, 805]);
  expect(back.gaps).toEqual([]);
});
