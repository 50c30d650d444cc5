import { BedsideError } from "../../contracts/errors.ts";
import { Fifo } from "../../kit/fifo.ts";
import { within } from "../../kit/within.ts";
import type { BusMessage } from "../bus.ts";
import { partitionOf } from "../shared/partition.ts";
import { backoff } from "./backoff.ts";
import type { Outgoing, Sender } from "./client.ts";
import { isTooLarge, toBusError } from "./errors.ts";
import type { Standpoint } from "./reachability.ts";

/** Messages that go together, bytes; under the 1 MB that a topic of default settings takes. */
const REQUEST_BYTES = 768 << 10;
/** What a message costs beside its value, bytes. */
const OVERHEAD = 128;
/** How long a broker may take over a farewell, and over what still waits to be sent, ms. */
const FAREWELL_MS = 2000;
/** A request that takes so long is said to be in trouble, ms; it goes on. */
const SLOW_MS = 8000;

interface Pending {
  readonly messages: readonly Outgoing[];
  readonly bytes: number;
  readonly resolve: () => void;
  readonly reject: (cause: unknown) => void;
}

/** What the broker does not take, and why. */
type Refused = ReadonlyMap<Outgoing, BedsideError>;
const NONE_REFUSED: Refused = new Map();

export interface PublisherOptions {
  readonly openSender: () => Promise<Sender>;
  readonly brokers: readonly string[];
  readonly partitions: number;
  readonly compression: "none" | "gzip";
  /** Called before each connection: topics may be gone with a broker that comes back empty. */
  readonly prepare: () => Promise<void>;
  readonly standpoint: Standpoint;
}

/**
 * Publishes with one request under way at a time, as idempotence and order require; what comes meanwhile goes together
 * in the next. So a lone message never waits for company, and many messages share a round trip. A request that fails
 * is sent again until the broker has it.
 */
export class Publisher {
  readonly #options: PublisherOptions;
  readonly #queue = new Fifo<Pending>();
  readonly #closing = new AbortController();
  #sender: Promise<Sender> | undefined;
  #sending: Promise<void> | undefined;

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** Resolves when all replicas in sync have the messages. Rejects with BAD_MESSAGE for one too large for its topic, BUS_CLOSED. */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    const parts = splitBySize(messages).map(({ part, bytes }) => {
      const ready = part.map((message) => this.#toKafka(message));
      return new Promise<void>((resolve, reject) => {
        this.#queue.push({ messages: ready, bytes, resolve, reject });
      });
    });
    this.#sending ??= this.#sendAll();
    await Promise.all(parts);
  }

  /** Sends what waits if the broker takes it soon, then disconnects. */
  async close(): Promise<void> {
    if (this.#sending) await within(FAREWELL_MS, this.#sending);
    this.#closing.abort();
    await this.#abandon();
  }

  async #sendAll(): Promise<void> {
    // What the same turn publishes goes together.
    await Promise.resolve();
    while (this.#queue.length > 0) {
      const request = this.#take();
      try {
        const refused = await this.#deliver(request.flatMap(({ messages }) => messages));
        for (const pending of request) settle(pending, refused);
      } catch (cause) {
        for (const { reject } of request) reject(cause);
      }
    }
    this.#sending = undefined;
  }

  /** Tries until the broker has the messages, but those that it refuses, which are returned. Throws BUS_CLOSED. */
  async #deliver(messages: readonly Outgoing[]): Promise<Refused> {
    const { standpoint, brokers } = this.#options;
    const toError = (cause: unknown): BedsideError => toBusError(brokers, `publish to ${namesOf(messages)}`, cause);
    for (let tries = 1; ; tries++) {
      if (this.#closing.signal.aborted) throw new BedsideError("BUS_CLOSED", "the bus is closed");
      try {
        const sent = this.#send(messages);
        if (!(await within(SLOW_MS, sent))) standpoint.set(toError(new Error(`no answer in ${SLOW_MS} ms`)).message);
        await sent;
        standpoint.set(null);
        return NONE_REFUSED;
      } catch (cause) {
        const error = toError(cause);
        if (!(await this.#mayRepeat(cause))) await this.#abandon();
        if (isTooLarge(cause)) {
          if (messages.length === 1) return new Map([[messages[0], error]]);
          const half = messages.length >> 1;
          const first = await this.#deliver(messages.slice(0, half));
          return new Map([...first, ...(await this.#deliver(messages.slice(half)))]);
        }
        standpoint.set(error.message);
        await backoff(tries, this.#closing.signal);
      }
    }
  }

  async #send(messages: readonly Outgoing[]): Promise<void> {
    this.#sender ??= this.#open();
    await (await this.#sender).send(messages, this.#options.compression);
  }

  #take(): Pending[] {
    const request: Pending[] = [];
    let bytes = 0;
    for (let next = this.#queue.at(0); next; next = this.#queue.at(0)) {
      if (request.length > 0 && bytes + next.bytes > REQUEST_BYTES) break;
      this.#queue.shift();
      request.push(next);
      bytes += next.bytes;
    }
    return request;
  }

  #toKafka({ topic, key, value, headers, isTombstone }: BusMessage): Outgoing {
    const partition = partitionOf(key, this.#options.partitions);
    const bytes = isTombstone ? null : Buffer.from(value);
    return { topic, key, value: bytes, partition, ...(headers && { headers: { ...headers } }) };
  }

  async #open(): Promise<Sender> {
    await this.#options.prepare();
    return this.#options.openSender();
  }

  async #mayRepeat(cause: unknown): Promise<boolean> {
    const sender = await this.#sender?.catch(() => undefined);
    return sender?.mayRepeat(cause) ?? false;
  }

  async #abandon(): Promise<void> {
    const sender = this.#sender;
    this.#sender = undefined;
    if (sender)
      await within(
        FAREWELL_MS,
        sender.then((it) => it.close()),
      );
  }
}

/** One that is refused costs only the call that it came with. */
function settle({ messages, resolve, reject }: Pending, refused: Refused): void {
  const first = refused.size === 0 ? undefined : messages.find((message) => refused.has(message));
  if (first) reject(refused.get(first));
  else resolve();
}

function splitBySize(messages: readonly BusMessage[]): { part: BusMessage[]; bytes: number }[] {
  const parts: { part: BusMessage[]; bytes: number }[] = [];
  for (const message of messages) {
    const size = message.value.byteLength + OVERHEAD;
    const last = parts.at(-1);
    if (last && last.bytes + size <= REQUEST_BYTES) {
      last.part.push(message);
      last.bytes += size;
    } else {
      parts.push({ part: [message], bytes: size });
    }
  }
  return parts;
}

const namesOf = (messages: readonly Outgoing[]): string => [...new Set(messages.map(({ topic }) => topic))].join(", ");
