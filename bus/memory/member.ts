import { BedsideError } from "../../contracts/errors.ts";
import type { PartitionRef, ReceivedMessage, SubscribeOptions, Subscription } from "../bus.ts";
import { Handout } from "../shared/handout.ts";
import type { Cursor, Partition } from "./partition.ts";

interface Holding {
  readonly partition: Partition;
  readonly cursor: Cursor;
}

/** What a member asks of its group. */
export interface Membership {
  commit(position: PartitionRef & { offset: number }): void;
  leave(member: Member): Promise<void>;
}

/** One member of a group: the partitions it holds at the moment, and its place in each. */
export class Member implements Subscription {
  readonly id: string;
  readonly options: SubscribeOptions;
  readonly #group: Membership;
  readonly #handout: Handout;
  #holdings: Holding[] = [];
  #turn = 0;
  #isRevoking = false;
  #closing: Promise<void> | undefined;

  constructor(id: string, group: Membership, options: SubscribeOptions) {
    this.id = id;
    this.options = options;
    this.#group = group;
    this.#handout = new Handout({
      credits: options.credits,
      next: () => this.#next(),
      onMessage: options.onMessage,
      onFailure: (cause) => this.#fail("onMessage", cause),
    });
  }

  get inFlight(): number {
    return this.#handout.inFlight;
  }

  release(count: number): void {
    this.#handout.release(count);
  }

  async commit(offsets: readonly (PartitionRef & { offset: number })[]): Promise<void> {
    for (const position of offsets) if (this.#find(position)) this.#group.commit(position);
  }

  seek(position: PartitionRef & { offset: number }): void {
    const holding = this.#find(position);
    if (!holding) return;
    holding.cursor.position = holding.partition.clamp(position.offset);
    this.#handout.wake();
  }

  async lag(): Promise<number | null> {
    if (this.#holdings.length === 0) return null;
    return this.#holdings.reduce((sum, { partition, cursor }) => sum + partition.end - cursor.position, 0);
  }

  close(): Promise<void> {
    this.#handout.stop();
    this.#closing ??= this.#group.leave(this);
    return this.#closing;
  }

  /** Stops handing out and lets the owner commit; what is held stays held until `assign`. */
  async revoke(): Promise<void> {
    this.#isRevoking = true;
    if (this.#holdings.length === 0) return;
    try {
      await this.options.onRevoked?.(this.#holdings.map(({ partition }) => refOf(partition)));
    } catch (cause) {
      this.#fail("onRevoked", cause);
    }
  }

  /** Replaces what is held; each partition begins at its offset. */
  assign(places: readonly { partition: Partition; offset: number }[]): void {
    for (const { partition, cursor } of this.#holdings) partition.close(cursor);
    this.#holdings = places.map(({ partition, offset }) => {
      const cursor = { position: offset, wake: () => this.#handout.wake() };
      partition.open(cursor);
      return { partition, cursor };
    });
    this.#isRevoking = false;
    if (places.length === 0) return;
    try {
      this.options.onAssigned?.(
        places.map(({ partition, offset }) => ({ ...refOf(partition), offset, end: partition.end })),
      );
    } catch (cause) {
      this.#fail("onAssigned", cause);
    }
    this.#handout.wake();
  }

  #next(): ReceivedMessage | undefined {
    if (this.#isRevoking) return undefined;
    const count = this.#holdings.length;
    for (let tried = 0; tried < count; tried++) {
      this.#turn = (this.#turn + 1) % count;
      const { partition, cursor } = this.#holdings[this.#turn];
      const message = partition.take(cursor);
      if (message) return message;
    }
    return undefined;
  }

  #find({ topic, partition }: PartitionRef): Holding | undefined {
    return this.#holdings.find(
      (holding) => holding.partition.topic === topic && holding.partition.number === partition,
    );
  }

  #fail(callback: string, cause: unknown): void {
    if (this.#closing) return;
    void this.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `subscription of group ${this.options.group} ended: its ${callback} threw: ${reason}`;
    this.options.onError(new BedsideError("BUS_CLOSED", message, { cause }));
  }
}

const refOf = ({ topic, number }: Partition): PartitionRef => ({ topic, partition: number });
