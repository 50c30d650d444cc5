import { Producer, type MessageToProduce } from "@platformatic/kafka";
import type { Connection, Outgoing, Sender } from "../client.ts";
import { isUnanswered, toOptions } from "./connect.ts";

/** Connects an idempotent producer of @platformatic/kafka. */
export async function openSender(connection: Connection): Promise<Sender> {
  // Not idempotent by its options, but by those of each call: else it would try again for ever by itself. It must not, since a request
  // that ran out of time is told to have failed once more when its connection closes (1.35.0), and would be tried twice at a time.
  const producer = new Producer({ ...toOptions(connection), maxInflights: 1 });
  await producer.initIdempotentProducer({});
  return {
    send: async (messages, compression) => {
      try {
        await producer.send({ messages: messages.map(toMessage), compression, idempotent: true });
      } catch (cause) {
        // An answer that comes after its time would be taken for another one's.
        if (isUnanswered(cause)) for (const [, open] of producer.connections) void open.close().catch(() => {});
        throw cause;
      }
    },
    // Sequence numbers go on only with what was acknowledged: what is sent again carries the same, and is written once.
    mayRepeat: isUnanswered,
    close: () => producer.close(),
  };
}

function toMessage({
  topic,
  key,
  value,
  partition,
  headers,
}: Outgoing): MessageToProduce<Buffer, Buffer, Buffer, Buffer> {
  return {
    topic,
    partition,
    key: Buffer.from(key),
    // A value that is missing is Kafka's tombstone.
    ...(value && { value }),
    ...(headers && {
      headers: new Map(Object.entries(headers).map(([name, text]) => [Buffer.from(name), Buffer.from(text)])),
    }),
  };
}
