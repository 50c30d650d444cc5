/** A message as a worker was handed it. */
export interface Seen {
  readonly key: string;
  /** The key's messages are numbered from 0 on. */
  readonly number: number;
  readonly partition: number;
  readonly offset: number;
  /** Unix ms. */
  readonly atMs: number;
}

export interface Verdict {
  readonly published: number;
  /** Nobody was handed it. */
  readonly lost: number;
  /** Stands in the log more than once. */
  readonly writtenTwice: number;
  /** Was handed out again, of one place in the log: by another member, or anew after a rebalance. */
  readonly redelivered: number;
  /** Stands in the log before one of its key that was published earlier. */
  readonly reordered: number;
  /** The longest that a message took from its publishing to its first being handed out, s. */
  readonly stallS: number;
}

/** What became of numbered messages. `publishedMs` has, by key, when each was published, Unix ms. */
export function judge(publishedMs: ReadonlyMap<string, readonly number[]>, seen: readonly Seen[]): Verdict {
  const first = new Map<string, Seen>();
  const places = new Map<string, Set<number>>();
  const handed = new Map<string, number>();
  for (const one of seen) {
    const name = `${one.key}/${one.number}`;
    const before = first.get(name);
    if (!before || one.atMs < before.atMs) first.set(name, one);
    places.set(name, (places.get(name) ?? new Set()).add(one.offset));
    const place = `${one.partition}/${one.offset}`;
    handed.set(place, (handed.get(place) ?? 0) + 1);
  }
  let [published, lost, reordered, stallS] = [0, 0, 0, 0];
  for (const [key, times] of publishedMs) {
    let highest = -1;
    for (const [number, sentMs] of times.entries()) {
      published++;
      const name = `${key}/${number}`;
      const found = first.get(name);
      if (!found) {
        lost++;
        continue;
      }
      stallS = Math.max(stallS, (found.atMs - sentMs) / 1000);
      const offset = Math.min(...(places.get(name) ?? []));
      if (offset < highest) reordered++;
      highest = Math.max(highest, offset);
    }
  }
  const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count - 1, 0);
  return {
    published,
    lost,
    reordered,
    stallS,
    writtenTwice: sum([...places.values()].map(({ size }) => size)),
    redelivered: sum(handed.values()),
  };
}
