import type { Batch, IHeaders, KafkaMessage } from "kafkajs";
import type { TopicName } from "../../../contracts/topics.ts";
import type { PartitionRef, ReceivedMessage } from "../../bus.ts";
import type { Fetched } from "../client.ts";
import { unreadableText } from "../decode/batch.ts";
import { NothingMore, UnreadableBatch } from "./stand-ins.ts";

/** A batch as the bus has it; undefined where kafkajs has fetched nothing. */
export function toFetched({ topic, partition, messages }: Batch): Fetched | undefined {
  const [first] = messages;
  const last = messages.at(-1);
  if (!first || !last) return undefined;
  // Only topics of the bus are subscribed to.
  const ref = { topic: topic as TopicName, partition };
  const firstOffset = Number(first instanceof UnreadableBatch ? first.firstOffset : first.offset);
  const received: ReceivedMessage[] = [];
  for (const message of messages) if (!(message instanceof NothingMore)) received.push(toReceived(ref, message));
  return { ...ref, firstOffset, messages: received, passed: Number(last.offset) };
}

/** A message as the port has it; a batch that cannot be read is one message. */
function toReceived(ref: PartitionRef, message: KafkaMessage): ReceivedMessage {
  return {
    ...ref,
    offset: Number(message.offset),
    key: message.key?.toString() ?? "",
    value: message.value ?? new Uint8Array(0),
    headers: toText(message.headers ?? {}),
    ...(message.value === null && { isTombstone: true }),
    ...(message instanceof UnreadableBatch && { unreadable: textOf(ref, message) }),
  };
}

const textOf = (ref: PartitionRef, { firstOffset, offset, reason }: UnreadableBatch): string =>
  unreadableText(ref.topic, ref.partition, firstOffset, BigInt(offset), reason);

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
