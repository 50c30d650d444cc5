import { Fifo } from "../../../kit/fifo.ts";
import { decodeCursor, encodeCursor, EVENT_TOPICS, type EventTopic, type Positions } from "./cursor.ts";

/** What is kept of each topic for clients that come back: so many events, and so many characters of them. */
export const KEPT_EVENTS = {
  beats: { events: 10_000, characters: 7 << 20 },
  conditions: { events: 2000, characters: 3 << 20 },
} as const satisfies Record<EventTopic, KeptLimits>;

export interface KeptLimits {
  readonly events: number;
  readonly characters: number;
}

/** Where an event stood on the bus, and what it says. */
export interface BusEvent {
  readonly topic: EventTopic;
  readonly bed: string;
  readonly partition: number;
  readonly offset: number;
  /** JSON of the event's data and meta. */
  readonly data: string;
  readonly meta: string;
}

/** An event as clients get it: JSON with the cursor that stands behind it, written once for all of them. */
export interface ToldEvent {
  readonly topic: EventTopic;
  readonly bed: string;
  readonly bytes: Uint8Array;
}

/** What followed a cursor. */
export interface Replay {
  /** Topics of which some events are not kept. */
  readonly missing: readonly EventTopic[];
  /** In the order the gateway got them; each event's cursor continues from the one asked for. */
  readonly events: Iterable<ToldEvent>;
}

interface Kept {
  /** Counts the events of both topics in the order they came. */
  readonly serial: number;
  readonly event: BusEvent;
}

interface TopicLog {
  readonly kept: Fifo<Kept>;
  characters: number;
  /** By partition: the first offset that is kept, and the next to come. */
  readonly first: number[];
  readonly next: number[];
}

/** The last events of both topics, and how far each partition has been read. */
export class EventLog {
  private readonly topics: Readonly<Record<EventTopic, TopicLog>>;
  private serial = 0;

  /** `name`: of the log that the bus's offsets count in. */
  constructor(
    private readonly name: string,
    private readonly partitions: number,
    private readonly limits: Readonly<Record<EventTopic, KeptLimits>> = KEPT_EVENTS,
  ) {
    const empty = (): TopicLog => ({
      kept: new Fifo(),
      characters: 0,
      first: zeros(partitions),
      next: zeros(partitions),
    });
    this.topics = { beats: empty(), conditions: empty() };
  }

  /** Reading of the partition begins at `offset`; what may lie before is not kept. */
  begin(topic: EventTopic, partition: number, offset: number): void {
    this.topics[topic].first[partition] = offset;
    this.topics[topic].next[partition] = offset;
  }

  /** The message of this place was read and is not told. */
  skip(topic: EventTopic, partition: number, offset: number): void {
    this.topics[topic].next[partition] = offset + 1;
  }

  add(event: BusEvent): ToldEvent {
    const log = this.topics[event.topic];
    const { events, characters } = this.limits[event.topic];
    log.next[event.partition] = event.offset + 1;
    log.kept.push({ serial: this.serial++, event });
    log.characters += sizeOf(event);
    while (log.kept.length > events || log.characters > characters) displace(log);
    return told(event, this.cursor);
  }

  /** Everything up to this moment. */
  get cursor(): string {
    return encodeCursor(this.name, this.positions);
  }

  private get positions(): Positions {
    return { beats: this.topics.beats.next, conditions: this.topics.conditions.next };
  }

  /** Null when the text is not a cursor into this log. */
  decode(cursor: string): Positions | null {
    return decodeCursor(cursor, this.name, this.partitions);
  }

  /** Whether everything before these positions has been read. */
  hasReached(positions: Positions): boolean {
    return EVENT_TOPICS.every((topic) =>
      positions[topic].every((offset, partition) => offset <= this.topics[topic].next[partition]),
    );
  }

  /** The events from `since` on that are kept. */
  replay(since: Positions): Replay {
    const missing = EVENT_TOPICS.filter((topic) =>
      since[topic].some((offset, partition) => offset < this.topics[topic].first[partition]),
    );
    return { missing, events: this.after(since) };
  }

  private *after(since: Positions): Iterable<ToldEvent> {
    // What is missing was told to be: it is not missed again by who comes back with one of these cursors.
    const from = (topic: EventTopic): number[] =>
      since[topic].map((offset, partition) => Math.max(offset, this.topics[topic].first[partition]));
    const position = { beats: from("beats"), conditions: from("conditions") };
    const following = EVENT_TOPICS.flatMap((topic) => [...this.keptAfter(topic, since[topic])]);
    for (const { event } of following.toSorted((a, b) => a.serial - b.serial)) {
      position[event.topic][event.partition] = event.offset + 1;
      yield told(event, encodeCursor(this.name, position));
    }
  }

  private *keptAfter(topic: EventTopic, since: readonly number[]): Iterable<Kept> {
    const { kept } = this.topics[topic];
    for (let i = 0; i < kept.length; i++) {
      const one = kept.at(i);
      if (one && one.event.offset >= since[one.event.partition]) yield one;
    }
  }
}

function told({ topic, bed, data, meta }: BusEvent, cursor: string): ToldEvent {
  const json = `{"topic":"${topic}","bed":"${bed}","cursor":"${cursor}","data":${data},"meta":${meta}}`;
  return { topic, bed, bytes: Buffer.from(json) };
}

function displace(log: TopicLog): void {
  const displaced = log.kept.shift();
  if (!displaced) return;
  log.characters -= sizeOf(displaced.event);
  log.first[displaced.event.partition] = displaced.event.offset + 1;
}

const sizeOf = ({ data, meta }: BusEvent): number => data.length + meta.length;

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
