import { deferred } from "../../../kit/deferred.ts";
import { within } from "../../../kit/within.ts";
import type { PartitionRef } from "../../bus.ts";
import {
  COMMIT_WITHIN_MS,
  type Connection,
  FAREWELL_MS,
  type Session,
  SESSION_MS,
  type SessionOptions,
} from "../client.ts";
import { createWatchdog } from "../consume/watchdog.ts";
import { dropConnections, isUnanswered } from "./connect.ts";
import { Fetcher } from "./fetcher.ts";
import { Member } from "./member.ts";

/**
 * One membership of a group, with @platformatic/kafka, which after a heartbeat that failed sends none any more (1.35.0): that and any
 * other error ends the session. Where the broker did not answer, the next session is the same member to the group, which else would
 * wait for the one that has gone until its time is over.
 */
export class PlatformaticSession implements Session {
  readonly #options: SessionOptions;
  readonly #member: Member;
  readonly #fetcher: Fetcher;
  readonly #over = deferred<unknown>();
  readonly #watchdog;
  readonly #joinTimer: NodeJS.Timeout;
  #heardMs = performance.now();
  /** The broker did not answer. */
  #isLost = false;
  #isClosed = false;

  constructor(connection: Connection, options: SessionOptions) {
    this.#options = options;
    this.#member = new Member(connection, options);
    this.#fetcher = new Fetcher({
      connection,
      member: this.#member,
      onFetched: options.onFetched,
      onFailure: (cause) => this.end(cause),
    });
    const { stallTimeoutMs } = options;
    this.#watchdog = createWatchdog(stallTimeoutMs, () => this.end(new Error(`no heartbeat for ${stallTimeoutMs} ms`)));
    const late = new Error(`no answer in ${SESSION_MS.join} ms`);
    this.#joinTimer = setTimeout(() => this.end(late), SESSION_MS.join);
    this.#run();
  }

  get over(): Promise<unknown> {
    return this.#over.promise;
  }

  get memberId(): string | undefined {
    return this.#member.memberId ?? undefined;
  }

  get silentMs(): number {
    return performance.now() - this.#heardMs;
  }

  end(cause: unknown): void {
    this.#over.resolve(cause);
    this.#isLost ||= isUnanswered(cause);
  }

  async close(isLast: boolean): Promise<void> {
    this.#isClosed = true;
    this.#watchdog.stop();
    clearTimeout(this.#joinTimer);
    await this.#fetcher.close();
    const stays = this.#isLost || (!isLast && this.#options.subscribe.memberName);
    if (!stays) await within(FAREWELL_MS, Promise.resolve(this.#member.leaveGroup(true)));
    await within(FAREWELL_MS, this.#member.connections.close());
    dropConnections(this.#member.connections);
  }

  async commit(offsets: readonly (PartitionRef & { offset: number })[]): Promise<void> {
    // Its client would connect anew.
    if (this.#isClosed) throw new Error("the session is over");
    const committed = this.#member.commit({
      offsets: offsets.map(({ topic, partition, offset }) => {
        return { topic, partition, offset: BigInt(offset), leaderEpoch: -1 };
      }),
    });
    if (!(await within(COMMIT_WITHIN_MS, committed))) throw new Error(`no answer in ${COMMIT_WITHIN_MS} ms`);
    await committed;
  }

  pause(refs: readonly PartitionRef[]): void {
    this.#fetcher.pause(refs);
  }

  resume(refs: readonly PartitionRef[]): void {
    this.#fetcher.resume(refs);
  }

  seek(place: PartitionRef & { offset: number }): void {
    this.#fetcher.seek(place);
  }

  #run(): void {
    const { topics } = this.#options.subscribe;
    this.#member.on("consumer:heartbeat:end", () => this.#alive());
    this.#member.on("consumer:heartbeat:error", ({ error }) => this.end(error));
    this.#member.on("consumer:group:join", ({ assignments = [] }) => {
      this.#alive();
      clearTimeout(this.#joinTimer);
      const numbers = new Map(assignments.map(({ topic, partitions }) => [topic, partitions]));
      const refs = topics.flatMap((topic) =>
        (numbers.get(topic) ?? []).toSorted((a, b) => a - b).map((partition) => ({ topic, partition })),
      );
      this.#fetcher.hold(refs);
      this.#options.onJoined(refs);
    });
    // Where joining anew failed.
    this.#member.on("error", (error) => this.end(error));
    this.#member.joinGroup({}).catch((cause: unknown) => this.end(cause));
  }

  #alive(): void {
    this.#heardMs = performance.now();
    this.#watchdog.alive();
  }
}
