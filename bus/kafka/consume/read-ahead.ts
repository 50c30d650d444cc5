import type { PartitionRef, ReceivedMessage } from "../../bus.ts";
import { Fifo } from "../../../kit/fifo.ts";

/** Fetched and not handed out, bytes: at the first the source is paused, at the second it goes on. */
const PAUSE_AT = 2 << 20;
const RESUME_AT = 1 << 20;
/** What a message costs beside its value, bytes. */
const OVERHEAD = 128;

interface Held extends PartitionRef {
  queue: Fifo<ReceivedMessage>;
  /** The next offset to be fetched, and to be handed out. */
  fetched: number;
  position: number;
}

const keyOf = ({ topic, partition }: PartitionRef): string => `${topic}/${partition}`;

/**
 * The partitions a member holds, with what was fetched of each ahead of its being handed out. Bounded: `isFull` says
 * when to pause the source, with a lower threshold to go on.
 */
export class ReadAhead {
  #held = new Map<string, Held>();
  #order: readonly Held[] = [];
  #turn = 0;
  #bytes = 0;
  #isFull = false;

  get isFull(): boolean {
    return this.#isFull;
  }

  /** The partitions held, each with the next offset to be handed out. */
  get places(): (PartitionRef & { offset: number })[] {
    return this.#order.map(({ topic, partition, position }) => ({ topic, partition, offset: position }));
  }

  /** The partitions held, each with the next offset to be fetched. */
  get fetched(): (PartitionRef & { offset: number })[] {
    return this.#order.map(({ topic, partition, fetched }) => ({ topic, partition, offset: fetched }));
  }

  /** The next offset to be fetched of a partition that is held. */
  expected(ref: PartitionRef): number | undefined {
    return this.#held.get(keyOf(ref))?.fetched;
  }

  /** Replaces what is held; nothing fetched is kept. */
  hold(places: readonly (PartitionRef & { offset: number })[]): void {
    this.#order = places.map(({ topic, partition, offset }) => {
      return { topic, partition, queue: new Fifo<ReceivedMessage>(), fetched: offset, position: offset };
    });
    this.#held = new Map(this.#order.map((held) => [keyOf(held), held]));
    this.#count(-this.#bytes);
  }

  has(ref: PartitionRef): boolean {
    return this.#held.has(keyOf(ref));
  }

  /** Forgets what was fetched of a partition: its next message is the one at `offset`. */
  seek(place: PartitionRef & { offset: number }): void {
    const held = this.#held.get(keyOf(place));
    if (!held) return;
    for (let dropped = held.queue.shift(); dropped; dropped = held.queue.shift()) this.#count(-sizeOf(dropped));
    held.fetched = place.offset;
    held.position = place.offset;
  }

  /** Takes a fetched message, unless its partition is not held or it lies before where the reader is. */
  push(message: ReceivedMessage): void {
    const held = this.#held.get(keyOf(message));
    if (!held || message.offset < held.fetched) return;
    held.queue.push(message);
    held.fetched = message.offset + 1;
    this.#count(sizeOf(message));
  }

  /** Up to `offset` there is nothing more for a reader. */
  pass({ offset, ...ref }: PartitionRef & { offset: number }): void {
    const held = this.#held.get(keyOf(ref));
    if (!held || offset < held.fetched) return;
    held.fetched = offset + 1;
    if (held.queue.length === 0) held.position = held.fetched;
  }

  /** The next message, the partitions taking turns; undefined if none is there. */
  shift(): ReceivedMessage | undefined {
    for (let tried = 0; tried < this.#order.length; tried++) {
      this.#turn = (this.#turn + 1) % this.#order.length;
      const held = this.#order[this.#turn];
      const message = held.queue.shift();
      if (!message) continue;
      held.position = held.queue.length === 0 ? held.fetched : message.offset + 1;
      this.#count(-sizeOf(message));
      return message;
    }
    return undefined;
  }

  #count(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes >= PAUSE_AT) this.#isFull = true;
    else if (this.#bytes <= RESUME_AT) this.#isFull = false;
  }
}

const sizeOf = ({ value }: ReceivedMessage): number => value.byteLength + OVERHEAD;
