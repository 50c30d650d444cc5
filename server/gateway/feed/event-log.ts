import { Fifo } from "../../../kit/fifo.ts";
import type { Kept } from "../../../contracts/topics.ts";
import { decodeCursor, encodeCursor, encodeOffsets, joinCursor, type Positions } from "./cursor.ts";
import { spliceEvent, type SplicedEvent, withCursor } from "./splice.ts";

/** Positions of some topics, by topic. */
export type PositionsOf = ReadonlyMap<string, number[]>;

/** Where an event stood on the bus, and what it says. */
export interface BusEvent {
  readonly topic: string;
  readonly bed: string;
  readonly partition: number;
  readonly offset: number;
  /** JSON of the event's data, as the bus has it. */
  readonly data: Uint8Array;
  /** JSON of its meta. */
  readonly meta: string;
}

/** An event as clients get it: JSON with the cursor that stands behind it, written once for all of them. */
export interface ToldEvent {
  readonly topic: string;
  readonly bed: string;
  readonly bytes: Uint8Array;
}

/** One that has just come: with the log's own cursor, which a client may need another in place of. */
export interface LiveEvent extends ToldEvent, SplicedEvent {
  readonly bytes: Buffer;
}

/** What followed a cursor. */
export interface Replay {
  /** Topics of which some events are not kept. */
  readonly missing: readonly string[];
  /**
   * Those of this moment, in the order the gateway got them, whenever they are asked for; each event's cursor continues from
   * the one asked for.
   */
  readonly events: Iterable<ToldEvent>;
}

interface KeptEvent {
  /** Counts the events of all topics in the order they came. */
  readonly serial: number;
  readonly bed: string;
  readonly partition: number;
  readonly offset: number;
  readonly spliced: SplicedEvent;
}

interface TopicLog {
  readonly topic: string;
  readonly limits: Kept;
  readonly events: Fifo<KeptEvent>;
  bytes: number;
  /** By partition: the first offset that is kept, and the next to come. */
  readonly first: number[];
  readonly next: number[];
}

/** The last events of all topics, and how far each partition has been read. */
export class EventLog {
  private readonly topics: readonly TopicLog[];
  private readonly places: ReadonlyMap<string, number>;
  /** Each topic's part of the cursor. */
  private readonly parts: string[];
  private serial = 0;

  /** `name`: of the log that the bus's offsets count in. */
  constructor(
    private readonly name: string,
    private readonly partitions: number,
    topics: readonly { readonly topic: string; readonly kept: Kept }[],
  ) {
    this.topics = topics.map(({ topic, kept }) => ({
      topic,
      limits: kept,
      events: new Fifo(),
      bytes: 0,
      first: zeros(partitions),
      next: zeros(partitions),
    }));
    this.places = new Map(topics.map(({ topic }, place) => [topic, place]));
    this.parts = this.topics.map(({ next }) => encodeOffsets(next));
  }

  /** Reading of the partition begins at `offset`; what may lie before is not kept. */
  begin(topic: string, partition: number, offset: number): void {
    this.topics[this.place(topic)].first[partition] = offset;
    this.advance(topic, partition, offset);
  }

  /** The message of this place was read and is not told. */
  skip(topic: string, partition: number, offset: number): void {
    this.advance(topic, partition, offset + 1);
  }

  add({ topic, bed, partition, offset, data, meta }: BusEvent): LiveEvent {
    this.advance(topic, partition, offset + 1);
    const log = this.topics[this.place(topic)];
    const spliced = spliceEvent(topic, bed, this.cursor, data, meta);
    log.events.push({ serial: this.serial++, bed, partition, offset, spliced });
    log.bytes += spliced.bytes.byteLength;
    while (log.events.length > log.limits.events || log.bytes > log.limits.bytes) displace(log);
    return { topic, bed, ...spliced };
  }

  /** An event that is told and not kept: who comes back with a cursor does not get it. */
  pass({ topic, bed, partition, offset, data, meta }: BusEvent): ToldEvent {
    this.advance(topic, partition, offset + 1);
    return { topic, bed, bytes: spliceEvent(topic, bed, this.cursor, data, meta).bytes };
  }

  /** Everything up to this moment. */
  get cursor(): string {
    return joinCursor(this.name, this.parts);
  }

  /** Of a client that has been told everything but what follows these positions. */
  cursorBehind(behind: PositionsOf): string {
    const parts = this.topics.map(({ topic }, place) => {
      const positions = behind.get(topic);
      return positions ? encodeOffsets(positions) : this.parts[place];
    });
    return joinCursor(this.name, parts);
  }

  /** By partition: the first offset of the topic that is kept. */
  firstOf(topic: string): readonly number[] {
    return this.topics[this.place(topic)].first;
  }

  /** The next offset to come. */
  nextOf(topic: string, partition: number): number {
    return this.topics[this.place(topic)].next[partition];
  }

  /** Null when the text is not a cursor into this log. */
  decode(cursor: string): Positions | null {
    return decodeCursor(cursor, this.name, this.topics.length, this.partitions);
  }

  /** Whether everything before these positions has been read. */
  hasReached(positions: Positions): boolean {
    return this.topics.every(({ next }, place) =>
      positions[place].every((offset, partition) => offset <= next[partition]),
    );
  }

  /** The events from `since` on that are kept at this moment, but for those of topics that the client is told from further behind. */
  replay(since: Positions, behind: PositionsOf = new Map()): Replay {
    const missing = this.topics
      .filter(({ topic, first }, place) => !behind.has(topic) && isOlder(since[place], first))
      .map(({ topic }) => topic);
    // What is missing was told to be: it is not missed again by who comes back with one of these cursors.
    const position = this.topics.map(
      ({ topic, first }, place) =>
        behind.get(topic) ?? since[place].map((offset, partition) => Math.max(offset, first[partition])),
    );
    const following = this.topics.flatMap((log, place) =>
      behind.has(log.topic) ? [] : keptAfter(log, since[place]).map((event) => ({ event, topic: log.topic, place })),
    );
    following.sort((a, b) => a.event.serial - b.event.serial);
    return { missing, events: this.told(following, position) };
  }

  /** What is kept of one topic from these positions on, for a client that has been told all else but for what is `behind`. */
  follow(topic: string, positions: readonly number[], behind: PositionsOf): Iterable<ToldEvent> {
    const since = this.topics.map(({ topic: name, next }) => (name === topic ? positions : [...next]));
    return this.replay(since, behind).events;
  }

  /** Writes each event when it is asked for: a slow client's replay costs no copies. */
  private *told(
    following: readonly { readonly event: KeptEvent; readonly topic: string; readonly place: number }[],
    position: readonly number[][],
  ): Iterable<ToldEvent> {
    for (const { event, topic, place } of following) {
      position[place][event.partition] = event.offset + 1;
      yield { topic, bed: event.bed, bytes: withCursor(event.spliced, encodeCursor(this.name, position)) };
    }
  }

  private advance(topic: string, partition: number, next: number): void {
    const place = this.place(topic);
    const log = this.topics[place];
    log.next[partition] = next;
    this.parts[place] = encodeOffsets(log.next);
  }

  private place(topic: string): number {
    const place = this.places.get(topic);
    if (place === undefined) throw new RangeError(`no topic ${topic} in the event log`);
    return place;
  }
}

export const isOlder = (offsets: readonly number[], first: readonly number[]): boolean =>
  offsets.some((offset, partition) => offset < first[partition]);

function keptAfter({ events }: TopicLog, since: readonly number[]): KeptEvent[] {
  const after: KeptEvent[] = [];
  for (let i = 0; i < events.length; i++) {
    const one = events.at(i);
    if (one && one.offset >= since[one.partition]) after.push(one);
  }
  return after;
}

function displace(log: TopicLog): void {
  const displaced = log.events.shift();
  if (!displaced) return;
  log.bytes -= displaced.spliced.bytes.byteLength;
  log.first[displaced.partition] = displaced.offset + 1;
}

const zeros = (length: number): number[] => Array.from({ length }, () => 0);
