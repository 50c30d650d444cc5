import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import type { Admin, Consumer, EachBatchPayload } from "kafkajs";
import { BedsideError } from "../../../contracts/errors.ts";
import type { PartitionRef, ReceivedMessage, SubscribeOptions, Subscription } from "../../bus.ts";
import { Handout } from "../../shared/handout.ts";
import { coPartitioned } from "./assigner.ts";
import { beginOffsets } from "./begin.ts";
import { connect, type Connection } from "../client.ts";
import { isFenced, isRefusal, toBusError } from "../errors.ts";
import { FetchGuard } from "./fetch-guard.ts";
import { toPartitionLists, toReceived } from "./message.ts";
import { ReadAhead } from "./read-ahead.ts";
import { createWatchdog, type Watchdog } from "./watchdog.ts";

export interface SubscriptionContext extends Connection {
  readonly partitions: number;
  readonly admin: Admin;
  /** Without a heartbeat for this long the subscription ends, ms. */
  readonly stallTimeoutMs: number;
}

const JOIN_TIMEOUT_MS = 60_000;
const LEAVE_TIMEOUT_MS = 10_000;
const RETRY_MS = 500;
const PROGRESS_EVERY_MS = 5000;

/** Joins the group; resolves when this member's partitions, if any, are its own and announced. */
export async function subscribe(context: SubscriptionContext, options: SubscribeOptions): Promise<Subscription> {
  const subscription = new KafkaSubscription(context, options);
  await subscription.join();
  return subscription;
}

class KafkaSubscription implements Subscription {
  readonly #context: SubscriptionContext;
  readonly #options: SubscribeOptions;
  readonly #consumer: Consumer;
  readonly #handout: Handout;
  readonly #watchdog: Watchdog;
  readonly #readAhead = new ReadAhead();
  readonly #guard: FetchGuard;
  readonly #progressTimer: NodeJS.Timeout;
  /** Counts joins and revocations: what was begun for an older one is dropped. */
  #generation = 0;
  #isPaused = false;
  #revoking: Promise<void> | undefined;
  #leaving: Promise<void> | undefined;
  #settleJoin: { resolve(): void; reject(error: BedsideError): void } | undefined;

  constructor(context: SubscriptionContext, options: SubscribeOptions) {
    this.#context = context;
    this.#options = options;
    this.#handout = new Handout({
      credits: options.credits,
      next: () => this.#next(),
      onMessage: options.onMessage,
      onFailure: (cause) => this.#fail("onMessage", cause),
    });
    this.#consumer = connect(context, { initialRetryTime: 100, maxRetryTime: 1000, retries: 5 }).consumer({
      groupId: options.group,
      partitionAssigners: [coPartitioned(context.partitions, () => this.#revoke())],
      sessionTimeout: 10_000,
      heartbeatInterval: 3000,
      rebalanceTimeout: 30_000,
      // A fetch returns with the first byte; the wait bounds only how soon paused partitions are asked for again.
      minBytes: 1,
      maxWaitTimeInMs: 100,
      maxBytes: 4 << 20,
      allowAutoTopicCreation: false,
    });
    this.#guard = new FetchGuard({
      admin: context.admin,
      readAhead: this.#readAhead,
      fetchFrom: (place) => this.#fetchFrom(place),
      onStall: ({ topic, partition, offset }) =>
        this.#end(new Error(`nothing comes of ${topic}/${partition} at ${offset}`)),
    });
    this.#watchdog = createWatchdog(context.stallTimeoutMs, () => {
      this.#end(new Error(`no heartbeat for ${context.stallTimeoutMs} ms`));
    });
    this.#progressTimer = setInterval(() => void this.#checkProgress(), PROGRESS_EVERY_MS).unref();
  }

  get inFlight(): number {
    return this.#handout.inFlight;
  }

  async join(): Promise<void> {
    const joined = new Promise<void>((resolve, reject) => (this.#settleJoin = { resolve, reject }));
    const { GROUP_JOIN, HEARTBEAT, CRASH } = this.#consumer.events;
    this.#consumer.on(HEARTBEAT, this.#watchdog.alive);
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberAssignment));
    this.#consumer.on(CRASH, ({ payload }) => {
      if (!payload.restart) this.#end(payload.error);
    });
    const timer = setTimeout(() => this.#end(new Error(`no answer in ${JOIN_TIMEOUT_MS} ms`)), JOIN_TIMEOUT_MS);
    this.#run().catch((cause: unknown) => this.#end(cause));
    await joined.finally(() => clearTimeout(timer));
  }

  release(count: number): void {
    this.#handout.release(count);
  }

  async commit(offsets: readonly (PartitionRef & { offset: number })[]): Promise<void> {
    await this.#commit(offsets.filter((ref) => this.#readAhead.has(ref)));
  }

  seek({ topic, partition, offset }: PartitionRef & { offset: number }): void {
    const place = { topic, partition, offset: Math.max(0, offset) };
    if (!this.#readAhead.has(place)) return;
    this.#readAhead.seek(place);
    this.#steer(() => this.#consumer.seek({ topic, partition, offset: String(place.offset) }));
    this.#adjust();
  }

  async lag(): Promise<number | null> {
    const places = this.#readAhead.places;
    if (places.length === 0) return null;
    let lag = 0;
    for (const topic of new Set(places.map((place) => place.topic))) {
      for (const { partition, high } of await this.#context.admin.fetchTopicOffsets(topic)) {
        const place = places.find((place) => place.topic === topic && place.partition === partition);
        if (place) lag += Math.max(0, Number(high) - place.offset);
      }
    }
    return lag;
  }

  close(): Promise<void> {
    this.#handout.stop();
    this.#watchdog.stop();
    clearInterval(this.#progressTimer);
    return (this.#leaving ??= this.#leave());
  }

  async #run(): Promise<void> {
    await this.#consumer.connect();
    // Where to begin is decided in #begin; this is where kafkajs goes on if retention has overtaken the reader.
    await this.#consumer.subscribe({ topics: [...this.#options.topics], fromBeginning: true });
    await this.#consumer.run({ autoCommit: false, eachBatch: async (payload) => this.#take(payload) });
  }

  #joined(assignment: Readonly<Record<string, number[]>>): void {
    this.#watchdog.alive();
    const refs = this.#options.topics.flatMap((topic) =>
      (assignment[topic] ?? []).toSorted((a, b) => a - b).map((partition) => ({ topic, partition })),
    );
    this.#steer(() => this.#consumer.pause(toPartitionLists(refs)));
    this.#isPaused = true;
    this.#begin(++this.#generation, refs).catch((cause: unknown) => this.#end(cause));
  }

  /** Nothing is fetched until each partition's place is known, committed and announced. */
  async #begin(generation: number, refs: readonly PartitionRef[]): Promise<void> {
    while (true) {
      // kafkajs announces a join a moment before it takes commits.
      await setImmediate();
      if (generation !== this.#generation) return;
      try {
        const places = refs.length > 0 ? await beginOffsets(this.#context.admin, refs, this.#options) : [];
        // A group's first place is kept: who takes over before the first commit must not begin at a later end.
        const fresh = places.filter(({ isCommitted }) => !isCommitted);
        const isKept = generation === this.#generation && (await this.#commit(fresh));
        if (generation !== this.#generation) return;
        if (isKept) return this.#assign(places);
      } catch {
        // The broker may be away for a moment; if it stays away, joining anew or the watchdog ends this.
      }
      await sleep(RETRY_MS);
    }
  }

  #assign(places: readonly (PartitionRef & { offset: number })[]): void {
    const own = places.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
    this.#readAhead.hold(own);
    for (const place of own) {
      this.#steer(() => this.#consumer.seek({ ...place, offset: String(place.offset) }));
    }
    try {
      if (own.length > 0) this.#options.onAssigned?.(own);
    } catch (cause) {
      this.#fail("onAssigned", cause);
    }
    this.#adjust();
    this.#settleJoin?.resolve();
    this.#settleJoin = undefined;
  }

  #revoke(): Promise<void> {
    this.#generation++;
    return (this.#revoking ??= this.#doRevoke().finally(() => (this.#revoking = undefined)));
  }

  async #doRevoke(): Promise<void> {
    const refs = this.#readAhead.places.map(({ topic, partition }) => ({ topic, partition }));
    try {
      if (refs.length > 0) await this.#options.onRevoked?.(refs);
    } catch (cause) {
      this.#fail("onRevoked", cause);
    }
    this.#readAhead.hold([]);
  }

  /** Whether the group has these offsets: not if another generation of it has begun. */
  async #commit(offsets: readonly (PartitionRef & { offset: number })[]): Promise<boolean> {
    if (offsets.length === 0) return true;
    try {
      await this.#consumer.commitOffsets(
        offsets.map(({ topic, partition, offset }) => ({ topic, partition, offset: String(offset) })),
      );
    } catch (cause) {
      if (!isFenced(cause)) throw this.#toError(`commit of group ${this.#options.group}`, cause);
      return false;
    }
    return true;
  }

  #take({ batch, isStale }: EachBatchPayload): void {
    if (isStale() || this.#guard.isAhead(batch)) return;
    for (const message of batch.messages) this.#readAhead.push(toReceived(batch, message));
    this.#adjust();
    this.#handout.wake();
  }

  async #checkProgress(): Promise<void> {
    if (this.#isPaused || this.#revoking) return;
    const generation = this.#generation;
    await this.#guard.check(() => generation !== this.#generation || this.#leaving !== undefined);
  }

  #next(): ReceivedMessage | undefined {
    if (this.#revoking) return undefined;
    const message = this.#readAhead.shift();
    this.#adjust();
    return message;
  }

  #fetchFrom({ topic, partition, offset }: PartitionRef & { offset: number }): void {
    this.#steer(() => {
      this.#consumer.seek({ topic, partition, offset: String(offset) });
      if (!this.#isPaused) this.#consumer.resume([{ topic, partitions: [partition] }]);
    });
  }

  /** Pauses or resumes the source as the read-ahead asks. */
  #adjust(): void {
    if (this.#readAhead.isFull === this.#isPaused) return;
    this.#isPaused = this.#readAhead.isFull;
    const lists = toPartitionLists(this.#readAhead.places);
    this.#steer(() => (this.#isPaused ? this.#consumer.pause(lists) : this.#consumer.resume(lists)));
  }

  /** Between a crash and kafkajs's own restart there is nothing to steer, and joining anew sets everything again. */
  #steer(action: () => void): void {
    try {
      action();
    } catch (cause) {
      if (!isRefusal(cause)) throw cause;
    }
  }

  #fail(callback: string, cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `subscription of group ${this.#options.group} ended: its ${callback} threw: ${reason}`;
    this.#end(new BedsideError("BUS_CLOSED", message, { cause }));
  }

  #end(cause: unknown): void {
    if (this.#leaving) return;
    void this.close();
    const error = this.#toError(`subscription of group ${this.#options.group} ended`, cause);
    (this.#settleJoin?.reject ?? this.#options.onError)(error);
  }

  async #leave(): Promise<void> {
    await this.#revoke();
    const disconnected = this.#consumer.disconnect().catch(() => undefined);
    // A broker that is gone does not answer the farewell; it forgets the member when its session times out.
    const limit = new AbortController();
    await Promise.race([disconnected, sleep(LEAVE_TIMEOUT_MS, undefined, { signal: limit.signal }).catch(() => {})]);
    limit.abort();
  }

  #toError(doing: string, cause: unknown): BedsideError {
    return toBusError(this.#context.brokers, doing, cause);
  }
}
