import { expect, inject, test } from "vitest";
import { createKafkaBus } from "../bus/kafka-bus.ts";
import { beatAt, beatMessage } from "../testing/gateway/messages.ts";
import { runExample } from "./run-example.ts";

const CLASSES = ["N", "V", "N"] as const;

test("prints each beat of the topic", async () => {
  const brokers = inject("kafkaBrokers");
  const bus = createKafkaBus({ brokers: [brokers], partitions: 4, clientId: "example-test" });
  await bus.start();
  const lines = runExample("subscribe-kafka.ts", brokers);
  // Other tests of the run use the same topics: this one's bed is its own.
  const bed = `example-${Date.now()}`;
  const own = (): string[] => lines.filter((line) => line.includes(` ${bed} `));
  // The example hears what comes after it has joined: beats are sent until three were heard.
  let sent = 0;
  while (own().length < CLASSES.length) {
    const beat = beatAt(bed, 250 * sent, { beatClass: CLASSES[sent % CLASSES.length] });
    await bus.publish([beatMessage(beat)]);
    sent++;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  await bus.close();
  const all = Array.from({ length: sent }, (_, i) => {
    const { timeMs } = beatAt(bed, 250 * i);
    return `${new Date(timeMs).toISOString()} ${bed} ${CLASSES[i % CLASSES.length]} 75/min`;
  });
  const heard = own();
  expect(heard).toEqual(all.slice(all.indexOf(heard[0])).slice(0, heard.length));
});
