import { CompressionTypes, Partitioners, type Kafka, type Message, type Producer, type TopicMessages } from "kafkajs";
import type { Outgoing, Sender } from "../client.ts";

/** Connects an idempotent producer of kafkajs. */
export async function openSender(kafka: Kafka): Promise<Sender> {
  const producer: Producer = kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  return {
    send: async (messages, compression) => {
      const type = compression === "gzip" ? CompressionTypes.GZIP : CompressionTypes.None;
      await producer.sendBatch({ acks: -1, compression: type, topicMessages: byTopic(messages) });
    },
    // A request that failed may have reached the broker all the same. kafkajs gives its sequence numbers to the next one,
    // which the broker would then drop as a duplicate: only a producer with a new id is safe.
    mayRepeat: () => false,
    close: () => producer.disconnect(),
  };
}

function byTopic(outgoing: readonly Outgoing[]): TopicMessages[] {
  const topics = new Map<string, Message[]>();
  for (const { topic, headers, ...message } of outgoing) {
    const ready = { ...message, ...(headers && { headers: { ...headers } }) };
    const list = topics.get(topic);
    if (list) list.push(ready);
    else topics.set(topic, [ready]);
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
