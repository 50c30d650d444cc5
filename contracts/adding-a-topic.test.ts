import { type Static, Type } from "typebox";
import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { createMemoryBus } from "../bus/memory-bus.ts";
import { type FeedSocket, openFeed } from "../client/feed/feed.ts";
import { REDUCERS as CLIENT_REDUCERS, type Reducers as ClientReducers } from "../client/ward/reducers.ts";
import { WardStore } from "../client/ward/ward-store.ts";
import { eventTopics } from "../server/gateway/feed/event-topics.ts";
import { REDUCERS, type Reducers } from "../server/ward/reducers.ts";
import { openGateway, until } from "../testing/gateway/gateway.ts";
import { beatAt, beatMessage, frameAt, frameMessage } from "../testing/gateway/messages.ts";
import { codecOf } from "./codec.ts";
import { identifier } from "./schema.ts";
import { eventsOf, TOPIC_TABLE } from "./topics.ts";

// The row.
const NoteSchema = Type.Object({ bed: identifier, text: Type.String() }, { additionalProperties: false });
const TABLE = {
  ...TOPIC_TABLE,
  notes: {
    name: "ecg.notes.v1",
    noun: "note",
    schema: NoteSchema,
    cleanup: { policy: "compact" },
    compression: "producer",
    gatewayFrom: "earliest",
    kept: { events: 100, bytes: 10_000 },
  },
} as const;
const EVENTS = eventsOf(TABLE);

test("a topic is one row and its reducers: it reaches ward and page, is subscribed to, and resumed by cursor", async () => {
  // The reducers.
  const heard: string[] = [];
  const gatewayReducers: Reducers<typeof EVENTS> = { ...REDUCERS, notes: (_bed, { text }) => heard.push(text) > 0 };
  const shown: string[] = [];
  const clientReducers: ClientReducers<typeof EVENTS> = {
    ...CLIENT_REDUCERS,
    notes: (bed, { text }) => {
      shown.push(`${bed.bed}: ${text}`);
      return "bed";
    },
  };

  const bus = createMemoryBus({ partitions: 3, topics: Object.values(TABLE) });
  await bus.start();
  onTestFinished(() => bus.close());
  const note = (bed: string, text: string) => {
    const data: Static<typeof NoteSchema> = { bed, text };
    return bus.publish([{ topic: TABLE.notes.name, key: bed, value: codecOf(TABLE.notes).encode(data) }]);
  };
  await note("b1", "from before the gateway");
  const { app, url } = await openGateway({ bus, topics: eventTopics(EVENTS, gatewayReducers) });
  expect(heard).toEqual(["from before the gateway"]);

  const ward = new WardStore(clientReducers);
  const changes: string[] = [];
  let cursor = "";
  const feed = openFeed({
    url: `${url.replace("http", "ws")}/ws`,
    events: EVENTS,
    beds: "*",
    onMessage: (message) => {
      if (message.kind === "snapshot") ({ cursor } = message.snapshot);
      ward.take(message, 0);
    },
    onState: () => {},
    onReject: (error) => expect.unreachable(String(error)),
    openSocket: (address, protocol) => new WebSocket(address, protocol) as unknown as FeedSocket,
    random: () => 1,
  });
  onTestFinished(() => feed.close());
  await until(() => ward.known);
  await bus.publish([frameMessage(frameAt("b1", 0)), beatMessage(beatAt("b1", 5))]);
  await until(() => ward.beds.get("b1")?.lastBeat?.sample === 5);
  ward.beds.get("b1")?.changes.subscribe(() => changes.push("b1"));
  await note("b1", "live");
  await until(() => shown.length === 1);
  expect(changes).toEqual(["b1"]);

  // Away, and back with the last cursor: what was missed comes once, and nothing of before.
  const before = cursor;
  for (const client of app.websocketServer.clients) client.terminate();
  await until(() => app.websocketServer.clients.size === 0);
  await note("b2", "missed");
  await until(() => heard.length === 3);
  await until(() => shown.length === 2);
  expect(cursor).not.toBe(before);
  await note("b2", "live again");
  await until(() => shown.length === 3);
  expect(shown).toEqual(["b1: live", "b2: missed", "b2: live again"]);
});

test("the compiler demands the reducers, and a bed of every event", () => {
  // @ts-expect-error: none for notes
  expect(() => eventTopics(EVENTS, REDUCERS)).not.toThrow();
  // @ts-expect-error: none for notes
  const missing: ClientReducers<typeof EVENTS> = CLIENT_REDUCERS;
  expect(missing).not.toHaveProperty("notes");
  const bedless = { ...TABLE.notes, schema: Type.Object({ text: Type.String() }) };
  // @ts-expect-error: not of a bed
  expect(() => eventTopics({ bedless }, { bedless: () => true })).not.toThrow();
});
