import type { Gap, SocketEvent } from "../contracts/socket.ts";
import { Fifo } from "../kit/fifo.ts";
import { SubscriberError } from "./errors.ts";
import { Link, type LinkOptions } from "./link.ts";
import { ToldOnce } from "./told-once.ts";

/** Events that wait for the loop, at the most: beyond, the gateway is left, and come back to when half of them are taken. */
const WAITING = 4096;

export type StreamOptions = Pick<
  LinkOptions,
  "openSocket" | "url" | "topics" | "beds" | "token" | "ticket" | "onState" | "onSnapshot"
> & {
  readonly since?: string;
  readonly onGap?: (gap: Gap) => void;
};

/**
 * Events in a `for await` loop. The connection begins with the loop and ends with it; one that is lost comes back by itself, to this gateway or
 * another one behind the same address, and goes on behind the last event. Each event comes once. A loop that is slower than its beds costs
 * no memory: what it has not taken stays with the gateway.
 */
export class EventStream<T> implements AsyncIterableIterator<T> {
  private readonly link: Link;
  private readonly told = new ToldOnce();
  private readonly waiting = new Fifo<{ readonly item: T; readonly cursor: string }>();
  private wake: (() => void) | null = null;
  private failure: { readonly error: unknown } | null = null;
  private isClosed = false;
  private isFull = false;
  private reached: string | undefined;

  constructor(options: StreamOptions, toItem: (event: SocketEvent) => T) {
    const { onGap, since } = options;
    this.reached = since;
    this.link = new Link(
      {
        ...options,
        onEvent: (event) => {
          if (this.told.isNew(event.topic, event.data as never)) this.take(toItem(event), event.cursor);
        },
        onGap: (gap) => (onGap ? onGap(gap) : this.fail(gapError(gap))),
        onFailure: (error) => this.fail(error),
      },
      since,
    );
  }

  /** Stands behind the last event that the loop was given: who keeps it goes on from there with `since`, at any gateway. */
  get cursor(): string | undefined {
    return this.reached;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    for (;;) {
      const next = this.waiting.shift();
      if (next) {
        this.reached = next.cursor;
        if (this.isFull && this.waiting.length <= WAITING / 2) this.comeBack();
        return { done: false, value: next.item };
      }
      if (this.failure) {
        const { error } = this.failure;
        this.close();
        throw error;
      }
      if (this.isClosed) return { done: true, value: undefined };
      this.link.open();
      await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.close();
    return { done: true, value: undefined };
  }

  /** Ends the loop and the connection. */
  close(): void {
    this.isClosed = true;
    this.link.close();
    this.hurry();
  }

  private take(item: T, cursor: string): void {
    this.waiting.push({ item, cursor });
    if (this.waiting.length >= WAITING) {
      this.isFull = true;
      this.link.close();
    }
    this.hurry();
  }

  private comeBack(): void {
    this.isFull = false;
    if (!this.failure && !this.isClosed) this.link.open();
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
    this.link.close();
    this.hurry();
  }

  private hurry(): void {
    this.wake?.();
    this.wake = null;
  }
}

const gapError = ({ topic, reason }: Gap): SubscriberError =>
  new SubscriberError(
    "GAP",
    `some ${topic} are gone (${reason}): begin without \`since\`, or give \`onGap\` and go on without them`,
  );
