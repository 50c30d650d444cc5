import type { BedsideError } from "../contracts/errors.ts";
import type { TopicName } from "../contracts/topics.ts";

/** What is published: bytes under a key of a topic. Messages of one key and topic keep their order. */
export interface BusMessage {
  readonly topic: TopicName;
  readonly key: string;
  /** In a topic that is compacted, an empty value removes the key's last one. */
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is received. `offset` counts messages of one topic and partition, from 0, without gaps a reader may rely on. */
export interface ReceivedMessage extends BusMessage {
  readonly partition: number;
  readonly offset: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** A topic's partition; equal keys fall on equal partition numbers in every topic. */
export interface PartitionRef {
  readonly topic: TopicName;
  readonly partition: number;
}

export interface SubscribeOptions {
  /** Members of one group share the partitions; of two topics, one member gets the same partition numbers. */
  readonly group: string;
  readonly topics: readonly TopicName[];
  /** Where a group without a committed offset begins. A number n: the last n messages of each partition. */
  readonly from: "earliest" | "latest" | number;
  /** Messages handed out and not yet released; at this limit the source is paused. ≥ 1. */
  readonly credits: number;
  /** Called once a message, in order within a partition; never after `close` resolved. */
  readonly onMessage: (message: ReceivedMessage) => void;
  /** Partitions now this member's own, each with the offset it begins at. */
  readonly onAssigned?: (partitions: readonly (PartitionRef & { offset: number })[]) => void;
  /** Partitions about to be taken away: last chance to commit; awaited. */
  readonly onRevoked?: (partitions: readonly PartitionRef[]) => Promise<void> | void;
  /** The subscription has ended by itself and will not go on: the process should say so and stop. */
  readonly onError: (error: BedsideError) => void;
}

export interface Subscription {
  /** Gives back the credits of `count` messages. */
  release(count: number): void;
  /** The group's next read of this partition, by any member, begins at `offset`. */
  commit(offsets: readonly (PartitionRef & { offset: number })[]): Promise<void>;
  /** This member's next message of the partition is the one at `offset`. Credits of messages handed out stay owed. */
  seek(position: PartitionRef & { offset: number }): void;
  /** Messages handed out and not released. */
  readonly inFlight: number;
  /**
   * Messages not handed out yet: up to each partition's end as the bus tells it, summed over this member's partitions;
   * null while it has none.
   */
  lag(): Promise<number | null>;
  close(): Promise<void>;
}

/** The one way between processes. Adapters: memory (one process) and Kafka. */
export interface Bus {
  /** Partition count of every topic. */
  readonly partitions: number;
  /** Connects and makes sure the topics exist. Throws BUS_UNREACHABLE. */
  start(): Promise<void>;
  /** Resolves when the messages are acknowledged; rejects with BUS_UNREACHABLE or BUS_CLOSED. */
  publish(messages: readonly BusMessage[]): Promise<void>;
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** The offset the next message of each partition will get. */
  ends(topic: TopicName): Promise<number[]>;
  close(): Promise<void>;
}
