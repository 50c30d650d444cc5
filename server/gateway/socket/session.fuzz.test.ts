import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReceivedMessage } from "../../../bus/bus.ts";
import { createMemoryBus } from "../../../bus/memory-bus.ts";
import { isIdentifier } from "../../../contracts/schema.ts";
import { HEADERS, TOPICS } from "../../../contracts/topics.ts";
import { beatAt } from "../../../testing/gateway/messages.ts";
import { Ward } from "../../ward/ward.ts";
import { readDeadLetter } from "../feed/dead-letters.ts";
import { EventLog } from "../feed/event-log.ts";
import { EVENT_TOPICS } from "../feed/event-topics.ts";
import type { Feed } from "../feed/feed.ts";
import { RecentFrames } from "../feed/recent-frames.ts";
import { Past } from "../past/past.ts";
import { Outbox, OUTBOX_LIMITS } from "./outbox.ts";
import { Session, wishValidator } from "./session.ts";

/** Of each kind. */
const INPUTS = 5000;
const SEED = 10;
const PARTITIONS = 3;
const TOPIC_NAMES = ["beats", "conditions"];
const KEPT = 50;

const kept = { events: KEPT, bytes: 1 << 20 };
const PASSED_ON = EVENT_TOPICS.filter(({ topic }) => TOPIC_NAMES.includes(topic));
const nextOf = (topic: string, partition: number): number => log.nextOf(topic, partition);
const onError = (error: unknown): void => expect.unreachable(String(error));
const log = new EventLog(
  "log",
  PARTITIONS,
  TOPIC_NAMES.map((topic) => ({ topic, kept })),
);
for (let n = 0; n < 400; n++) {
  const place = { topic: TOPIC_NAMES[n % 2], partition: n % PARTITIONS, offset: Math.floor(n / PARTITIONS) };
  log.add({ ...place, bed: `b${n % 5}`, data: Buffer.from(String(n)), meta: "{}" });
}

const offset = fc.oneof(
  fc.integer({ min: 0, max: 200 }).map((n) => n.toString(36)),
  fc.constantFrom(
    "",
    "-1",
    "zzzzzzzzzzz",
    "zzzzzzzzzzzzzzzz",
    "1e9",
    "0x10",
    "NaN",
    "__proto__",
    "2gosa7pa2gv",
    "\u0000",
  ),
  fc.string({ maxLength: 12 }),
);
const lists = fc.array(
  fc.array(offset, { maxLength: 5 }).map((offsets) => offsets.join(".")),
  { maxLength: 4 },
);
const cursor = fc.oneof(
  fc.string({ maxLength: 9000 }),
  fc.tuple(fc.constantFrom("log", "kafka", ""), lists).map(([name, rest]) => [name, ...rest].join("~")),
  fc
    .array(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 2 })
    .map((positions) => `log~${positions.map((list) => list.map((n) => n.toString(36)).join(".")).join("~")}`),
  fc.constantFrom("~", ".", "~.").chain((mark) => fc.integer({ min: 1, max: 8192 }).map((n) => mark.repeat(n))),
);

test("any text is a cursor or none; what follows one is kept, in order, and no more than that", () => {
  let cursors = 0;
  fc.assert(
    fc.property(cursor, (text) => {
      const positions = log.decode(text);
      if (!positions) return;
      cursors++;
      expect(positions.map(({ length }) => length)).toEqual([PARTITIONS, PARTITIONS]);
      expect(positions.flat().every((at) => Number.isSafeInteger(at) && at >= 0)).toBe(true);
      log.hasReached(positions);
      const { missing, events } = log.replay(positions);
      expect(TOPIC_NAMES).toEqual(expect.arrayContaining([...missing]));
      const told = [...events].map(({ bytes }) =>
        Number((JSON.parse(Buffer.from(bytes).toString()) as { data: number }).data),
      );
      expect(told.length).toBeLessThanOrEqual(2 * KEPT);
      expect(told).toEqual(told.toSorted((a, b) => a - b));
    }),
    { numRuns: INPUTS, seed: SEED },
  );
  expect(cursors).toBeGreaterThan(INPUTS / 20);
});

const name = fc.oneof(
  fc.constantFrom("b1", "b2", "*", "", "__proto__", "frames", "beats", "x".repeat(65)),
  fc.string(),
);
const wish = fc.record(
  {
    type: fc.oneof({ arbitrary: fc.constant("subscribe"), weight: 8 }, { arbitrary: fc.jsonValue(), weight: 1 }),
    topics: fc.oneof(fc.uniqueArray(fc.constantFrom("frames", ...TOPIC_NAMES)), fc.array(name), fc.jsonValue()),
    beds: fc.oneof(fc.constant("*"), fc.array(name), fc.array(fc.constant("b1"), { maxLength: 300 }), fc.jsonValue()),
    since: fc.oneof(cursor, fc.jsonValue()),
    more: fc.jsonValue(),
  },
  { requiredKeys: ["type", "topics"] },
);
const shown = fc.record({
  asked: fc.oneof(fc.nat(), fc.jsonValue()),
  beds: fc.oneof(fc.dictionary(name, fc.array(name)), fc.jsonValue()),
});
const goodWish = fc.record(
  {
    type: fc.constant("subscribe"),
    topics: fc.uniqueArray(fc.constantFrom("frames", ...TOPIC_NAMES), { minLength: 1 }),
    beds: fc.oneof(fc.constant("*"), fc.array(fc.constantFrom("b1", "b2", "b9"), { maxLength: 256 })),
    since: cursor,
    shown: fc.oneof(shown, fc.constantFrom({ asked: 1, beds: {} }, { asked: 2, beds: { b1: ["II"] } })),
  },
  { requiredKeys: ["type", "topics", "beds"] },
);
const message = fc.oneof(
  { arbitrary: goodWish.map((value) => JSON.stringify(value)), weight: 3 },
  { arbitrary: wish.map((value) => JSON.stringify(value)), weight: 6 },
  { arbitrary: shown.map((value) => JSON.stringify({ type: "show", ...value })), weight: 1 },
  { arbitrary: fc.string(), weight: 1 },
  { arbitrary: fc.json(), weight: 1 },
  {
    arbitrary: fc
      .constantFrom("[", '{"a":')
      .chain((open) => fc.integer({ min: 1, max: 3000 }).map((n) => open.repeat(n))),
    weight: 1,
  },
);

test("any message is a wish that is answered by a snapshot, or is told to be none in a line", async () => {
  const ward = new Ward();
  for (let n = 0; n < 100; n++) ward.toldOf(beatAt(`b${n % 5}`, n), 0).beat(beatAt(`b${n % 5}`, n));
  const reach = async (text: string) => log.decode(text);
  const feed = {
    ready: Promise.resolve(),
    listeners: new Set(),
    topics: TOPIC_NAMES,
    log,
    ward,
    reach,
    recent: new RecentFrames(),
    partitionOf: () => 1,
    // Of a bus that has nothing.
    past: new Past({
      bus: createMemoryBus({ partitions: PARTITIONS }),
      group: "g",
      topics: PASSED_ON,
      nextOf,
      onError,
    }),
  };
  const validator = wishValidator(TOPIC_NAMES);
  const seen = { snapshot: 0, error: 0 };
  await fc.assert(
    fc.asyncProperty(message, async (text) => {
      const sent: string[] = [];
      const transport = { bufferedAmount: 0, close: () => expect.unreachable("closed"), terminate: () => {} };
      const send = (data: Uint8Array): void => void sent.push(Buffer.from(data).toString());
      const outbox = new Outbox({ ...transport, send }, () => {}, { ...OUTBOX_LIMITS, window: 1 << 22 });
      const session = new Session(feed as unknown as Feed, outbox, validator);
      const isGood = session.receive(text);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
      session.close(true);
      const { type, message: words } = JSON.parse(sent[0]) as { type: "snapshot" | "error"; message?: string };
      expect(type).toBe(isGood ? "snapshot" : "error");
      expect(words?.length ?? 0).toBeLessThan(300);
      expect(sent.length).toBeLessThanOrEqual(isGood ? 2 + TOPIC_NAMES.length + 2 * KEPT : 1);
      seen[type]++;
    }),
    { numRuns: INPUTS, seed: SEED },
  );
  expect(Math.min(seen.snapshot, seen.error)).toBeGreaterThan(INPUTS / 20);
});

const header = fc.oneof(fc.string({ maxLength: 3000 }), fc.constantFrom("", "\u001b[2J", "x".repeat(5000)));
const source = fc.oneof(
  header,
  fc.tuple(fc.constantFrom(TOPICS.frames, TOPICS.beats), header, offset).map((parts) => parts.join("/")),
);

test("any dead letter is of a bed with a proper name, or of none; its words are one line without control characters", () => {
  const ward = new Ward();
  fc.assert(
    fc.property(name, header, header, source, (key, code, words, from) => {
      const headers = { [HEADERS.errorCode]: code, [HEADERS.errorMessage]: words, [HEADERS.source]: from };
      const read = readDeadLetter({ key, headers } as unknown as ReceivedMessage);
      expect(read === null).toBe(!isIdentifier(key));
      if (!read) return;
      expect(read.refusal.offset ?? 0).toBeGreaterThanOrEqual(0);
      ward.refuse(read.bed, read.refusal, 1000);
      const { unmonitored } = ward.bed(read.bed)?.at(1000) ?? {};
      expect(unmonitored?.message).toMatch(/^\P{Cc}{1,240}$/u);
      expect(unmonitored?.code).toMatch(/^\P{Cc}{0,64}$/u);
      expect(ward.list(1000).length).toBeLessThanOrEqual(32);
    }),
    { numRuns: INPUTS, seed: SEED },
  );
});
