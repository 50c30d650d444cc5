import type { ReceivedMessage } from "../bus.ts";
import type { PartitionLog } from "./log.ts";

/** So many superseded messages at least make a sweep worth its while. */
const SWEEP_FROM = 64;

/**
 * The last message of each key, at its own offset. What is superseded, and a tombstone, goes once every reader
 * has been handed it; at most `maxSuperseded` wait for a slow one. Bounded by that and the number of keys.
 */
export class CompactedLog implements PartitionLog {
  /** Ascending by offset, with gaps. */
  #messages: ReceivedMessage[] = [];
  readonly #last = new Map<string, number>();
  #end = 0;
  #sweepAt: number;

  constructor(private readonly maxSuperseded: number) {
    this.#sweepAt = Math.min(SWEEP_FROM, maxSuperseded);
  }

  get start(): number {
    return this.#messages[0]?.offset ?? this.#end;
  }

  get end(): number {
    return this.#end;
  }

  read(offset: number): ReceivedMessage | undefined {
    let low = 0;
    let high = this.#messages.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#messages[middle].offset < offset) low = middle + 1;
      else high = middle;
    }
    return this.#messages[low];
  }

  append(message: ReceivedMessage, keepFrom: number): boolean {
    if (this.#superseded >= this.#sweepAt) {
      this.#messages = this.#messages.filter(({ key, offset }) => offset >= keepFrom || this.#last.get(key) === offset);
      if (this.#superseded >= this.maxSuperseded) return false;
      this.#sweepAt = Math.min(this.maxSuperseded, Math.max(SWEEP_FROM, this.#last.size, 2 * this.#superseded));
    }
    this.#messages.push(message);
    this.#end = message.offset + 1;
    if (message.isTombstone) this.#last.delete(message.key);
    else this.#last.set(message.key, message.offset);
    return true;
  }

  get #superseded(): number {
    return this.#messages.length - this.#last.size;
  }
}
