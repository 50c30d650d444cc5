import type { Consumer } from "kafkajs";
import { deferred } from "../../../kit/deferred.ts";
import { within } from "../../../kit/within.ts";
import type { PartitionRef } from "../../bus.ts";
import {
  COMMIT_WITHIN_MS,
  type Connection,
  FAREWELL_MS,
  FETCH,
  type Session,
  SESSION_MS,
  type SessionOptions,
} from "../client.ts";
import { createWatchdog } from "../consume/watchdog.ts";
import { coPartitioned } from "./assigner.ts";
import { connect, isRefusal } from "./client.ts";
import { toFetched, toPartitionLists } from "./message.ts";

/**
 * One membership of a group, from its connection until kafkajs gives it up. kafkajs itself would go on after some errors, end after
 * others, and now and then fall silent: here each of these ends the session, and a new one takes its place.
 */
export class KafkaJsSession implements Session {
  readonly #options: SessionOptions;
  readonly #consumer: Consumer;
  readonly #over = deferred<unknown>();
  readonly #watchdog;
  readonly #joinTimer: NodeJS.Timeout;
  #heardMs = performance.now();

  constructor(connection: Connection, options: SessionOptions) {
    this.#options = options;
    const retry = { initialRetryTime: 100, maxRetryTime: 1000, retries: 5, restartOnFailure: async () => false };
    this.#consumer = connect(connection, retry).consumer({
      groupId: options.subscribe.group,
      partitionAssigners: [coPartitioned(options.partitions, options.beforeJoin)],
      sessionTimeout: SESSION_MS.session,
      heartbeatInterval: SESSION_MS.heartbeat,
      rebalanceTimeout: SESSION_MS.rebalance,
      minBytes: FETCH.minBytes,
      maxWaitTimeInMs: FETCH.maxWaitMs,
      maxBytes: FETCH.maxBytes,
      maxBytesPerPartition: FETCH.maxBytesPerPartition,
      allowAutoTopicCreation: false,
    });
    const { stallTimeoutMs } = options;
    this.#watchdog = createWatchdog(stallTimeoutMs, () => this.end(new Error(`no heartbeat for ${stallTimeoutMs} ms`)));
    this.#joinTimer = setTimeout(() => this.end(new Error(`no answer in ${SESSION_MS.join} ms`)), SESSION_MS.join);
    this.#run().catch((cause: unknown) => this.end(cause));
  }

  get over(): Promise<unknown> {
    return this.#over.promise;
  }

  /** kafkajs tells nobody. */
  get memberId(): undefined {
    return undefined;
  }

  get silentMs(): number {
    return performance.now() - this.#heardMs;
  }

  end(cause: unknown): void {
    this.#over.resolve(cause);
  }

  async close(): Promise<void> {
    this.#watchdog.stop();
    clearTimeout(this.#joinTimer);
    await within(FAREWELL_MS, this.#consumer.disconnect());
  }

  async commit(offsets: readonly (PartitionRef & { offset: number })[]): Promise<void> {
    const committed = this.#consumer.commitOffsets(
      offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) })),
    );
    if (!(await within(COMMIT_WITHIN_MS, committed))) throw new Error(`no answer in ${COMMIT_WITHIN_MS} ms`);
    await committed;
  }

  pause(refs: readonly PartitionRef[]): void {
    this.#steer(() => this.#consumer.pause(toPartitionLists(refs)));
  }

  resume(refs: readonly PartitionRef[]): void {
    this.#steer(() => this.#consumer.resume(toPartitionLists(refs)));
  }

  seek({ topic, partition, offset }: PartitionRef & { offset: number }): void {
    this.#steer(() => this.#consumer.seek({ topic, partition, offset: String(offset) }));
  }

  async #run(): Promise<void> {
    const { GROUP_JOIN, HEARTBEAT, CRASH } = this.#consumer.events;
    const { topics } = this.#options.subscribe;
    this.#consumer.on(HEARTBEAT, () => this.#alive());
    this.#consumer.on(GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      this.#alive();
      clearTimeout(this.#joinTimer);
      this.#options.onJoined(
        topics.flatMap((topic) =>
          (memberAssignment[topic] ?? []).toSorted((a, b) => a - b).map((partition) => ({ topic, partition })),
        ),
      );
    });
    this.#consumer.on(CRASH, ({ payload }) => this.end(payload.error));
    await this.#consumer.connect();
    // Where to begin is decided by begin.ts; this is where kafkajs goes on if retention has overtaken the reader.
    await this.#consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await this.#consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch, isStale }) => {
        const fetched = isStale() ? undefined : toFetched(batch);
        if (fetched) this.#options.onFetched(fetched);
      },
    });
  }

  #alive(): void {
    this.#heardMs = performance.now();
    this.#watchdog.alive();
  }

  /** While kafkajs is between two generations there is nothing to steer, and joining anew sets everything again. */
  #steer(action: () => void): void {
    try {
      action();
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
    }
  }
}
