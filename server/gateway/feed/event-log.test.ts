import fc from "fast-check";
import { expect, test } from "vitest";
import { EventLog, type ToldEvent } from "./event-log.ts";

const PARTITIONS = 3;
const wide = { events: 1000, bytes: 1 << 20 };
const TOPICS = ["beats", "conditions"] as const;
type Topic = (typeof TOPICS)[number];

interface Told {
  readonly topic: Topic;
  readonly cursor: string;
  readonly data: string;
}

const read = ({ bytes }: ToldEvent): Told => JSON.parse(bytes.toString()) as Told;

const event = (topic: Topic, partition: number, offset: number, data = `"${topic}/${partition}/${offset}"`) => ({
  topic,
  bed: "b1",
  partition,
  offset,
  data: Buffer.from(data),
  meta: "{}",
});

const place = fc.record({
  topic: fc.constantFrom(...TOPICS),
  partition: fc.integer({ min: 0, max: PARTITIONS - 1 }),
  /** Not told, e.g. a duplicate. */
  skipped: fc.boolean(),
});

test("what follows any event's cursor is what was told after it, and each replayed cursor continues the same way", () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 40 }), (places) => {
      const log = new EventLog(
        "log",
        PARTITIONS,
        TOPICS.map((topic) => ({ topic, kept: wide })),
      );
      const cursors = [log.cursor];
      const told: string[] = [];
      const next = { beats: [0, 0, 0], conditions: [0, 0, 0] };
      for (const { topic, partition, skipped } of places) {
        const offset = next[topic][partition]++;
        if (skipped) {
          log.skip(topic, partition, offset);
          continue;
        }
        const { cursor, data } = read(log.add(event(topic, partition, offset)));
        cursors.push(cursor);
        told.push(data);
      }
      const follow = (cursor: string): Told[] => {
        const positions = log.decode(cursor);
        if (!positions) throw new Error("a cursor of its own must be understood");
        const { missing, events } = log.replay(positions);
        expect(missing).toEqual([]);
        return [...events].map(read);
      };
      for (const [i, cursor] of cursors.entries())
        expect(follow(cursor).map(({ data }) => data)).toEqual(told.slice(i));
      for (const [i, { cursor }] of follow(cursors[0]).entries()) {
        expect(follow(cursor).map(({ data }) => data)).toEqual(told.slice(i + 1));
      }
    }),
  );
});

test.each([
  ["in number", { events: 3, bytes: 1 << 20 }],
  ["in size", { events: 1000, bytes: 3 * 79 + 78 }],
])("what is kept is bounded %s, and of each topic apart", (_what, limits) => {
  const log = new EventLog("log", 1, [
    { topic: "beats", kept: limits },
    { topic: "conditions", kept: wide },
  ]);
  log.begin("beats", 0, 10);
  log.add(event("conditions", 0, 0));
  for (let offset = 10; offset < 20; offset++) log.add(event("beats", 0, offset, '"beats/0/1234"'));
  const after = (beats: number, conditions: number) => {
    const { missing, events } = log.replay([[beats], [conditions]]);
    return { missing, count: [...events].length };
  };
  expect(after(17, 0)).toEqual({ missing: [], count: 4 });
  expect(after(16, 1)).toEqual({ missing: ["beats"], count: 3 });
  expect(after(20, 1)).toEqual({ missing: [], count: 0 });
});
