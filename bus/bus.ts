import { BedsideError } from "../contracts/errors.ts";
import type { TopicName } from "../contracts/topics.ts";

/** What is published: bytes under a key of a topic. Messages of one key and topic keep their order. */
export interface BusMessage {
  readonly topic: TopicName;
  readonly key: string;
  readonly value: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** There is no value, which is not an empty one: in a topic that is compacted, what the key had goes. `value` is empty then. */
  readonly isTombstone?: true;
}

/** What is received. `offset` counts messages of one topic and partition, from 0, without gaps a reader may rely on. */
export interface ReceivedMessage extends BusMessage {
  readonly partition: number;
  readonly offset: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Set where messages stood that the bus could not read: which, and why. `value` is what was there, `offset` their last. */
  readonly unreadable?: string;
}

/** Throws BAD_MESSAGE where a message stands for what could not be read. */
export function checkReadable({ unreadable }: Pick<ReceivedMessage, "unreadable">): void {
  if (unreadable !== undefined) throw new BedsideError("BAD_MESSAGE", unreadable);
}

/** A topic's partition; equal keys fall on equal partition numbers in every topic. */
export interface PartitionRef {
  readonly topic: TopicName;
  readonly partition: number;
}

/** A partition that has become a member's own. */
export interface AssignedPartition extends PartitionRef {
  /** Where the member begins. */
  readonly offset: number;
  /** The offset the partition's next message will get, as far as is known: a reader that was beyond it read another log. */
  readonly end: number;
}

export interface SubscribeOptions {
  /** Members of one group share the partitions; of two topics, one member gets the same partition numbers. */
  readonly group: string;
  readonly topics: readonly TopicName[];
  /**
   * This member's name in the group, which outlives its process: who comes back under it before the group has given it up takes its
   * partitions over at once, and nobody else's are revoked. A member whose name another one takes ends (BAD_CONFIG). Letters, digits,
   * dots, dashes. Default: none, and who comes back is one more member; so it is where the bus has no such names (memory, kafkajs).
   */
  readonly memberName?: string | undefined;
  /**
   * Where a group without a committed offset begins. A number n: the last n messages of each partition; latest: what is
   * published after `subscribe` was called, also while it waited for the bus.
   */
  readonly from: "earliest" | "latest" | number;
  /** Messages handed out and not yet released; at this limit the source is paused. ≥ 1. */
  readonly credits: number;
  /** Called once a message, in order within a partition; never after `close` resolved. */
  readonly onMessage: (message: ReceivedMessage) => void;
  /** Partitions now this member's own. */
  readonly onAssigned?: (partitions: readonly AssignedPartition[]) => void;
  /** Partitions about to be taken away: last chance to commit; awaited. */
  readonly onRevoked?: (partitions: readonly PartitionRef[]) => Promise<void> | void;
  /** The subscription has ended by itself and will not go on, which no absence of the bus makes it do: the process should stop. */
  readonly onError: (error: BedsideError) => void;
}

export interface Subscription {
  /** Gives back the credits of `count` messages. */
  release(count: number): void;
  /** The group's next read of this partition, by any member, begins at `offset`. Rejects with BUS_UNREACHABLE; call it again later. */
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
  /** Why the bus cannot be read from or written to at the moment, in one line; null when it can. */
  readonly trouble: string | null;
  /**
   * Connects and makes sure the topics exist, however long that takes. Throws BAD_CONFIG where the topics that exist are
   * others. What is called meanwhile waits for it.
   */
  start(): Promise<void>;
  /**
   * Resolves when the messages are acknowledged, in order, however long the bus is away; so one that was away may have a message
   * twice. Rejects with BAD_MESSAGE for one the topic does not take, BUS_CLOSED.
   */
  publish(messages: readonly BusMessage[]): Promise<void>;
  /** Resolves when this member's partitions are its own, however long that takes. Rejects with BUS_CLOSED. */
  subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** The offset the next message of each partition will get. Throws BUS_UNREACHABLE. */
  ends(topic: TopicName): Promise<number[]>;
  /** Within seconds, also where the bus does not answer: what waits to be published then rejects with BUS_CLOSED. */
  close(): Promise<void>;
}
