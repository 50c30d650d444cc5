import type { Bus } from "../../../bus/bus.ts";
import type { EventTopic } from "../feed/event-topics.ts";
import { type Piece, Pieces } from "./piece.ts";
import { TopicPast } from "./topic-past.ts";

/** Of all topics together, so that clients that come back at the same time read the same. */
const KEPT_BYTES = 16 << 20;

export interface PastOptions {
  readonly bus: Bus;
  /** Beginning of the names of its groups. */
  readonly group: string;
  readonly topics: readonly EventTopic[];
  /** The next offset of a partition that the gateway reads. */
  readonly nextOf: (topic: string, partition: number) => number;
  readonly onError: (error: unknown) => void;
}

/** What stands in the topics and not in the gateway's memory any more, for clients that come back later than that reaches. */
export class Past {
  private readonly topics: ReadonlyMap<string, TopicPast>;
  private opened = 0;

  constructor({ bus, group, topics, nextOf, onError }: PastOptions) {
    const pieces = new Pieces(KEPT_BYTES);
    this.topics = new Map(
      topics.map((topic) => [
        topic.topic,
        new TopicPast({
          bus,
          group: () => `${group}-${topic.topic}-past-${this.opened++}`,
          topic,
          pieces,
          nextOf: (partition) => nextOf(topic.topic, partition),
          onError,
        }),
      ]),
    );
  }

  /** A piece of the partition that `from` lies in; it goes up to `until` at the most, and may have begun before `from`. Rejects with BUS_CLOSED. */
  read(topic: string, partition: number, from: number, until: number): Promise<Piece> {
    return this.of(topic).read(partition, from, until);
  }

  /** The same piece will be asked for soon. */
  prepare(topic: string, partition: number, from: number, until: number): void {
    this.of(topic).prepare(partition, from, until);
  }

  private of(topic: string): TopicPast {
    const past = this.topics.get(topic);
    if (!past) throw new RangeError(`no topic ${topic} that has a past`);
    return past;
  }

  async close(): Promise<void> {
    await Promise.all([...this.topics.values()].map((topic) => topic.close()));
  }
}
