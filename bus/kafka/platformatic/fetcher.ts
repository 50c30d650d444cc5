import { setTimeout as sleep } from "node:timers/promises";
import { ConnectionPool, protocolErrorsCodesById, type ClusterMetadata } from "@platformatic/kafka";
import type { TopicName } from "../../../contracts/topics.ts";
import { within } from "../../../kit/within.ts";
import type { PartitionRef } from "../../bus.ts";
import { type Connection, FAREWELL_MS, FETCH, type Fetched } from "../client.ts";
import { gatherMs } from "../consume/pace.ts";
import { readBatches } from "../decode/records.ts";
import { dropConnections, isUnanswered, toOptions } from "./connect.ts";
import { fetchApi, type FetchApi, type FetchedPartition } from "./fetch-api.ts";
import type { Member } from "./member.ts";

/** Only what is committed is read, as kafkajs does. */
const READ_COMMITTED = 1;
/** Each question names all that is wanted: the broker need remember nothing of it (KIP-227). */
const SESSIONLESS = -1;
/** Before what failed is tried again, ms. */
const RETRY_MS = 200;
/** What passes by itself: another broker leads the partition, or the topic has been made anew. */
const PASSING = new Set([
  "UNKNOWN_TOPIC_OR_PARTITION",
  "LEADER_NOT_AVAILABLE",
  "NOT_LEADER_OR_FOLLOWER",
  "REPLICA_NOT_AVAILABLE",
  "KAFKA_STORAGE_ERROR",
  "FENCED_LEADER_EPOCH",
  "UNKNOWN_LEADER_EPOCH",
  "UNKNOWN_TOPIC_ID",
  "INCONSISTENT_TOPIC_ID",
]);

interface Fetching extends PartitionRef {
  offset: number;
  isPaused: boolean;
}

export interface FetcherOptions {
  readonly connection: Connection;
  readonly member: Member;
  readonly onFetched: (fetched: Fetched) => void;
  /** What does not pass by itself; fetching has ended. */
  readonly onFailure: (cause: unknown) => void;
}

const keyOf = ({ topic, partition }: PartitionRef): string => `${topic}/${partition}`;

/** Fetches partitions from where they were set on, one request under way to each broker that leads some of them. */
export class Fetcher {
  readonly #options: FetcherOptions;
  readonly #closing = new AbortController();
  readonly #pool: ConnectionPool;
  #held = new Map<string, Fetching>();
  /** Brokers that are asked at the moment. */
  readonly #asking = new Set<number>();
  #api: Promise<FetchApi> | undefined;
  #isLooking = false;

  constructor(options: FetcherOptions) {
    this.#options = options;
    this.#pool = new ConnectionPool(options.connection.clientId, toOptions(options.connection));
  }

  /** Replaces what is held; each is paused and has no place yet. */
  hold(refs: readonly PartitionRef[]): void {
    this.#held = new Map(
      refs.map(({ topic, partition }) => [
        keyOf({ topic, partition }),
        { topic, partition, offset: -1, isPaused: true },
      ]),
    );
  }

  pause(refs: readonly PartitionRef[]): void {
    for (const ref of refs) this.#steer(ref, true);
  }

  resume(refs: readonly PartitionRef[]): void {
    for (const ref of refs) this.#steer(ref, false);
    void this.#look();
  }

  /** The place is another one from here on: what was asked for the old one is dropped. */
  seek({ offset, ...ref }: PartitionRef & { offset: number }): void {
    const held = this.#held.get(keyOf(ref));
    if (held) this.#held.set(keyOf(ref), { ...held, offset });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await within(FAREWELL_MS, this.#pool.close());
    dropConnections(this.#pool);
  }

  #steer(ref: PartitionRef, isPaused: boolean): void {
    const held = this.#held.get(keyOf(ref));
    if (held) held.isPaused = isPaused;
  }

  /** Sees to it that each broker that leads partitions that are wanted is asked for them. */
  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    while (!this.#closing.signal.aborted) {
      try {
        const wanted = this.#wanted();
        if (wanted.length === 0) break;
        const metadata = await this.#metadata(wanted);
        for (const node of new Set(wanted.map((ref) => leaderOf(metadata, ref)))) void this.#ask(node);
        break;
      } catch (cause) {
        if (!isUnanswered(cause)) return this.#fail(cause);
        await this.#rest();
      }
    }
    this.#isLooking = false;
  }

  /** Asks one broker again and again, for as long as it leads something that is wanted. */
  async #ask(node: number): Promise<void> {
    if (this.#asking.has(node)) return;
    this.#asking.add(node);
    try {
      while (!this.#closing.signal.aborted && (await this.#askOnce(node)));
    } catch (cause) {
      if (this.#closing.signal.aborted) return;
      if (!isUnanswered(cause)) return this.#fail(cause);
      dropConnections(this.#pool);
      this.#options.member.clearMetadata();
      await this.#rest();
    } finally {
      this.#asking.delete(node);
    }
    void this.#look();
  }

  /** Whether there is more to ask for of this broker. */
  async #askOnce(node: number): Promise<boolean> {
    const wanted = this.#wanted();
    if (wanted.length === 0) return false;
    const metadata = await this.#metadata(wanted);
    const asked = wanted.filter((ref) => leaderOf(metadata, ref) === node);
    const broker = metadata.brokers.get(node);
    if (!broker) {
      // Nobody leads it at the moment.
      this.#options.member.clearMetadata();
      await this.#rest();
    }
    if (asked.length === 0 || !broker) return false;
    if (asked.length < wanted.length) void this.#look();
    const api = await (this.#api ??= this.#negotiate());
    const connection = await this.#pool.get(broker);
    const { minBytes, maxWaitMs, maxBytes } = FETCH;
    const topics = requestOf(metadata, asked);
    const answer = await api.async(
      connection,
      maxWaitMs,
      minBytes,
      maxBytes,
      READ_COMMITTED,
      0,
      SESSIONLESS,
      topics,
      [],
      "",
    );
    if (answer.errorCode !== 0) throw refused(answer.errorCode);
    const nameOf = new Map([...metadata.topics].map(([name, { id }]) => [id, name as TopicName]));
    let isPassing = false;
    let count = 0;
    for (const part of answer.partitions) {
      const topic = nameOf.get(part.topicId);
      const ref = topic && asked.find((one) => one.topic === topic && one.partition === part.partition);
      // What was asked for and has been set elsewhere since, or is no longer held.
      if (!ref || this.#held.get(keyOf(ref)) !== ref || this.#closing.signal.aborted) continue;
      const taken = this.#take(ref, part);
      isPassing ||= taken === null;
      count += taken ?? 0;
    }
    if (isPassing) {
      this.#options.member.clearMetadata();
      await this.#rest();
    }
    await this.#wait(gatherMs(count));
    return true;
  }

  /** How many messages came of it; null after an error that passes by itself. Throws one that does not. */
  #take(ref: Fetching, { errorCode, aborted, bytes }: FetchedPartition): number | null {
    if (errorCode !== 0) {
      if (PASSING.has(nameOf(errorCode))) return null;
      throw refused(errorCode, `${ref.topic}/${ref.partition} at ${ref.offset}`);
    }
    if (!bytes) return 0;
    const { topic, partition, offset } = ref;
    const { messages, passed } = readBatches(bytes, { topic, partition }, aborted);
    if (passed === undefined) return 0;
    ref.offset = passed + 1;
    // A batch is sent whole, also where it was asked for from its middle on.
    this.#options.onFetched({ topic, partition, firstOffset: offset, messages, passed });
    return messages.length;
  }

  #wanted(): Fetching[] {
    return [...this.#held.values()].filter(({ isPaused, offset }) => !isPaused && offset >= 0);
  }

  #metadata(refs: readonly PartitionRef[]): Promise<ClusterMetadata> {
    return this.#options.member.metadata({ topics: [...new Set(refs.map(({ topic }) => topic))] });
  }

  async #negotiate(): Promise<FetchApi> {
    const known = await this.#options.member.listApis();
    return fetchApi(known.find(({ name }) => name === "Fetch")?.maxVersion ?? 0);
  }

  #rest(): Promise<void> {
    return this.#wait(RETRY_MS);
  }

  async #wait(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#closing.signal }).catch(() => {});
  }

  #fail(cause: unknown): void {
    if (!this.#closing.signal.aborted) this.#options.onFailure(cause);
  }
}

function requestOf(metadata: ClusterMetadata, refs: readonly Fetching[]) {
  return [...new Set(refs.map(({ topic }) => topic))].map((topic) => ({
    topicId: metadata.topics.get(topic)?.id ?? "",
    partitions: refs
      .filter((ref) => ref.topic === topic)
      .map(({ partition, offset }) => ({
        partition,
        currentLeaderEpoch: -1,
        fetchOffset: BigInt(offset),
        lastFetchedEpoch: -1,
        partitionMaxBytes: FETCH.maxBytesPerPartition,
      })),
  }));
}

const leaderOf = (metadata: ClusterMetadata, { topic, partition }: PartitionRef): number =>
  metadata.topics.get(topic)?.partitions[partition]?.leader ?? -1;

const nameOf = (code: number): string => {
  return protocolErrorsCodesById[String(code) as unknown as keyof typeof protocolErrorsCodesById] ?? `error ${code}`;
};

const refused = (code: number, what = "fetch"): Error =>
  Object.assign(new Error(`${what} was refused`), { apiId: nameOf(code) });
