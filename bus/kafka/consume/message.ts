import type { Batch, IHeaders, KafkaMessage } from "kafkajs";
import type { TopicName } from "../../../contracts/topics.ts";
import type { PartitionRef, ReceivedMessage } from "../../bus.ts";
import { UnreadableBatch } from "../decode/stand-ins.ts";

/** A message as the port has it; a tombstone has an empty value, and a batch that cannot be read is one message. */
export function toReceived(
  { topic, partition }: Pick<Batch, "topic" | "partition">,
  message: KafkaMessage,
): ReceivedMessage {
  return {
    // Only topics of the bus are subscribed to.
    topic: topic as TopicName,
    partition,
    offset: Number(message.offset),
    key: message.key?.toString() ?? "",
    value: message.value ?? new Uint8Array(0),
    headers: toText(message.headers ?? {}),
    ...(message instanceof UnreadableBatch && { unreadable: unreadableText(topic, partition, message) }),
  };
}

/** The first offset that a fetched message stands for. */
export const firstOffsetOf = (message: KafkaMessage): number =>
  Number(message instanceof UnreadableBatch ? message.firstOffset : message.offset);

function unreadableText(topic: string, partition: number, { firstOffset, offset, reason }: UnreadableBatch): string {
  return `${topic}/${partition}: the messages at ${firstOffset} to ${offset} cannot be read and are passed over (${reason})`;
}

/** Kafka allows a header several times; the last one counts. */
function toText(headers: IHeaders): Record<string, string> {
  const text: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) text[name] = last.toString();
  }
  return text;
}

/** Partitions grouped by topic, as kafkajs takes them. */
export function toPartitionLists(refs: readonly PartitionRef[]): { topic: string; partitions: number[] }[] {
  const topics = new Map<string, number[]>();
  for (const { topic, partition } of refs) topics.set(topic, [...(topics.get(topic) ?? []), partition]);
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}
