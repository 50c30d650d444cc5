import { BedsideError } from "../../contracts/errors.ts";
import { HEADERS, type TopicName } from "../../contracts/topics.ts";
import { Fifo } from "../../kit/fifo.ts";
import { type Deferred, deferred } from "../../kit/deferred.ts";
import { within } from "../../kit/within.ts";
import type { Bus, BusMessage } from "../bus.ts";
import { checkMessage } from "../shared/arguments.ts";
import { type Batch, OutboxLog } from "./outbox-log.ts";
import type { Contents } from "./segment.ts";
import { depthWords } from "./words.ts";

/** Messages that go to the bus together, bytes. */
const BATCH_BYTES = 512 << 10;
/** What waits for so long is said to, and again at each such time. */
const SLOW_MS = 2000;
const SAY_EVERY_MS = 10_000;
/** How long a farewell may take. */
const DRAIN_WITHIN_MS = 2000;

export interface OutboxOptions {
  readonly dir: string;
  readonly maxBytes: number;
  readonly bus: Pick<Bus, "publish">;
  /** Says in one line what a person should know. */
  readonly say: (line: string) => void;
}

interface Waiting {
  readonly messages: readonly BusMessage[];
  readonly taken: Deferred<void>;
}

/**
 * What is published is on this machine's disk before it is on its way, and stays there until the bus has it: through a bus that is away, and through
 * the end of this process. Beyond its bound the oldest goes, and the next message says so in its header `lost-before`.
 */
export class Outbox implements Pick<Bus, "publish"> {
  private readonly waiting = new Fifo<Waiting>();
  private writing: Promise<void> | null = null;
  private draining: Promise<void> | null = null;
  private isClosed = false;
  private isDiskSaid = false;
  private isDepthSaid = false;
  private failure: unknown = null;
  private readonly looking: NodeJS.Timeout;
  private saidMs = 0;
  private refusedMessages = 0;

  private constructor(
    private readonly log: OutboxLog,
    private readonly options: OutboxOptions,
  ) {
    this.looking = setInterval(() => this.sayDepth(), SLOW_MS / 4).unref();
  }

  static async open(options: OutboxOptions): Promise<Outbox> {
    const outbox = new Outbox(await OutboxLog.open(options), options);
    const { messages } = outbox.log.contents;
    if (messages > 0) options.say(`outbox: ${depthWords(outbox.log.contents)} from before`);
    outbox.drain();
    return outbox;
  }

  /** What the bus does not have yet. */
  get contents(): Contents {
    return this.log.contents;
  }

  /** Messages that the bus never gets, since this process began: no room, a disk that lost them, a topic that refused them. */
  get lostMessages(): number {
    return this.log.lostMessages + this.refusedMessages;
  }

  /**
   * Resolves when the messages are on the disk; where that can't be written, when the bus has them. Rejects with BAD_MESSAGE for one that no topic
   * takes, BUS_CLOSED.
   */
  async publish(messages: readonly BusMessage[]): Promise<void> {
    if (this.isClosed) throw closed();
    if (this.failure) throw this.failure;
    for (const message of messages) checkMessage(message);
    if (messages.length === 0) return;
    const taken = deferred<void>();
    this.waiting.push({ messages, taken });
    this.writing ??= this.writeAll().finally(() => (this.writing = null));
    await taken.promise;
  }

  /** Resolves when nothing waits; rejects when the bus takes no messages any more. */
  async drained(): Promise<void> {
    while (this.writing ?? this.draining) await (this.writing ?? this.draining);
    if (this.failure) throw this.failure;
  }

  /** What does not go in time stays for the next process. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.looking);
    await within(
      DRAIN_WITHIN_MS,
      this.drained().catch(() => {}),
    );
    const { contents } = this.log;
    if (contents.messages > 0) this.options.say(`outbox: ${depthWords(contents)} in ${this.options.dir}`);
    await this.log.close();
  }

  private async writeAll(): Promise<void> {
    // What the same turn publishes is written together.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const all: Waiting[] = [];
      for (let one = this.waiting.shift(); one; one = this.waiting.shift()) all.push(one);
      const messages = all.flatMap((one) => one.messages);
      try {
        await this.keep(messages);
        for (const { taken } of all) taken.resolve();
      } catch (error) {
        for (const { taken } of all) taken.reject(error);
      }
    }
  }

  private async keep(messages: readonly BusMessage[]): Promise<void> {
    const atMs = Date.now();
    try {
      await this.log.append(messages.map((message) => ({ message, atMs })));
      if (this.isDiskSaid) this.options.say(`outbox: ${this.options.dir} can be written again`);
      this.isDiskSaid = false;
      this.drain();
    } catch (error) {
      if (error instanceof BedsideError) throw error;
      const { dir, say } = this.options;
      const reason = error instanceof Error ? error.message : String(error);
      if (!this.isDiskSaid)
        say(
          `outbox: ${dir} can't be written (${reason}): until it can, frames wait for the bus; make room on that disk`,
        );
      this.isDiskSaid = true;
      await this.draining;
      if (this.failure) throw this.failure;
      await this.options.bus.publish(messages);
    }
  }

  private drain(): void {
    this.draining ??= this.deliverAll()
      .catch((error: unknown) => {
        if (!this.isClosed) this.failure = error;
      })
      .finally(() => (this.draining = null));
  }

  private async deliverAll(): Promise<void> {
    for (let batch = await this.log.next(BATCH_BYTES); batch; batch = await this.log.next(BATCH_BYTES)) {
      await this.deliver(batch);
      await batch.done();
    }
  }

  private async deliver({ records, lost }: Batch): Promise<void> {
    const messages = records.map(({ message }) => message);
    if (lost) {
      this.options.say(
        `outbox: ${lost.messages} messages of ${spanOf(lost.fromMs, lost.toMs)} found no room and are lost`,
      );
      if (messages[0])
        messages[0] = {
          ...messages[0],
          headers: { ...messages[0].headers, [HEADERS.lostBefore]: String(lost.messages) },
        };
    }
    try {
      await this.options.bus.publish(messages);
    } catch (error) {
      if (!(error instanceof BedsideError) || error.code !== "BAD_MESSAGE") throw error;
      await this.deliverEach(messages);
    }
  }

  /** One that its topic refuses costs only itself. */
  private async deliverEach(messages: readonly BusMessage[]): Promise<void> {
    for (const message of messages) {
      try {
        await this.options.bus.publish([message]);
      } catch (error) {
        if (!(error instanceof BedsideError) || error.code !== "BAD_MESSAGE") throw error;
        this.refusedMessages++;
        this.options.say(`outbox: a message of ${message.topic} under ${message.key} is lost: ${error.message}`);
      }
    }
  }

  private sayDepth(): void {
    const { contents } = this.log;
    const nowMs = Date.now();
    if (contents.sinceMs !== null && nowMs - contents.sinceMs >= SLOW_MS) {
      if (nowMs - this.saidMs < SAY_EVERY_MS) return;
      this.saidMs = nowMs;
      this.isDepthSaid = true;
      this.options.say(`outbox: ${depthWords(contents)}`);
    } else if (this.isDepthSaid && contents.messages === 0) {
      this.isDepthSaid = false;
      this.options.say("outbox: empty, the bus has all");
    }
  }
}

const closed = (): BedsideError => new BedsideError("BUS_CLOSED", "the outbox is closed");

const spanOf = (fromMs: number, toMs: number): string =>
  `${new Date(fromMs).toISOString()} to ${new Date(toMs).toISOString()}`;

/** The bus, with the messages of these topics going by the outbox. */
export const byOutbox = (bus: Bus, outbox: Outbox, topics: ReadonlySet<TopicName>): Bus => ({
  partitions: bus.partitions,
  get trouble() {
    return bus.trouble;
  },
  start: () => bus.start(),
  publish: async (messages) => {
    const [kept, direct] = [true, false].map((isKept) => messages.filter(({ topic }) => topics.has(topic) === isKept));
    await Promise.all([outbox.publish(kept), direct.length > 0 ? bus.publish(direct) : undefined]);
  },
  subscribe: (options) => bus.subscribe(options),
  ends: (topic) => bus.ends(topic),
  close: () => bus.close(),
});
