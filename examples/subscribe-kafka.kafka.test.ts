import { expect, inject, test } from "vitest";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { TOPICS } from "../contracts/topics.ts";
import { until } from "../server/gateway/for-tests/gateway.ts";
import { beatAt, beatMessage } from "../server/gateway/for-tests/messages.ts";
import { runExample } from "./run-example.ts";

test("prints each beat of the topic", async () => {
  const brokers = inject("kafkaBrokers");
  const bus = createKafkaBus({ brokers: [brokers], partitions: 4, clientId: "example-test" });
  await bus.start();
  // Other tests of the run use the same topics: this one's bed is its own.
  const bed = `example-${Date.now()}`;
  await bus.publish(
    TOPICS.beats,
    ["N", "V", "N"].map((beatClass, i) => beatMessage(beatAt(bed, 250 * i, { beatClass: beatClass as "N" | "V" }))),
  );
  await bus.close();
  const lines = runExample("subscribe-kafka.ts", brokers);
  const own = (): string[] => lines.filter((line) => line.includes(` ${bed} `));
  await until(() => own().length >= 3);
  const expected = ["N", "V", "N"].map(
    (beatClass, i) => `${new Date(beatAt(bed, 250 * i).timeMs).toISOString()} ${bed} ${beatClass} 75/min`,
  );
  expect(own()).toEqual(expected);
});
