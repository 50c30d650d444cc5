import { BedsideError } from "../../contracts/errors.ts";
import type { ReceivedMessage } from "../bus.ts";

/** Messages handed out before other work of the process gets its turn. */
const PER_TURN = 64;

export interface HandoutOptions {
  /** ≥ 1. */
  readonly credits: number;
  /** The next message, or undefined when there is none at the moment; called only when a credit is free. */
  readonly next: () => ReceivedMessage | undefined;
  readonly onMessage: (message: ReceivedMessage) => void;
  /** `onMessage` threw: nothing more is handed out. */
  readonly onFailure: (cause: unknown) => void;
}

/**
 * Hands out messages while credits last. Always in a turn of its own, so that neither who publishes nor who releases
 * ever finds itself inside `onMessage`.
 */
export class Handout {
  #inFlight = 0;
  #scheduled = false;
  #stopped = false;
  readonly #options: HandoutOptions;

  constructor(options: HandoutOptions) {
    this.#options = options;
  }

  /** Messages handed out and not released. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** There may be something to hand out. */
  wake(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  /** Gives back `count` credits; throws BAD_ARGUMENT for more than are out. */
  release(count: number): void {
    if (!Number.isSafeInteger(count) || count < 0 || count > this.#inFlight) {
      throw new BedsideError("BAD_ARGUMENT", `release(${count}) while ${this.#inFlight} messages are in flight`);
    }
    this.#inFlight -= count;
    this.wake();
  }

  /** Nothing is handed out from here on. */
  stop(): void {
    this.#stopped = true;
  }

  #turn(): void {
    const { credits, next, onMessage, onFailure } = this.#options;
    for (let i = 0; i < PER_TURN; i++) {
      if (this.#stopped || this.#inFlight >= credits) return;
      const message = next();
      if (!message) return;
      this.#inFlight++;
      try {
        onMessage(message);
      } catch (cause) {
        this.stop();
        onFailure(cause);
        return;
      }
    }
    this.wake();
  }
}
