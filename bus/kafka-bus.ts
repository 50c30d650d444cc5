import type { Admin } from "kafkajs";
import { BedsideError } from "../contracts/errors.ts";
import { BUS_TOPICS, type BusTopic, type TopicName } from "../contracts/topics.ts";
import { checkMessage, checkSubscribe } from "./shared/arguments.ts";
import type { Bus, BusMessage, SubscribeOptions, Subscription } from "./bus.ts";
import { BRIEF, connect } from "./kafka/client.ts";
import { toBusError } from "./kafka/errors.ts";
import { Publisher } from "./kafka/publisher.ts";
import { subscribe } from "./kafka/consume/subscription.ts";
import { ensureTopics } from "./kafka/topics.ts";

export interface KafkaBusOptions {
  /** host:port of one broker or more of the cluster. */
  readonly brokers: readonly string[];
  /** Partitions of each topic; must fit the topics that exist. */
  readonly partitions: number;
  /** Default: those of the product. */
  readonly topics?: readonly BusTopic[];
  /** How this process calls itself in the broker's logs and metrics. */
  readonly clientId: string;
  /** gzip is for links slower than a local network. Default none. */
  readonly compression?: "none" | "gzip";
  /** How often a lost broker is tried again, about once a second, before `publish` rejects. Default 30. */
  readonly publishRetries?: number;
  /** A subscription without a heartbeat for this long ends with an error, ms. Default 120,000. */
  readonly stallTimeoutMs?: number;
}

/** The bus between processes: a Kafka cluster, by kafkajs. Throws BAD_CONFIG for a broker that is not host:port. */
export function createKafkaBus(options: KafkaBusOptions): Bus {
  for (const broker of options.brokers) {
    if (/^[^\s:]+:\d{1,5}$/.test(broker)) continue;
    throw new BedsideError("BAD_CONFIG", `KAFKA_BROKERS has ${JSON.stringify(broker)}: must be host:port`);
  }
  return new KafkaBus(options);
}

/** Reaching a broker that does not answer at all takes this long at most, ms. */
const START_TIMEOUT_MS = 8000;

class KafkaBus implements Bus {
  readonly partitions: number;
  readonly #options: KafkaBusOptions;
  readonly #topics: readonly BusTopic[];
  readonly #admin: Admin;
  readonly #publisher: Publisher;
  readonly #subscriptions = new Set<Subscription>();
  #state: "made" | "started" | "closed" = "made";

  constructor(options: KafkaBusOptions) {
    const { partitions, topics = BUS_TOPICS, compression = "none", publishRetries = 30 } = options;
    this.partitions = partitions;
    this.#topics = topics;
    this.#options = options;
    this.#admin = connect(options, BRIEF).admin();
    const patient = connect(options, { initialRetryTime: 100, maxRetryTime: 1000, retries: publishRetries });
    this.#publisher = new Publisher(patient, { topics, partitions, compression });
  }

  async start(): Promise<void> {
    if (this.#state === "closed") throw new BedsideError("BUS_CLOSED", "the bus is closed");
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${START_TIMEOUT_MS} ms`)), START_TIMEOUT_MS);
    });
    try {
      await Promise.race([this.#connect(), late]);
      this.#state = "started";
    } catch (cause) {
      // A peer that never answers would hold the farewell up too.
      this.close().catch(() => undefined);
      throw toBusError(this.#options.brokers, "start", cause);
    } finally {
      clearTimeout(timer);
    }
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.#checkStarted();
    for (const message of messages) checkMessage(message);
    try {
      await this.#publisher.publish(messages);
    } catch (cause) {
      const topics = [...new Set(messages.map(({ topic }) => topic))].join(", ");
      throw toBusError(this.#options.brokers, `publish to ${topics}`, cause);
    }
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    this.#checkStarted();
    checkSubscribe(options);
    const { brokers, clientId, partitions, stallTimeoutMs = 120_000 } = this.#options;
    const context = { brokers, clientId, partitions, stallTimeoutMs, admin: this.#admin };
    const subscription = await subscribe(context, options);
    this.#subscriptions.add(subscription);
    return subscription;
  }

  async ends(topic: TopicName): Promise<number[]> {
    this.#checkStarted();
    try {
      const offsets = await this.#admin.fetchTopicOffsets(topic);
      return offsets.toSorted((a, b) => a.partition - b.partition).map(({ high }) => Number(high));
    } catch (cause) {
      throw toBusError(this.#options.brokers, `ends of ${topic}`, cause);
    }
  }

  async close(): Promise<void> {
    this.#state = "closed";
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    await this.#publisher.close();
    await this.#admin.disconnect();
  }

  async #connect(): Promise<void> {
    await this.#admin.connect();
    await ensureTopics(this.#admin, this.#topics, this.partitions);
    await this.#publisher.connect();
  }

  #checkStarted(): void {
    if (this.#state === "started") return;
    throw new BedsideError("BUS_CLOSED", this.#state === "made" ? "the bus is not started" : "the bus is closed");
  }
}
