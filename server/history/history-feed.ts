import { randomUUID } from "node:crypto";
import { type Bus, checkReadable, type ReceivedMessage } from "../../bus/bus.ts";
import { isCanary } from "../../contracts/canary.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { TOPIC_TABLE } from "../../contracts/topics.ts";
import { within } from "../../kit/within.ts";
import { openTopicTail, type TopicTail } from "../topic-tail.ts";
import type { History } from "./history.ts";
import { EVENT_TABLES } from "./schema.ts";

const CLOSE_WITHIN_MS = 1000;

export interface HistoryFeedOptions {
  readonly bus: Bus;
  readonly history: History;
  /** The bus has failed for good. */
  readonly onError: (error: unknown) => void;
}

/**
 * Reads the topics into history, with consumer groups of its own: from where the file ends, and from the topics' beginning where it
 * knows nothing of them. So a file that was deleted is made anew as far as the topics keep.
 */
export class HistoryFeed {
  private readonly tails: TopicTail[] = [];
  private starting: Promise<void> = Promise.resolve();
  private isClosed = false;

  constructor(private readonly options: HistoryFeedOptions) {}

  start(): void {
    const { onError } = this.options;
    this.starting = this.openAll().catch((error: unknown) => {
      if (!this.isClosed) onError(error);
    });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await within(CLOSE_WITHIN_MS, this.starting);
    await Promise.all(this.tails.map((tail) => tail.close()));
  }

  private async openAll(): Promise<void> {
    const { bus, history, onError } = this.options;
    if (!(await history.opened) || this.isClosed) return;
    const group = `bedside-history-${randomUUID()}`;
    history.isReadingBack = true;
    for (const topic of ["frames", "admissions", ...EVENT_TABLES] as const) {
      const { name } = TOPIC_TABLE[topic];
      const goesOnAt = await history.file.call("positions", [name, bus.partitions]);
      const tail = await openTopicTail({
        bus,
        group: `${group}-${topic}`,
        topic: name,
        from: "earliest",
        goesOnAt,
        onMessage: (message) => this.take(topic, message),
        onError,
      });
      if (this.isClosed) return tail.close();
      this.tails.push(tail);
    }
    void Promise.all(this.tails.map(({ caughtUp }) => caughtUp)).then(() => (history.isReadingBack = false));
  }

  /** Of canaries nothing is kept, and of what cannot be read. */
  private take(topic: string, message: ReceivedMessage): Promise<void> | undefined {
    if (isCanary(message.key)) return undefined;
    try {
      checkReadable(message);
    } catch (error) {
      if (error instanceof BedsideError) return undefined;
      throw error;
    }
    return this.options.history.take(topic, message);
  }
}
