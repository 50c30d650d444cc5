import { Fifo } from "../../kit/fifo.ts";
import type { ReceivedMessage } from "../bus.ts";
import type { PartitionLog, Retention } from "./log.ts";

/** The last messages, bounded in number and bytes. */
export class BoundedLog implements PartitionLog {
  readonly #messages = new Fifo<ReceivedMessage>();
  #start = 0;
  #bytes = 0;
  readonly #retention: Retention;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  get start(): number {
    return this.#start;
  }

  get end(): number {
    return this.#start + this.#messages.length;
  }

  read(offset: number): ReceivedMessage | undefined {
    return this.#messages.at(offset - this.#start);
  }

  /** After evicting what retention asks for. A message beyond maxBytes stands alone. */
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
