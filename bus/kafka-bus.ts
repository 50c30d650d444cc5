import { BedsideError } from "../contracts/errors.ts";
import { BUS_TOPICS, type BusTopic, type TopicName } from "../contracts/topics.ts";
import { checkMessage, checkSubscribe } from "./shared/arguments.ts";
import type { Bus, BusMessage, SubscribeOptions, Subscription } from "./bus.ts";
import { deferred } from "../kit/deferred.ts";
import { within } from "../kit/within.ts";
import { backoff } from "./kafka/backoff.ts";
import type { Connection, KafkaAdmin, KafkaClient, Security } from "./kafka/client.ts";
import { toBusError } from "./kafka/errors.ts";
import { DEFAULT_KAFKA_CLIENT, type KafkaClientName } from "./kafka/names.ts";
import { Publisher } from "./kafka/publisher.ts";
import { Reachability } from "./kafka/reachability.ts";
import { KafkaSubscription } from "./kafka/consume/subscription.ts";
import { ensureTopics } from "./kafka/topics.ts";

/** The client libraries that there are, each loaded only where it is chosen. */
const CLIENTS: Readonly<Record<KafkaClientName, () => Promise<(connection: Connection) => KafkaClient>>> = {
  kafkajs: async () => (await import("./kafka/kafkajs/kafkajs.ts")).createClient,
  platformatic: async () => (await import("./kafka/platformatic/platformatic.ts")).createClient,
};

export interface KafkaBusOptions {
  /** host:port of one broker or more of the cluster. */
  readonly brokers: readonly string[];
  /** Partitions of each topic; must fit the topics that exist. */
  readonly partitions: number;
  /** Default: those of the product. */
  readonly topics?: readonly BusTopic[];
  /** How this process calls itself in the broker's logs and metrics. */
  readonly clientId: string;
  /** The library that speaks Kafka's protocol. Default: DEFAULT_KAFKA_CLIENT. */
  readonly client?: KafkaClientName;
  /** Default: plain text, and no user. */
  readonly security?: Security | undefined;
  /** gzip is for links slower than a local network. Default none. */
  readonly compression?: "none" | "gzip";
  /** A member of a group that has no heartbeat for so long joins anew, ms. Default 45,000. */
  readonly stallTimeoutMs?: number;
  /** Called when trouble begins, with its reason, and with null when all is well again. */
  readonly onTrouble?: (trouble: string | null) => void;
}

/** The bus between processes: a Kafka cluster. Throws BAD_CONFIG for a broker that is not host:port. */
export function createKafkaBus(options: KafkaBusOptions): Bus {
  for (const broker of options.brokers) {
    if (/^[^\s:]+:\d{1,5}$/.test(broker)) continue;
    throw new BedsideError("BAD_CONFIG", `KAFKA_BROKERS has ${JSON.stringify(broker)}: must be host:port`);
  }
  return new KafkaBus(options);
}

/** The admin's farewell to a broker that is gone takes no longer, ms. */
const FAREWELL_MS = 1000;
/** A start that takes so long is said to be in trouble, ms; it goes on. */
const SLOW_MS = 8000;

class KafkaBus implements Bus {
  readonly partitions: number;
  readonly #options: KafkaBusOptions;
  readonly #opened: Promise<{ readonly client: KafkaClient; readonly admin: KafkaAdmin }>;
  readonly #publisher: Publisher;
  readonly #reachability: Reachability;
  readonly #started = deferred<void>();
  readonly #closing = new AbortController();
  readonly #subscriptions = new Set<KafkaSubscription>();
  #starting: Promise<void> | undefined;

  constructor(options: KafkaBusOptions) {
    const { brokers, partitions, compression = "none", onTrouble = () => {} } = options;
    const { client: name = DEFAULT_KAFKA_CLIENT } = options;
    this.partitions = partitions;
    this.#options = options;
    this.#reachability = new Reachability(onTrouble);
    this.#opened = CLIENTS[name]().then((create) => {
      const client = create(options);
      return { client, admin: client.openAdmin() };
    });
    this.#publisher = new Publisher({
      openSender: async () => (await this.#opened).client.openSender(),
      brokers,
      partitions,
      compression,
      prepare: () => this.#prepare(),
      standpoint: this.#reachability.join(),
    });
  }

  get trouble(): string | null {
    return this.#reachability.trouble;
  }

  start(): Promise<void> {
    return (this.#starting ??= this.#keepStarting());
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    await this.#ready();
    for (const message of messages) checkMessage(message);
    await this.#publisher.publish(messages);
  }

  async subscribe(options: SubscribeOptions): Promise<Subscription> {
    this.#checkStarted();
    checkSubscribe(options);
    const sinceMs = Date.now() + 1;
    const opened = await this.#opened;
    this.#checkStarted();
    const { brokers, partitions, stallTimeoutMs = 45_000 } = this.#options;
    const subscription = new KafkaSubscription(
      {
        brokers,
        partitions,
        stallTimeoutMs,
        ...opened,
        sinceMs,
        prepare: async () => {
          await this.#ready();
          await this.#prepare();
        },
        standpoint: this.#reachability.join(),
      },
      options,
    );
    this.#subscriptions.add(subscription);
    await subscription.joined;
    return subscription;
  }

  async ends(topic: TopicName): Promise<number[]> {
    await this.#ready();
    try {
      const ranges = await (await this.#opened).admin.ranges(topic);
      return ranges.toSorted((a, b) => a.partition - b.partition).map(({ high }) => high);
    } catch (cause) {
      throw toBusError(this.#options.brokers, `ends of ${topic}`, cause);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#started.reject(new BedsideError("BUS_CLOSED", "the bus is closed"));
    await Promise.all([...this.#subscriptions].map((subscription) => subscription.close()));
    await this.#publisher.close();
    const { admin } = await this.#opened;
    await within(FAREWELL_MS, admin.close());
  }

  async #keepStarting(): Promise<void> {
    const standpoint = this.#reachability.join();
    for (let tries = 1; !this.#closing.signal.aborted; tries++) {
      try {
        const opened = this.#opened.then(({ admin }) => admin.connect()).then(() => this.#prepare());
        if (!(await within(SLOW_MS, opened)))
          standpoint.set(this.#toError(new Error(`no answer in ${SLOW_MS} ms`)).message);
        await opened;
        this.#started.resolve();
        break;
      } catch (cause) {
        const error = this.#toError(cause);
        if (error.code === "BAD_CONFIG") {
          this.#started.reject(error);
          break;
        }
        standpoint.set(error.message);
        await backoff(tries, this.#closing.signal);
      }
    }
    standpoint.leave();
    await this.#ready();
  }

  async #prepare(): Promise<void> {
    const { partitions, topics = BUS_TOPICS } = this.#options;
    await ensureTopics((await this.#opened).admin, topics, partitions);
  }

  #toError(cause: unknown): BedsideError {
    return toBusError(this.#options.brokers, "start", cause);
  }

  #ready(): Promise<void> {
    this.#checkStarted();
    return this.#started.promise;
  }

  #checkStarted(): void {
    if (this.#closing.signal.aborted) throw new BedsideError("BUS_CLOSED", "the bus is closed");
    if (!this.#starting) throw new BedsideError("BUS_CLOSED", "the bus is not started");
  }
}
