import { describe, expect, inject, test } from "vitest";
import { ConfigResourceTypes, Kafka, logLevel } from "kafkajs";
import { TOPICS } from "../contracts/topics.ts";
import { WITH_COMPACTED } from "../testing/bus/compaction.ts";
import { describeBus } from "../testing/bus/conformance.ts";
import { read, unique } from "../testing/bus/harness.ts";
import { configOf } from "./kafka/topics.ts";
import { createKafkaBus } from "./kafka-bus.ts";
import { KAFKA_CLIENTS } from "./kafka/names.ts";

const brokers = [inject("kafkaBrokers")];

const clientId = "conformance";

describe.each(KAFKA_CLIENTS)("%s", (client) => {
  describeBus("kafka", (topics) => createKafkaBus({ client, brokers, topics, partitions: 4, clientId }));
  describeBus("kafka with gzip", (topics) =>
    createKafkaBus({ client, brokers, topics, partitions: 4, clientId, compression: "gzip" }),
  );
});

describe.each(KAFKA_CLIENTS)("%s", (client) => {
  test("topics that exist with another partition count are refused, naming both", async () => {
    const first = createKafkaBus({ client, brokers, partitions: 4, clientId: "first" });
    await first.start();
    await first.close();
    const second = createKafkaBus({ client, brokers, partitions: 3, clientId: "second" });
    await expect(second.start()).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringMatching(/topic ecg\.\w+\.v1 has 4 partitions, not 3: set KAFKA_PARTITIONS=4/),
    });
  });

  test("the broker keeps each topic as the table says", async () => {
    const bus = createKafkaBus({ client, brokers, topics: WITH_COMPACTED, partitions: 4, clientId: "policy" });
    await bus.start();
    const admin = new Kafka({ brokers, clientId: "policy", logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: WITH_COMPACTED.map(({ name }) => ({ type: ConfigResourceTypes.TOPIC, name })),
    });
    await admin.disconnect();
    await bus.close();
    for (const [i, topic] of WITH_COMPACTED.entries()) {
      const there = resources[i].configEntries.map(({ configName: name, configValue: value }) => ({ name, value }));
      expect(there).toEqual(expect.arrayContaining([...configOf(topic)]));
    }
  });

  test("a broker list in which one does not answer still works", async () => {
    const bus = createKafkaBus({ client, brokers: ["127.0.0.1:1", ...brokers], partitions: 4, clientId: "list" });
    await bus.start();
    expect(await bus.ends("ecg.frames.v1")).toHaveLength(4);
    await bus.close();
  });

  test("a group that others share out differently is refused, not waited for", async () => {
    const group = unique("foreign");
    const bus = createKafkaBus({ client, brokers, partitions: 4, clientId: "ours" });
    await bus.start();
    const foreign = new Kafka({ brokers, clientId: "theirs", logLevel: logLevel.NOTHING }).consumer({ groupId: group });
    const joined = new Promise((resolve) => foreign.on(foreign.events.GROUP_JOIN, resolve));
    await foreign.connect();
    await foreign.subscribe({ topic: TOPICS.frames });
    await foreign.run({ eachMessage: async () => {} });
    await joined;
    await expect(read(bus, { group })).rejects.toMatchObject({
      code: "BUS_UNREACHABLE",
      message: expect.stringMatching(/refused it: .*\[INCONSISTENT_GROUP_PROTOCOL\]/),
    });
    await foreign.disconnect();
    await bus.close();
  });
});
