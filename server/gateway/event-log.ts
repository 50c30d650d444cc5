import { encodeCursor, type Positions } from "./cursor.ts";

export type EventTopic = "beats" | "conditions";

/** An event as it goes to every client: written once, sent many times. */
export interface LoggedEvent {
  readonly topic: EventTopic;
  readonly bed: string;
  readonly partition: number;
  readonly offset: number;
  readonly json: string;
}

/** The last events of both topics in the order the gateway got them, for clients that come back with a cursor. */
export class EventLog {
  private readonly events: LoggedEvent[] = [];
  /** Next offset of each partition. */
  private readonly next: Record<EventTopic, number[]>;
  /** The first offset of each partition that is still kept. */
  private readonly first: Record<EventTopic, number[]>;

  /** `ends`: offsets at which the gateway begins to read. */
  constructor(
    readonly partitions: number,
    private readonly limit: number,
  ) {
    this.next = { beats: zeros(partitions), conditions: zeros(partitions) };
    this.first = { beats: zeros(partitions), conditions: zeros(partitions) };
  }

  /** The gateway begins to read this partition at `offset`. */
  begin(topic: EventTopic, partition: number, offset: number): void {
    this.next[topic][partition] = offset;
    this.first[topic][partition] = offset;
  }

  /** A message of this place was read, whether it is told or not. */
  advance(topic: EventTopic, partition: number, offset: number): void {
    this.next[topic][partition] = Math.max(this.next[topic][partition], offset + 1);
  }

  add(topic: EventTopic, bed: string, partition: number, offset: number, data: unknown, meta: unknown): LoggedEvent {
    this.advance(topic, partition, offset);
    const json = JSON.stringify({ topic, bed, cursor: this.cursor, data, meta });
    const event = { topic, bed, partition, offset, json };
    this.events.push(event);
    if (this.events.length > this.limit) {
      const [oldest] = this.events.splice(0, 1);
      this.first[oldest.topic][oldest.partition] = oldest.offset + 1;
    }
    return event;
  }

  /** Everything up to this moment. */
  get cursor(): string {
    return encodeCursor(this.next);
  }

  /** The events behind `since`, oldest first, and the topics of which some are not kept any more. */
  after(since: Positions): { events: readonly LoggedEvent[]; missing: readonly EventTopic[] } {
    const topics: readonly EventTopic[] = ["beats", "conditions"];
    const missing = topics.filter((topic) =>
      since[topic].some(
        (offset, partition) => offset < this.first[topic][partition] || offset > this.next[topic][partition],
      ),
    );
    const events = this.events.filter(({ topic, partition, offset }) => offset >= since[topic][partition]);
    return { events, missing };
  }
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
