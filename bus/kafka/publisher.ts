import { CompressionTypes, Partitioners, type Kafka, type Message, type Producer, type TopicMessages } from "kafkajs";
import { BedsideError } from "../../contracts/errors.ts";
import type { BusTopic, TopicName } from "../../contracts/topics.ts";
import type { BusMessage } from "../bus.ts";
import { Fifo } from "../../kit/fifo.ts";
import { partitionOf } from "../shared/partition.ts";

/** Messages that go together, bytes; under the 1 MB that a topic of default settings takes. */
const REQUEST_BYTES = 768 << 10;
/** What a message costs beside its value, bytes. */
const OVERHEAD = 128;

interface Pending {
  readonly messages: readonly (Message & { readonly topic: TopicName })[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

export interface PublisherOptions {
  readonly topics: readonly BusTopic[];
  readonly partitions: number;
  readonly compression: "none" | "gzip";
}

/**
 * Publishes with one request under way at a time, as idempotence and order require; what comes meanwhile goes together
 * in the next. So a lone message never waits for company, and many messages share a round trip.
 */
export class Publisher {
  readonly #kafka: Kafka;
  readonly #partitions: number;
  readonly #compression: CompressionTypes;
  /** Topics of which the last value of each key stays. */
  readonly #compacted: ReadonlySet<TopicName>;
  readonly #queue = new Fifo<Pending>();
  #producer: Promise<Producer> | undefined;
  #sending: Promise<void> | undefined;
  #isClosed = false;

  constructor(kafka: Kafka, { topics, partitions, compression }: PublisherOptions) {
    this.#kafka = kafka;
    this.#partitions = partitions;
    this.#compacted = new Set(topics.filter(({ cleanup }) => cleanup.policy === "compact").map(({ name }) => name));
    this.#compression = compression === "gzip" ? CompressionTypes.GZIP : CompressionTypes.None;
  }

  async connect(): Promise<void> {
    await this.#connected();
  }

  /** Resolves when all replicas in sync have the messages. If a request fails, what waits behind it fails too. */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    const parts = splitBySize(messages).map(({ part, bytes }) => {
      const ready = part.map((message) => this.#toKafka(message));
      return new Promise<void>((resolve, reject) => {
        this.#queue.push({ messages: ready, bytes, resolve, reject });
      });
    });
    this.#sending ??= this.#sendAll();
    await Promise.all(parts);
  }

  /** Sends what waits, then disconnects. */
  async close(): Promise<void> {
    await this.#sending;
    this.#isClosed = true;
    const producer = await this.#producer?.catch(() => undefined);
    this.#producer = undefined;
    await producer?.disconnect();
  }

  async #sendAll(): Promise<void> {
    // What the same turn publishes goes together.
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#send(this.#take());
    this.#sending = undefined;
  }

  async #send(request: readonly Pending[]): Promise<void> {
    try {
      const producer = await this.#connected();
      const topicMessages = byTopic(request);
      await producer.sendBatch({ acks: -1, compression: this.#compression, topicMessages });
      for (const { resolve } of request) resolve();
    } catch (cause) {
      await this.#abandon();
      for (const { reject } of request) reject(cause);
      for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next.reject(cause);
    }
  }

  #take(): Pending[] {
    const request: Pending[] = [];
    let bytes = 0;
    for (let next = this.#queue.at(0); next; next = this.#queue.at(0)) {
      if (request.length > 0 && bytes + next.bytes > REQUEST_BYTES) break;
      this.#queue.shift();
      request.push(next);
      bytes += next.bytes;
    }
    return request;
  }

  #toKafka({ topic, key, value, headers }: BusMessage): Pending["messages"][number] {
    const partition = partitionOf(key, this.#partitions);
    // Kafka's tombstone has no value at all.
    const bytes = value.byteLength === 0 && this.#compacted.has(topic) ? null : Buffer.from(value);
    return { topic, key, value: bytes, partition, ...(headers && { headers: { ...headers } }) };
  }

  #connected(): Promise<Producer> {
    if (this.#isClosed) return Promise.reject(new BedsideError("BUS_CLOSED", "the bus is closed"));
    this.#producer ??= this.#open().catch((cause: unknown) => {
      this.#producer = undefined;
      throw cause;
    });
    return this.#producer;
  }

  async #open(): Promise<Producer> {
    const producer = this.#kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }

  /**
   * A request that failed may have reached the broker all the same. kafkajs gives its sequence numbers to the next one,
   * which the broker would then drop as a duplicate: only a producer with a new id is safe.
   */
  async #abandon(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.then((it) => it.disconnect()).catch(() => undefined);
  }
}

function splitBySize(messages: readonly BusMessage[]): { part: BusMessage[]; bytes: number }[] {
  const parts: { part: BusMessage[]; bytes: number }[] = [];
  for (const message of messages) {
    const size = message.value.byteLength + OVERHEAD;
    const last = parts.at(-1);
    if (last && last.bytes + size <= REQUEST_BYTES) {
      last.part.push(message);
      last.bytes += size;
    } else {
      parts.push({ part: [message], bytes: size });
    }
  }
  return parts;
}

function byTopic(request: readonly Pending[]): TopicMessages[] {
  const topics = new Map<TopicName, Message[]>();
  for (const { messages } of request) {
    for (const { topic, ...message } of messages) {
      const list = topics.get(topic);
      if (list) list.push(message);
      else topics.set(topic, [message]);
    }
  }
  return [...topics].map(([topic, messages]) => ({ topic, messages }));
}
