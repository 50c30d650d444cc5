import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { encodeFrame } from "../../contracts/frame.ts";
import { SESSION_ENDED } from "../../contracts/session.ts";
import { EVENTS } from "../../contracts/topics.ts";
import { beatOf, frameOf, snapshotOf } from "../../testing/client/messages.ts";
import { backoffMs } from "./backoff.ts";
import { FakeSocket } from "../../testing/client/fake-socket.ts";
import { type Feed, type FeedOptions, GIVE_UP_MS, openFeed, STALE_MS } from "./feed.ts";
import type { FeedMessage } from "./messages.ts";

const sockets: FakeSocket[] = [];
let states: string[] = [];
let messages: FeedMessage[] = [];
let rejects: unknown[] = [];
let feed: Feed;

const last = (): FakeSocket => sockets[sockets.length - 1];
const beatEvent = (sample: number, cursor: string): object => ({
  topic: "beats",
  bed: "b1",
  cursor,
  data: beatOf(sample),
  meta: { gatewayAtMs: 1 },
});

/** A feed on sockets of the test's own; what it says is in the lists above, from the beginning. */
function open(more: Partial<FeedOptions<typeof EVENTS>> = {}): void {
  sockets.length = 0;
  states = [];
  messages = [];
  rejects = [];
  feed = openFeed({
    url: "ws://bedside.test/ws",
    events: EVENTS,
    beds: "*",
    onMessage: (message) => messages.push(message),
    onState: ({ status }) => states.push(status),
    onReject: (error) => rejects.push(error),
    random: () => 1,
    openSocket: () => {
      sockets.push(new FakeSocket());
      return last();
    },
    ...more,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  open();
});

afterEach(() => {
  feed.close();
  vi.useRealTimers();
});

test("subscribes when the socket opens, and is live with the snapshot", () => {
  last().open();
  expect(last().binaryType).toBe("arraybuffer");
  expect(last().sent).toEqual([{ type: "subscribe", topics: ["frames", ...Object.keys(EVENTS)], beds: "*" }]);
  expect(states).toEqual(["connecting"]);
  last().say(snapshotOf());
  expect(states).toEqual(["connecting", "live"]);
});

test("gives frames, events and gaps as what they are", () => {
  last().open();
  last().say(snapshotOf());
  last().say(encodeFrame(frameOf(50)));
  last().say(beatEvent(60, "c1"));
  last().say({ type: "gap", topic: "frames", bed: "b1", count: 4, reason: "slow-client" });
  expect(messages.map(({ kind }) => kind)).toEqual(["snapshot", "frame", "event", "gap"]);
  expect(messages[1]).toMatchObject({ frame: { bed: "b1", firstSample: 50 } });
});

test.each([
  ["text that is not JSON", "{"],
  ["JSON of no known shape", { topic: "beats", bed: "b1" }],
  ["a beat with a field out of range", { ...beatEvent(1, "c"), data: beatOf(1, { quality: 2 }) }],
  ["bytes that are no frame", Uint8Array.of(255, 255, 255)],
])("%s is refused, and the feed goes on", (_, data) => {
  last().open();
  last().say(snapshotOf());
  last().say(data);
  expect(rejects).toHaveLength(1);
  last().say(beatEvent(60, "c1"));
  expect(messages.map(({ kind }) => kind)).toEqual(["snapshot", "event"]);
});

test("comes back after a loss from the last cursor, waiting longer each time in vain", () => {
  last().open();
  last().say(snapshotOf());
  last().say(beatEvent(60, "c7"));
  last().drop();
  expect(states.at(-1)).toBe("offline");
  for (const waitMs of [500, 1000, 2000, 4000, 8000, 8000]) {
    const before = sockets.length;
    vi.advanceTimersByTime(waitMs - 1);
    expect(sockets).toHaveLength(before);
    vi.advanceTimersByTime(1);
    expect(sockets).toHaveLength(before + 1);
    last().drop();
  }
  vi.advanceTimersByTime(8000);
  last().open();
  expect(last().sent).toEqual([expect.objectContaining({ since: "c7" })]);
  last().say(snapshotOf({ cursor: "c8" }));
  expect(states.at(-1)).toBe("live");
  last().drop();
  vi.advanceTimersByTime(500);
  last().open();
  expect(last().sent).toEqual([expect.objectContaining({ since: "c8" })]);
});

test("silence where there were messages is stale, then a reason to connect afresh", () => {
  last().open();
  last().say(snapshotOf());
  vi.advanceTimersByTime(10 * GIVE_UP_MS);
  expect(states.at(-1)).toBe("live");
  last().say(beatEvent(60, "c1"));
  vi.advanceTimersByTime(STALE_MS);
  expect(states.at(-1)).toBe("stale");
  last().say(beatEvent(61, "c2"));
  expect(states.at(-1)).toBe("live");
  vi.advanceTimersByTime(STALE_MS + GIVE_UP_MS);
  expect(states.at(-1)).toBe("offline");
  expect(sockets[0].closedWith).toBe(4000);
  vi.advanceTimersByTime(500);
  expect(sockets).toHaveLength(2);
});

test("asks the gateway's clock while it is connected; an answer is no sign that data come", () => {
  last().open();
  last().say(snapshotOf());
  vi.advanceTimersByTime(10_000);
  const asked = last().sent.filter((message) => (message as { type: string }).type === "clock");
  expect(asked).toHaveLength(3);
  last().say(beatEvent(60, "c1"));
  vi.advanceTimersByTime(STALE_MS);
  last().say({ ...(asked[0] as object), serverTimeMs: 7 });
  expect(messages.at(-1)).toMatchObject({ kind: "clock", serverMs: 7, askedMs: expect.any(Number) });
  expect(states.at(-1)).toBe("stale");
  last().drop();
  const before = last().sent.length;
  vi.advanceTimersByTime(400);
  expect(last().sent).toHaveLength(before);
});

test("an attempt that gets no answer is given up", () => {
  vi.advanceTimersByTime(GIVE_UP_MS);
  expect(states).toEqual(["connecting", "offline"]);
});

test("a retry on request does not wait, and is one attempt only", () => {
  last().drop();
  feed.retryNow();
  feed.retryNow();
  expect(sockets).toHaveLength(2);
  vi.advanceTimersByTime(400);
  expect(sockets).toHaveLength(2);
});

test("closed for good: no socket, no timer, no more messages", () => {
  const socket = last();
  socket.open();
  socket.say(snapshotOf());
  feed.close();
  socket.say(beatEvent(60, "c1"));
  socket.drop();
  vi.advanceTimersByTime(60_000);
  expect(socket.closedWith).toBe(1000);
  expect(sockets).toHaveLength(1);
  expect(messages).toHaveLength(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("waits are spread over half their length", () => {
  expect([backoffMs(1, 0), backoffMs(1, 1), backoffMs(3, 0.5), backoffMs(50, 0)]).toEqual([250, 500, 1500, 4000]);
});

describe("where a ticket opens a connection", () => {
  let tickets: (() => Promise<string | null>)[] = [];
  const opened: (string | string[])[] = [];
  const signedOut = new Error("nobody is signed in");
  const settle = () => vi.advanceTimersByTimeAsync(0);

  const begin = async (...answers: (() => Promise<string | null>)[]): Promise<void> => {
    feed.close();
    tickets = answers;
    opened.length = 0;
    open({
      ticket: () => (tickets.shift() ?? (() => Promise.reject(new Error("the test has no more"))))(),
      isSignedOut: (error) => error === signedOut,
      openSocket: (_, protocols) => {
        opened.push(protocols);
        sockets.push(new FakeSocket());
        return last();
      },
    });
    await settle();
  };

  test("it is offered as a subprotocol, another one at each connection; where none is needed, none", async () => {
    await begin(
      async () => "one",
      async () => "two",
      async () => null,
    );
    last().drop();
    await vi.advanceTimersByTimeAsync(backoffMs(1, 1));
    last().drop();
    await vi.advanceTimersByTimeAsync(backoffMs(2, 1));
    expect(opened).toEqual([["bedside.v1", "ticket.one"], ["bedside.v1", "ticket.two"], "bedside.v1"]);
  });

  test("who is signed out is not asked again and again, but at once when somebody has signed in", async () => {
    await begin(
      () => Promise.reject(signedOut),
      async () => "one",
    );
    await vi.advanceTimersByTimeAsync(10 * GIVE_UP_MS);
    expect(states).toEqual(["connecting", "signed-out"]);
    expect(opened).toEqual([]);
    feed.retryNow();
    await settle();
    last().open();
    last().say(snapshotOf());
    expect(states).toEqual(["connecting", "signed-out", "connecting", "live"]);
  });

  test("a session that ends while somebody watches is told as that, not as a connection that is lost", async () => {
    await begin(async () => "one");
    last().open();
    last().say(snapshotOf());
    last().drop(SESSION_ENDED);
    await vi.advanceTimersByTimeAsync(10 * GIVE_UP_MS);
    expect(states).toEqual(["connecting", "live", "signed-out"]);
    expect(opened).toHaveLength(1);
  });

  test("a gateway that gives no answer is asked again later, and an answer that comes too late opens nothing", async () => {
    let late: (ticket: string) => void = () => {};
    await begin(
      () => Promise.reject(new Error("no answer")),
      () => new Promise((resolve) => (late = resolve)),
    );
    expect(states).toEqual(["connecting", "offline"]);
    await vi.advanceTimersByTimeAsync(backoffMs(1, 1));
    await vi.advanceTimersByTimeAsync(GIVE_UP_MS);
    expect(states).toEqual(["connecting", "offline", "connecting", "offline"]);
    late("too late");
    await settle();
    expect(opened).toEqual([]);
  });
});
