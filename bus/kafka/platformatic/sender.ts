import { MultipleErrors, Producer, type MessageToProduce } from "@platformatic/kafka";
import type { Connection, Outgoing, Sender } from "../client.ts";
import { protocolType } from "../errors.ts";
import { failWithoutLeader, isUnanswered, startAfresh, toOptions } from "./connect.ts";

/** Connects an idempotent producer of @platformatic/kafka. */
export async function openSender(connection: Connection): Promise<Sender> {
  // Not idempotent by its options, but by those of each call: else it would try again for ever by itself. It must not, since a request
  // that ran out of time is told to have failed once more when its connection closes (1.35.0), and would be tried twice at a time.
  const producer = new Producer({ ...toOptions(connection), maxInflights: 1 });
  failWithoutLeader(producer);
  await producer.initIdempotentProducer({});
  return {
    send: async (messages, compression) => {
      try {
        await producer.send({ messages: messages.map(toMessage), compression, idempotent: true });
      } catch (cause) {
        if (isUnanswered(cause)) startAfresh(producer);
        throw cause;
      }
    },
    mayRepeat,
    close: () => producer.close(),
  };
}

/** After these the producer's sequence numbers are worth nothing, or the batches will be others. */
const FINAL = [
  "OUT_OF_ORDER_SEQUENCE_NUMBER",
  "DUPLICATE_SEQUENCE_NUMBER",
  "UNKNOWN_PRODUCER_ID",
  "INVALID_PRODUCER_EPOCH",
  "PRODUCER_FENCED",
  "MESSAGE_TOO_LARGE",
  "RECORD_LIST_TOO_LARGE",
];

/**
 * Sequence numbers go on only with what was acknowledged: what is sent again carries the same, and what the broker has of it is
 * written once. So it is, too, where a broker that has just come back does not lead the partition yet, or leads some of several.
 */
export function mayRepeat(cause: unknown): boolean {
  if (!(cause instanceof MultipleErrors)) return isUnanswered(cause);
  if (FINAL.some((apiId) => cause.findBy("apiId", apiId))) return false;
  return isUnanswered(cause) || protocolType(cause) !== undefined;
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
