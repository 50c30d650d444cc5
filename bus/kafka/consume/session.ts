import type { Batch, Consumer } from "kafkajs";
import { deferred } from "../../../kit/deferred.ts";
import { within } from "../../../kit/within.ts";
import type { PartitionRef, SubscribeOptions } from "../../bus.ts";
import { connect, type Connection } from "../client.ts";
import { isRefusal } from "../errors.ts";
import { coPartitioned } from "./assigner.ts";
import { toPartitionLists } from "./message.ts";
import { createWatchdog } from "./watchdog.ts";

export interface SessionOptions extends Connection {
  readonly partitions: number;
  readonly subscribe: Pick<SubscribeOptions, "group" | "topics">;
  /** Without a sign of life for so long the session ends, ms. */
  readonly stallTimeoutMs: number;
  /** This member's partitions of the group's new generation. */
  readonly onJoined: (refs: readonly PartitionRef[]) => void;
  /** Awaited before this member joins anew: its partitions are about to be another's. */
  readonly beforeJoin: () => Promise<void>;
  readonly onBatch: (batch: Batch) => void;
}

const JOIN_TIMEOUT_MS = 60_000;
const FAREWELL_MS = 3000;
/** What a revocation waits for must not keep the member from joining anew. */
const COMMIT_WITHIN_MS = 5000;

/**
 * One membership of a group, from its connection until kafkajs gives it up. kafkajs itself would go on after some errors, end after
 * others, and now and then fall silent: here each of these ends the session, and a new one takes its place.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #consumer: Consumer;
  readonly #over = deferred<unknown>();
  readonly #watchdog;
  readonly #joinTimer: NodeJS.Timeout;
  #heardMs = performance.now();

  constructor(options: SessionOptions) {
    this.#options = options;
    const retry = { initialRetryTime: 100, maxRetryTime: 1000, retries: 5, restartOnFailure: async () => false };
    this.#consumer = connect(options, retry).consumer({
      groupId: options.subscribe.group,
      partitionAssigners: [coPartitioned(options.partitions, options.beforeJoin)],
      sessionTimeout: 10_000,
      heartbeatInterval: 3000,
      rebalanceTimeout: 30_000,
      // A fetch returns with the first byte; the wait bounds only how soon paused partitions are asked for again.
      minBytes: 1,
      maxWaitTimeInMs: 100,
      maxBytes: 4 << 20,
      allowAutoTopicCreation: false,
    });
    const { stallTimeoutMs } = options;
    this.#watchdog = createWatchdog(stallTimeoutMs, () => this.end(new Error(`no heartbeat for ${stallTimeoutMs} ms`)));
    this.#joinTimer = setTimeout(() => this.end(new Error(`no answer in ${JOIN_TIMEOUT_MS} ms`)), JOIN_TIMEOUT_MS);
    this.#run().catch((cause: unknown) => this.end(cause));
  }

  /** Resolves with what ended the session. */
  get over(): Promise<unknown> {
    return this.#over.promise;
  }

  /** Since the broker last answered this member, ms. */
  get silentMs(): number {
    return performance.now() - this.#heardMs;
  }

  end(cause: unknown): void {
    this.#over.resolve(cause);
  }

  /** Leaves the group, if the broker takes the farewell; it forgets the member when its session times out. */
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
        if (!isStale()) this.#options.onBatch(batch);
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
