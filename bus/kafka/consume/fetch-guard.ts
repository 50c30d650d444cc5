import type { Admin, Batch } from "kafkajs";
import type { TopicName } from "../../../contracts/topics.ts";
import type { PartitionRef } from "../../bus.ts";
import { ProgressWatch, type Standing, withMore } from "./progress-watch.ts";
import type { ReadAhead } from "./read-ahead.ts";

type Place = PartitionRef & { offset: number };

export interface FetchGuardOptions {
  readonly admin: Pick<Admin, "fetchTopicOffsets">;
  readonly readAhead: ReadAhead;
  /** Fetches a partition from `offset` on, also if it was paused. */
  readonly fetchFrom: (place: Place) => void;
  /** Nothing comes of a partition, however often it is asked for. */
  readonly onStall: (place: Place) => void;
}

/** A partition that stands still for so many checks, although there is more to fetch, is given up. */
const MAX_STANDING_CHECKS = 6;

/** Sees to it that kafkajs fetches each partition without gaps and without end. */
export class FetchGuard {
  readonly #options: FetchGuardOptions;
  readonly #progress = new ProgressWatch();
  /** The last place that was sought anew because a batch lay behind it, by partition. */
  readonly #soughtAgain = new Map<string, number>();

  constructor(options: FetchGuardOptions) {
    this.#options = options;
  }

  /**
   * Whether a batch lies behind a gap: with several brokers, one that was fetched for an older assignment can be
   * finished after the seek of the new one, and kafkajs then goes on behind it. The place is sought again, once:
   * offsets that are still missing then are not there any more.
   */
  isAhead({ topic, partition, messages }: Pick<Batch, "topic" | "partition" | "messages">): boolean {
    const ref = { topic: topic as TopicName, partition };
    const expected = this.#options.readAhead.expected(ref);
    const [first] = messages;
    if (expected === undefined || first === undefined || Number(first.offset) <= expected) return false;
    if (this.#soughtAgain.get(`${topic}/${partition}`) === expected) return false;
    this.#soughtAgain.set(`${topic}/${partition}`, expected);
    this.#options.fetchFrom({ ...ref, offset: expected });
    return true;
  }

  /**
   * Pushes on the partitions that stand still from one call to the next although there is more of them (kafkajs #659,
   * #1570), unless `isOver` says so by the time the broker has answered.
   */
  async check(isOver: () => boolean): Promise<void> {
    const standing = this.#progress.check(this.#options.readAhead.fetched);
    const stalled: Standing[] = standing.length > 0 ? await withMore(this.#options.admin, standing) : [];
    if (isOver()) return;
    for (const { checks, ...place } of stalled) {
      if (checks >= MAX_STANDING_CHECKS) this.#options.onStall(place);
      this.#options.fetchFrom(place);
    }
  }
}
