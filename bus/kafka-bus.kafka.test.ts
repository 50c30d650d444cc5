import { expect, inject, test } from "vitest";
import { describeBus } from "./conformance.ts";
import { createKafkaBus } from "./kafka-bus.ts";

const brokers = [inject("kafkaBrokers")];

describeBus("kafka", () => createKafkaBus({ brokers, partitions: 4, clientId: "conformance" }));

describeBus("kafka with gzip", () =>
  createKafkaBus({ brokers, partitions: 4, clientId: "conformance", compression: "gzip" }),
);

test("topics that exist with another partition count are refused, naming both", async () => {
  const first = createKafkaBus({ brokers, partitions: 4, clientId: "first" });
  await first.start();
  await first.close();
  const second = createKafkaBus({ brokers, partitions: 3, clientId: "second" });
  await expect(second.start()).rejects.toMatchObject({
    code: "BAD_CONFIG",
    message: expect.stringMatching(/topic ecg\.\w+\.v1 has 4 partitions, not 3: set KAFKA_PARTITIONS=4/),
  });
});

test("a broker list in which one does not answer still works", async () => {
  const bus = createKafkaBus({ brokers: ["127.0.0.1:1", ...brokers], partitions: 4, clientId: "list" });
  await bus.start();
  expect(await bus.ends("ecg.frames.v1")).toHaveLength(4);
  await bus.close();
});
