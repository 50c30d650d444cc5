import type { TopicName } from "../../contracts/topics.ts";
import type { BusMessage, ReceivedMessage } from "../bus.ts";
import { Fifo } from "../../kit/fifo.ts";
import type { PartitionLog } from "./log.ts";

/** A member's place in one partition. */
export interface Cursor {
  /** The next offset to be handed out. */
  position: number;
  /** Called when there is more to read. */
  readonly wake: () => void;
}

interface Append {
  readonly message: BusMessage;
  readonly done: () => void;
}

/**
 * A log with its readers and its queue of appends: what a reader has not been handed is not evicted, so appends wait,
 * in order, until the slowest reader has been handed more.
 */
export class Partition {
  readonly topic: TopicName;
  readonly number: number;
  readonly #log: PartitionLog;
  readonly #cursors = new Set<Cursor>();
  readonly #waiting = new Fifo<Append>();

  constructor(topic: TopicName, number: number, log: PartitionLog) {
    this.topic = topic;
    this.number = number;
    this.#log = log;
  }

  /** The offset the next message gets. */
  get end(): number {
    return this.#log.end;
  }

  /** `offset` brought into what the log holds. */
  clamp(offset: number): number {
    return Math.min(Math.max(offset, this.#log.start), this.#log.end);
  }

  /** Resolves when the message stands in the log. */
  append(message: BusMessage): Promise<void> {
    return new Promise((done) => {
      this.#waiting.push({ message, done });
      this.#drain();
    });
  }

  open(cursor: Cursor): void {
    this.#cursors.add(cursor);
  }

  close(cursor: Cursor): void {
    this.#cursors.delete(cursor);
    this.#drain();
  }

  /** The message at the cursor, which moves on; undefined at the end. */
  take(cursor: Cursor): ReceivedMessage | undefined {
    const message = this.#log.read(cursor.position);
    if (!message) return undefined;
    cursor.position = message.offset + 1;
    this.#drain();
    return message;
  }

  #drain(): void {
    let next = this.#waiting.at(0);
    if (!next) return;
    const { topic, number: partition } = this;
    const keepFrom = this.#slowest();
    for (; next; next = this.#waiting.at(0)) {
      const { headers = {} } = next.message;
      const offset = this.#log.end;
      if (!this.#log.append({ ...next.message, headers, topic, partition, offset }, keepFrom)) break;
      this.#waiting.shift();
      next.done();
    }
    for (const { wake } of this.#cursors) wake();
  }

  #slowest(): number {
    let slowest = Infinity;
    for (const { position } of this.#cursors) slowest = Math.min(slowest, position);
    return slowest;
  }
}
