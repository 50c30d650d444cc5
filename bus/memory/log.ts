import type { ReceivedMessage } from "../bus.ts";
import { Fifo } from "../../kit/fifo.ts";

/** What a partition keeps at most; the oldest messages go first. */
export interface Retention {
  readonly maxMessages: number;
  readonly maxBytes: number;
}

/** One partition's messages, addressed by offset, bounded in number and bytes. */
export class PartitionLog {
  readonly #messages = new Fifo<ReceivedMessage>();
  #start = 0;
  #bytes = 0;
  readonly #retention: Retention;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  /** The oldest offset kept; equal to `end` when nothing is. */
  get start(): number {
    return this.#start;
  }

  /** The offset the next message gets. */
  get end(): number {
    return this.#start + this.#messages.length;
  }

  /** The message at `offset`, which is `start` or more; undefined at `end`. */
  read(offset: number): ReceivedMessage | undefined {
    return this.#messages.at(offset - this.#start);
  }

  /**
   * Appends `message`, which bears the offset `end`, after evicting what retention asks for. Returns false, and keeps
   * every message from `keepFrom` on, if one of those would have to go. A message beyond maxBytes stands alone.
   */
  append(message: ReceivedMessage, keepFrom: number): boolean {
    while (this.#isFullFor(message.value.byteLength)) {
      if (this.#start >= keepFrom) return false;
      this.#evict();
    }
    this.#messages.push(message);
    this.#bytes += message.value.byteLength;
    return true;
  }

  #isFullFor(bytes: number): boolean {
    const { maxMessages, maxBytes } = this.#retention;
    const count = this.#messages.length;
    return count > 0 && (count >= maxMessages || this.#bytes + bytes > maxBytes);
  }

  #evict(): void {
    this.#bytes -= this.#messages.shift()?.value.byteLength ?? 0;
    this.#start++;
  }
}
