import type { TopicName } from "../../contracts/topics.ts";
import type { PartitionRef, ReceivedMessage, SubscribeOptions } from "../bus.ts";

/** Where Kafka is and how this process calls itself. */
export interface Connection {
  /** host:port of one broker or more. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly security?: Security | undefined;
}

/** How a process and a broker make sure of each other. */
export interface Security {
  /** TLS; certificates of the broker's authorities, PEM, where they are not among those that Node knows. */
  readonly tls?: { readonly ca?: string } | undefined;
  /** By SCRAM-SHA-512. */
  readonly sasl?: { readonly username: string; readonly password: string } | undefined;
}

/** What the bus needs of a library that speaks Kafka's protocol. */
export interface KafkaClient {
  openAdmin(): KafkaAdmin;
  /** Connects. */
  openSender(): Promise<Sender>;
  join(options: SessionOptions): Session;
}

/** What a partition holds: its first offset, and the one that its next message will get. */
export interface OffsetRange {
  readonly partition: number;
  readonly low: number;
  readonly high: number;
}

export interface NewTopic {
  readonly name: TopicName;
  readonly settings: readonly { readonly name: string; readonly value: string }[];
}

/** Questions to the cluster. Each rejects within seconds where nobody answers. */
export interface KafkaAdmin {
  connect(): Promise<void>;
  topicNames(): Promise<readonly string[]>;
  /** One that another process has made meanwhile is no error. */
  createTopics(topics: readonly NewTopic[], partitions: number): Promise<void>;
  partitionCounts(topics: readonly TopicName[]): Promise<ReadonlyMap<string, number>>;
  ranges(topic: TopicName): Promise<readonly OffsetRange[]>;
  /** By partition, the offset of the first message that carries this time, Unix ms, or a later one; its end if there is none. */
  firstSince(topic: TopicName, sinceMs: number): Promise<ReadonlyMap<number, number>>;
  /** What a group has committed, by topic/partition; < 0 or nothing where it has not. */
  committed(group: string, refs: readonly PartitionRef[]): Promise<ReadonlyMap<string, number>>;
  close(): Promise<void>;
}

/** A message on its way, its partition decided. */
export interface Outgoing {
  readonly topic: TopicName;
  readonly key: string;
  /** null: Kafka's tombstone. */
  readonly value: Buffer | null;
  readonly partition: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An idempotent producer. */
export interface Sender {
  /** Resolves when all replicas in sync have the messages. One call at a time. */
  send(messages: readonly Outgoing[], compression: "none" | "gzip"): Promise<void>;
  /** Whether the same messages may be sent again after this error, and are not written twice. */
  mayRepeat(cause: unknown): boolean;
  close(): Promise<void>;
}

/** What was fetched of one partition in one answer. */
export interface Fetched extends PartitionRef {
  /** The first offset that it stands for. */
  readonly firstOffset: number;
  readonly messages: readonly ReceivedMessage[];
  /** Up to here nothing more comes that a reader would see, where that is beyond the last message. */
  readonly passed?: number;
}

export interface SessionOptions {
  readonly partitions: number;
  readonly subscribe: Pick<SubscribeOptions, "group" | "topics" | "memberName">;
  /** By what name the group still knows this member, where an earlier session could not leave it. */
  readonly memberId: string | undefined;
  /** Without a sign of life for so long the session ends, ms. */
  readonly stallTimeoutMs: number;
  /** This member's partitions of the group's new generation; nothing is fetched before their places are set. */
  readonly onJoined: (refs: readonly PartitionRef[]) => void;
  /** Awaited before this member joins anew: its partitions are about to be another's. */
  readonly beforeJoin: () => Promise<void>;
  readonly onFetched: (fetched: Fetched) => void;
}

type Place = PartitionRef & { readonly offset: number };

/** One membership of a group, from its connection until something ends it. */
export interface Session {
  /** Resolves with what ended the session. */
  readonly over: Promise<unknown>;
  /** After `close`: the name that the group may still know this member by, and would wait for until its session times out. */
  readonly memberId: string | undefined;
  /** Since the broker last answered this member, ms. */
  readonly silentMs: number;
  end(cause: unknown): void;
  /**
   * Leaves the group, if the broker takes the farewell; but a member that has a name stays where it is not its last session, so that it
   * can't take the name again from who has taken it meanwhile.
   */
  close(isLast: boolean): Promise<void>;
  /** Rejects where the partitions are another member's by now (`isFenced`), or the broker does not answer. */
  commit(offsets: readonly Place[]): Promise<void>;
  pause(refs: readonly PartitionRef[]): void;
  resume(refs: readonly PartitionRef[]): void;
  seek(place: Place): void;
}

/** How partitions are shared out in every group, whichever client its members have: numbers by range, the same in each topic. */
export const ASSIGNER = "bedside-co-partitioned";

/** The times that a membership has, ms. A rebalance waits for each member's next heartbeat. */
export const SESSION_MS = { session: 10_000, heartbeat: 1000, rebalance: 30_000, join: 60_000 } as const;

/** A fetch returns with the first byte; the wait, ms, bounds only how soon paused partitions are asked for again. */
export const FETCH = { minBytes: 1, maxWaitMs: 100, maxBytes: 4 << 20, maxBytesPerPartition: 1 << 20 } as const;

/** What a revocation waits for must not keep the member from joining anew, ms. */
export const COMMIT_WITHIN_MS = 5000;
/** What a broker may take over a farewell, ms. */
export const FAREWELL_MS = 3000;
