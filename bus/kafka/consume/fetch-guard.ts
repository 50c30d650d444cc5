import type { PartitionRef } from "../../bus.ts";
import type { Fetched, KafkaAdmin } from "../client.ts";
import { endsOf, ProgressWatch } from "./progress-watch.ts";
import type { ReadAhead } from "./read-ahead.ts";

type Place = PartitionRef & { offset: number };

export interface FetchGuardOptions {
  readonly admin: Pick<KafkaAdmin, "ranges">;
  readonly readAhead: ReadAhead;
  /** Fetches a partition from `offset` on, also if it was paused. */
  readonly fetchFrom: (place: Place) => void;
  /** Nothing comes of a partition, however often it is asked for; told once of each place. */
  readonly onStall: (place: Place) => void;
}

/** Where a partition stands still for so many checks, although there is more to fetch, the session is given up, once. */
const MAX_STANDING_CHECKS = 6;

/** Sees to it that a client fetches each partition without gaps and without end. */
export class FetchGuard {
  readonly #options: FetchGuardOptions;
  readonly #progress = new ProgressWatch();
  /** The last place that was sought anew because a batch lay behind it, by partition. */
  readonly #soughtAgain = new Map<string, number>();
  /** Where a session was given up already: what another one cannot read either must not cost the other partitions. */
  readonly #givenUp = new Map<string, number>();

  constructor(options: FetchGuardOptions) {
    this.#options = options;
  }

  /**
   * Whether a batch lies behind a gap: with several brokers, one that was fetched for an older assignment can be
   * finished after the seek of the new one, and the client then goes on behind it. The place is sought again, once:
   * offsets that are still missing then are not there any more.
   */
  isAhead({ topic, partition, firstOffset }: Pick<Fetched, "topic" | "partition" | "firstOffset">): boolean {
    const ref = { topic, partition };
    const expected = this.#options.readAhead.expected(ref);
    if (expected === undefined || firstOffset <= expected) return false;
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
    const { admin, readAhead } = this.#options;
    const places = readAhead.fetched;
    const ends = await endsOf(admin, places).catch(() => new Map<string, number>());
    if (isOver()) return;
    for (const { checks, ...place } of this.#progress.check(places, ends)) {
      if (checks >= MAX_STANDING_CHECKS && this.#givenUp.get(`${place.topic}/${place.partition}`) !== place.offset) {
        this.#givenUp.set(`${place.topic}/${place.partition}`, place.offset);
        this.#options.onStall(place);
      }
      this.#options.fetchFrom(place);
    }
  }
}
