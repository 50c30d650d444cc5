import { type Bus, checkReadable, type ReceivedMessage, type Subscription } from "../../../bus/bus.ts";
import { isCanary } from "../../../contracts/canary.ts";
import { BedsideError } from "../../../contracts/errors.ts";
import type { EventTopic } from "../feed/event-topics.ts";
import { metaOf } from "../feed/meta.ts";
import { spliceEvent } from "../feed/splice.ts";
import type { PastEvent, Piece, Pieces } from "./piece.ts";
import { Read } from "./read.ts";

/** Without anything to read for so long, the topic is left. */
const LEAVE_AFTER_MS = 10_000;
const LOOK_EVERY_MS = 500;
/** Where nothing has come for so long, it is asked whether there is anything; and after so long the topic is opened anew. */
const ASK_AFTER_MS = 1500;
const REOPEN_AFTER_MS = 20_000;
/** Messages are taken at once: this bounds what the bus reads ahead. */
const CREDITS = 1024;

export interface TopicPastOptions {
  readonly bus: Bus;
  /** Another one each time: a group without a committed offset begins at what the topic still has. */
  readonly group: () => string;
  readonly topic: EventTopic;
  readonly pieces: Pieces;
  /** Where the partition's present is: reading goes on there while nothing is wanted of it. */
  readonly nextOf: (partition: number) => number;
  readonly onError: (error: BedsideError) => void;
}

/** One subscription of the topic, as long as something is wanted of its past. */
interface Opened {
  subscription: Subscription | null;
  /** By partition, the first offset that the topic has. */
  readonly lows: number[];
}

/** What stood in a topic before the gateway's own memory of it, read in pieces: one at a time of each partition, first come, first served. */
export class TopicPast {
  /** By partition, the first of which is being read. */
  private readonly reads = new Map<number, Read[]>();
  private opened: Opened | null = null;
  private looking: ReturnType<typeof setInterval> | undefined;
  private idleSinceMs = 0;
  private isClosed = false;

  constructor(private readonly options: TopicPastOptions) {}

  /** From offset `from` on, at the most up to `until`, which the gateway's memory begins with. Rejects with BUS_CLOSED. */
  read(partition: number, from: number, until: number): Promise<Piece> {
    const { topic } = this.options;
    const wanted = { topic: topic.topic, partition, from, until };
    const read = new Read(wanted, topic.cleanup.policy === "compact", (message) => this.eventOf(message));
    const queue = this.reads.get(partition) ?? [];
    this.reads.set(partition, queue);
    queue.push(read);
    if (this.isClosed) void this.close();
    else if (!this.opened) this.open();
    if (queue.length === 1) this.begin(partition);
    return read.piece.promise;
  }

  /** What will be asked for soon, where nobody else waits for the partition. */
  prepare(partition: number, from: number, until: number): void {
    if (this.isClosed || this.reads.get(partition)?.length) return;
    // Whoever then asks is told why there is none.
    this.read(partition, from, until).catch(() => {});
  }

  async close(): Promise<void> {
    this.isClosed = true;
    const closed = new BedsideError("BUS_CLOSED", "the gateway is shutting down");
    for (const queue of this.reads.values()) for (const { piece } of queue.splice(0)) piece.reject(closed);
    await this.leave();
  }

  private open(): void {
    const { bus, topic, onError } = this.options;
    const opened: Opened = { subscription: null, lows: [] };
    this.opened = opened;
    this.idleSinceMs = performance.now();
    this.looking ??= setInterval(() => this.look(), LOOK_EVERY_MS);
    let owed = 0;
    const subscribed = bus.subscribe({
      group: this.options.group(),
      topics: [topic.name],
      from: "earliest",
      credits: CREDITS,
      onAssigned: (places) => {
        for (const { partition, offset } of places) opened.lows[partition] ??= offset;
        this.seekAll(opened);
      },
      onMessage: (message) => {
        if (opened.subscription) opened.subscription.release(1);
        else owed++;
        if (opened.subscription && opened === this.opened) this.take(message);
      },
      onError,
    });
    subscribed.then(
      (subscription) => {
        if (opened !== this.opened) return subscription.close();
        opened.subscription = subscription;
        this.seekAll(opened);
        subscription.release(owed);
        return undefined;
      },
      (error: unknown) => {
        if (opened !== this.opened || this.isClosed) return;
        for (const queue of this.reads.values()) for (const { piece } of queue.splice(0)) piece.reject(error);
        this.opened = null;
      },
    );
  }

  /** Each partition to where something is wanted of it, the others to the present. */
  private seekAll(opened: Opened): void {
    if (!opened.subscription || opened !== this.opened) return;
    for (let partition = 0; partition < this.options.bus.partitions; partition++) this.begin(partition);
  }

  /** Begins with the first read of the partition that is not there yet; without any, goes to the present. */
  private begin(partition: number): void {
    const { opened } = this;
    const queue = this.reads.get(partition) ?? [];
    for (let read = queue.at(0); read; read = queue.at(0)) {
      const found = this.options.pieces.find(read.wanted.topic, partition, read.wanted.from);
      if (!found && !opened?.subscription) return;
      if (!found) read.beginAt(opened?.lows[partition] ?? 0);
      if (!found && !read.isWhole) {
        read.movedMs = performance.now();
        return this.seek(partition, read.position);
      }
      if (found) read.piece.resolve(found);
      else this.options.pieces.add(read.finish());
      queue.shift();
    }
    this.seek(partition, this.options.nextOf(partition));
  }

  private seek(partition: number, offset: number): void {
    this.opened?.subscription?.seek({ topic: this.options.topic.name, partition, offset });
  }

  private take(message: ReceivedMessage): void {
    const { partition } = message;
    const read = this.reads.get(partition)?.at(0);
    if (!read) return;
    if (!read.take(message)) this.seek(partition, read.position);
    else if (read.isWhole) this.begin(partition);
  }

  /** Null for what no client is told. */
  private eventOf(message: ReceivedMessage): PastEvent | null {
    const { topic } = this.options;
    const { key, value, offset, headers } = message;
    if (isCanary(key)) return null;
    try {
      checkReadable(message);
      const bed = topic.bedOf(value);
      const meta = JSON.stringify(metaOf(headers, Date.now()));
      return { bed, offset, spliced: spliceEvent(topic.topic, bed, "", value, meta) };
    } catch (error) {
      if (error instanceof BedsideError) return null;
      throw error;
    }
  }

  private look(): void {
    const nowMs = performance.now();
    const current = [...this.reads.values()].flatMap((queue) => queue.slice(0, 1));
    if (current.length > 0) this.idleSinceMs = nowMs;
    else if (nowMs - this.idleSinceMs >= LEAVE_AFTER_MS) void this.leave();
    const still = current.filter(({ movedMs }) => nowMs - movedMs >= ASK_AFTER_MS);
    if (still.length > 0) void this.ask(still, nowMs);
  }

  /** A log may end in what is no message, the mark of a transaction say: where nothing is left to read, the reads are whole. */
  private async ask(still: readonly Read[], nowMs: number): Promise<void> {
    const { opened } = this;
    const lag = await opened?.subscription?.lag().catch(() => null);
    if (opened !== this.opened || !opened?.subscription) return;
    for (const read of still) {
      const { partition } = read.wanted;
      if (read !== this.reads.get(partition)?.at(0) || read.movedMs > nowMs) continue;
      if (lag === 0) {
        read.endThere();
        this.begin(partition);
      } else if (nowMs - read.movedMs >= REOPEN_AFTER_MS) {
        read.movedMs = nowMs;
        await this.leave();
        return this.open();
      }
    }
  }

  private async leave(): Promise<void> {
    const { opened } = this;
    this.opened = null;
    clearInterval(this.looking);
    this.looking = undefined;
    await opened?.subscription?.close();
  }
}
