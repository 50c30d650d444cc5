import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { BedsideError } from "../../../contracts/errors.ts";
import { deferred } from "../../../kit/deferred.ts";
import type { AssignedPartition, PartitionRef, ReceivedMessage, SubscribeOptions, Subscription } from "../../bus.ts";
import { Handout } from "../../shared/handout.ts";
import { backoff } from "../backoff.ts";
import type { Connection, Fetched, KafkaAdmin, KafkaClient, Session } from "../client.ts";
import { isFenced, isForeignGroup, isReplaced, toBusError } from "../errors.ts";
import type { Standpoint } from "../reachability.ts";
import { beginOffsets } from "./begin.ts";
import { FetchGuard } from "./fetch-guard.ts";
import { lagOf } from "./progress-watch.ts";
import { ReadAhead } from "./read-ahead.ts";

export interface SubscriptionContext extends Pick<Connection, "brokers"> {
  readonly partitions: number;
  readonly client: KafkaClient;
  readonly admin: KafkaAdmin;
  /** When this member asked to subscribe, Unix ms: what is published from then on, `latest` sees. */
  readonly sinceMs: number;
  /** Without a heartbeat for this long a session of the group ends, ms. */
  readonly stallTimeoutMs: number;
  /** Called before each session: topics may be gone with a broker that comes back empty. */
  readonly prepare: () => Promise<void>;
  readonly standpoint: Standpoint;
}

const RETRY_MS = 500;
const WATCH_EVERY_MS = 1000;
const PROGRESS_EVERY_MS = 5000;
/** A member that has heard nothing for so long, nearly a session's time, cannot be said to be reading. */
const SILENT_MS = 8000;

/**
 * One member's place in a group, over as many sessions as it takes: while the broker is away another is tried again and
 * again. Ends only by `close`, a callback that throws, a group that is another program's, or a name that another member has taken.
 */
export class KafkaSubscription implements Subscription {
  /** Resolves when this member's partitions, if any, are its own and announced; rejects when it ends before. */
  readonly joined: Promise<void>;
  readonly #context: SubscriptionContext;
  readonly #options: SubscribeOptions;
  readonly #handout: Handout;
  readonly #readAhead = new ReadAhead();
  readonly #guard: FetchGuard;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #join = deferred<void>();
  readonly #closing = new AbortController();
  #session: Session | undefined;
  /** Counts joins and revocations: what was begun for an older one is dropped. */
  #generation = 0;
  #isPaused = false;
  #isAssigned = false;
  #hasJoined = false;
  #revoking: Promise<void> | undefined;
  #leaving: Promise<void> | undefined;

  constructor(context: SubscriptionContext, options: SubscribeOptions) {
    this.#context = context;
    this.#options = options;
    this.joined = this.#join.promise;
    this.#handout = new Handout({
      credits: options.credits,
      next: () => this.#next(),
      onMessage: options.onMessage,
      onFailure: (cause) => this.#fail("onMessage", cause),
    });
    this.#guard = new FetchGuard({
      admin: context.admin,
      readAhead: this.#readAhead,
      fetchFrom: (place) => this.#fetchFrom(place),
      onStall: ({ topic, partition, offset }) =>
        this.#session?.end(new Error(`nothing comes of ${topic}/${partition} at ${offset}`)),
    });
    this.#timers = [
      setInterval(() => void this.#checkProgress(), PROGRESS_EVERY_MS).unref(),
      setInterval(() => this.#checkSilence(), WATCH_EVERY_MS).unref(),
    ];
    void this.#keepReading();
  }

  get inFlight(): number {
    return this.#handout.inFlight;
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
    this.#session?.seek(place);
    this.#adjust();
  }

  async lag(): Promise<number | null> {
    const places = this.#readAhead.places;
    return places.length === 0 ? null : lagOf(this.#context.admin, places);
  }

  close(): Promise<void> {
    return (this.#leaving ??= this.#leave());
  }

  /** Session after session, until this is closed. */
  async #keepReading(): Promise<void> {
    const { signal } = this.#closing;
    for (let tries = 1; !signal.aborted; tries++) {
      const cause = await this.#read();
      if (signal.aborted) return;
      if (isForeignGroup(cause) || isReplaced(cause)) return this.#end(cause);
      if (this.#isAssigned) tries = 1;
      this.#suffer(cause);
      await this.#revoke();
      await this.#session?.close(false);
      await backoff(tries, signal);
    }
  }

  /** One session. Resolves with what ended it, or did not let it begin. */
  async #read(): Promise<unknown> {
    try {
      await this.#context.prepare();
    } catch (cause) {
      return cause;
    }
    if (this.#closing.signal.aborted) return undefined;
    this.#session = this.#open();
    return this.#session.over;
  }

  #open(): Session {
    const { client, partitions, stallTimeoutMs } = this.#context;
    const session: Session = client.join({
      partitions,
      stallTimeoutMs,
      subscribe: this.#options,
      memberId: this.#session?.memberId,
      onJoined: (refs) => {
        session.pause(refs);
        this.#isPaused = true;
        this.#begin(session, ++this.#generation, refs).catch((cause: unknown) => session.end(cause));
      },
      beforeJoin: () => this.#revoke(),
      onFetched: (fetched) => {
        if (session === this.#session) this.#take(fetched);
      },
    });
    return session;
  }

  /** Nothing is fetched until each partition's place is known, committed and announced. */
  async #begin(session: Session, generation: number, refs: readonly PartitionRef[]): Promise<void> {
    while (generation === this.#generation) {
      // A client announces a join a moment before it takes commits.
      await setImmediate();
      try {
        const from = { ...this.#options, sinceMs: this.#context.sinceMs };
        const places = refs.length > 0 ? await beginOffsets(this.#context.admin, refs, from) : [];
        // A group's first place is kept: who takes over before the first commit must not begin at a later end.
        const fresh = places.filter(({ isCommitted }) => !isCommitted);
        const isKept = generation === this.#generation && (await this.#commit(fresh));
        if (generation !== this.#generation) return;
        if (isKept) return this.#assign(session, places);
      } catch {
        // The broker may be away for a moment; if it stays away, the session ends.
      }
      await sleep(RETRY_MS);
    }
  }

  #assign(session: Session, places: readonly AssignedPartition[]): void {
    const own = places.map(({ topic, partition, offset, end }) => ({ topic, partition, offset, end }));
    this.#readAhead.hold(own);
    for (const place of own) session.seek(place);
    try {
      if (own.length > 0) this.#options.onAssigned?.(own);
    } catch (cause) {
      this.#fail("onAssigned", cause);
    }
    this.#isAssigned = true;
    this.#context.standpoint.set(null);
    this.#adjust();
    this.#hasJoined = true;
    this.#join.resolve();
  }

  #revoke(): Promise<void> {
    this.#generation++;
    this.#isAssigned = false;
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
    const doing = `commit of group ${this.#options.group}`;
    if (!this.#session) throw this.#toError(doing, new Error("not a member of it at the moment"));
    try {
      await this.#session.commit(offsets);
    } catch (cause) {
      if (!isFenced(cause)) throw this.#toError(doing, cause);
      return false;
    }
    return true;
  }

  #take(fetched: Fetched): void {
    if (this.#guard.isAhead(fetched)) return;
    for (const message of fetched.messages) this.#readAhead.push(message);
    if (fetched.passed !== undefined) this.#readAhead.pass({ ...fetched, offset: fetched.passed });
    this.#adjust();
    this.#handout.wake();
  }

  async #checkProgress(): Promise<void> {
    if (this.#isPaused || this.#revoking || !this.#isAssigned) return;
    const generation = this.#generation;
    await this.#guard.check(() => generation !== this.#generation || this.#leaving !== undefined);
  }

  #checkSilence(): void {
    if (!this.#isAssigned || !this.#session) return;
    const { silentMs } = this.#session;
    if (silentMs <= SILENT_MS) this.#context.standpoint.set(null);
    else this.#suffer(new Error(`nothing has been heard of the broker for ${Math.round(silentMs / 1000)} s`));
  }

  #next(): ReceivedMessage | undefined {
    if (this.#revoking) return undefined;
    const message = this.#readAhead.shift();
    this.#adjust();
    return message;
  }

  #fetchFrom(place: PartitionRef & { offset: number }): void {
    this.#session?.seek(place);
    if (!this.#isPaused) this.#session?.resume([place]);
  }

  /** Pauses or resumes the source as the read-ahead asks. */
  #adjust(): void {
    if (this.#readAhead.isFull === this.#isPaused) return;
    this.#isPaused = this.#readAhead.isFull;
    if (this.#isPaused) this.#session?.pause(this.#readAhead.places);
    else this.#session?.resume(this.#readAhead.places);
  }

  #suffer(cause: unknown): void {
    this.#context.standpoint.set(this.#toError(`reading of ${this.#options.topics.join(", ")}`, cause).message);
  }

  #fail(callback: string, cause: unknown): void {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `subscription of group ${this.#options.group} ended: its ${callback} threw: ${reason}`;
    this.#end(new BedsideError("BUS_CLOSED", message, { cause }));
  }

  #end(cause: unknown): void {
    if (this.#leaving) return;
    const { group, memberName } = this.#options;
    const whose = memberName ? `${memberName}'s subscription` : "subscription";
    const error = this.#toError(`${whose} of group ${group} ended`, cause);
    void this.close();
    if (this.#hasJoined) this.#options.onError(error);
    else this.#join.reject(error);
  }

  async #leave(): Promise<void> {
    this.#handout.stop();
    for (const timer of this.#timers) clearInterval(timer);
    this.#closing.abort();
    await this.#revoke();
    this.#session?.end(undefined);
    await this.#session?.close(true);
    this.#join.reject(new BedsideError("BUS_CLOSED", "the bus is closed"));
    this.#context.standpoint.leave();
  }

  #toError(doing: string, cause: unknown): BedsideError {
    return toBusError(this.#context.brokers, doing, cause);
  }
}
