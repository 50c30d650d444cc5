/** Prints each classified beat, from Kafka: `node --import tsx examples/subscribe-kafka.ts [127.0.0.1:9092]` */
import kafkajs from "kafkajs";
import { fromKafka } from "../subscriber/kafka.ts";

const { Kafka, logLevel } = kafkajs;
const kafka = new Kafka({
  clientId: "example",
  brokers: [process.argv[2] ?? "127.0.0.1:9092"],
  logLevel: logLevel.ERROR,
});
// The group begins with what comes next and remembers how far it has read; a second process of the same group gets half of the beds.
const consumer = kafka.consumer({ groupId: "example-subscriber" });
await consumer.connect();
process.once("SIGINT", () => void consumer.disconnect().then(() => process.exit()));
// Delivery is at least once: who must not count a beat twice goes by its `id`.
for await (const { data } of fromKafka(consumer, { topics: ["beats"] })) {
  const { bed, timeMs, beatClass, heartRateBpm } = data;
  console.log(new Date(timeMs).toISOString(), bed, beatClass, `${Math.round(heartRateBpm ?? 0)}/min`);
}
