import type { FastifyInstance } from "fastify";
import { Compile } from "typebox/compile";
import type { WebSocket } from "ws";
import {
  type ServerMessage,
  SOCKET_PROTOCOL,
  type Snapshot,
  type SocketTopic,
  type Subscribe,
  SubscribeSchema,
} from "../../contracts/socket.ts";
import type { Metrics } from "../metrics.ts";
import { decodeCursor } from "./cursor.ts";
import type { Feed, FeedListener } from "./feed.ts";
import { Outbox } from "./outbox.ts";

export const SOCKET_LIMITS = { clients: 256, payloadBytes: 16 * 1024, badMessages: 10 } as const;

const PING_EVERY_MS = 15_000;
const MISSED_PONGS = 2;
const SNAPSHOT_BEATS = 30;

const subscribeValidator = Compile(SubscribeSchema);

/** GET /ws: snapshot, then events and frames of the beds and topics asked for (contracts/socket.ts). */
export function socketRoute(app: FastifyInstance, feed: Feed, metrics: Metrics): void {
  const clients = new Set<WebSocket>();

  app.get("/ws", { websocket: true }, (socket) => {
    if (socket.protocol !== SOCKET_PROTOCOL) {
      socket.close(1002, `subprotocol ${SOCKET_PROTOCOL} is spoken here`);
      return;
    }
    if (clients.size >= SOCKET_LIMITS.clients) {
      socket.close(1013, "too many clients");
      return;
    }
    clients.add(socket);
    metrics.clients.set(clients.size);
    const stop = serve(socket, feed, metrics);
    const stopPing = keepAlive(socket);
    socket.on("close", () => {
      stop();
      stopPing();
      clients.delete(socket);
      metrics.clients.set(clients.size);
    });
    socket.on("error", () => socket.terminate());
  });
}

/** Speaks with one client until the returned function is called. */
function serve(socket: WebSocket, feed: Feed, metrics: Metrics): () => void {
  const outbox = new Outbox(socket, () => metrics.droppedFrames.inc());
  const tell = (message: ServerMessage): void => outbox.event(JSON.stringify(message));
  let listener: FeedListener | null = null;
  let badMessages = 0;

  const refuse = (message: string): void => {
    tell({ type: "error", code: "BAD_MESSAGE", message });
    if (++badMessages >= SOCKET_LIMITS.badMessages) socket.close(1008, "too many bad messages");
  };

  const subscribe = (wish: Subscribe): void => {
    if (listener) feed.listeners.delete(listener);
    const beds = wish.beds === "*" ? null : new Set(wish.beds);
    const topics = new Set<SocketTopic>(wish.topics);
    const has = (bed: string): boolean => !beds || beds.has(bed);
    tell(snapshotOf(feed, has));
    if (wish.since !== undefined) catchUp(feed, wish.since, topics, has, outbox, tell);
    listener = {
      frame: (bed, bytes) => {
        if (topics.has("frames") && has(bed)) outbox.frame(bed, bytes);
      },
      event: ({ topic, bed, json }) => {
        if (topics.has(topic) && has(bed)) outbox.event(json);
      },
    };
    feed.listeners.add(listener);
  };

  socket.on("message", (data, isBinary) => {
    const wish = isBinary ? null : parse(String(data));
    if (wish === null) refuse("not JSON: a subscribe message is expected");
    else if (subscribeValidator.Check(wish)) subscribe(wish);
    else {
      const first = [...subscribeValidator.Errors(wish)][0];
      refuse(`subscribe${first?.instancePath ?? ""}: ${first?.message ?? "does not fit its schema"}`);
    }
  });
  return () => {
    if (listener) feed.listeners.delete(listener);
  };
}

function snapshotOf({ ward, log }: Feed, has: (bed: string) => boolean): Snapshot {
  const beds = ward.list().filter(({ bed }) => has(bed));
  return {
    type: "snapshot",
    serverTimeMs: Date.now(),
    cursor: log.cursor,
    beds,
    conditions: ward.openConditions(has),
    beats: beds.flatMap(({ bed }) => ward.beats(bed, SNAPSHOT_BEATS)),
  };
}

/** Sends what followed the cursor; says so where it is not kept any more. */
function catchUp(
  { log }: Feed,
  since: string,
  topics: ReadonlySet<SocketTopic>,
  has: (bed: string) => boolean,
  outbox: Outbox,
  tell: (message: ServerMessage) => void,
): void {
  const positions = decodeCursor(since, log.partitions);
  if (!positions) {
    tell({ type: "error", code: "BAD_MESSAGE", message: "subscribe/since: not a cursor of this bus" });
    return;
  }
  const { events, missing } = log.after(positions);
  for (const topic of missing)
    if (topics.has(topic)) tell({ type: "gap", topic, bed: null, count: 0, reason: "not-kept" });
  for (const { topic, bed, json } of events) if (topics.has(topic) && has(bed)) outbox.event(json);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A client that does not answer two pings is gone. */
function keepAlive(socket: WebSocket): () => void {
  let missed = 0;
  socket.on("pong", () => (missed = 0));
  const timer = setInterval(() => {
    if (missed++ >= MISSED_PONGS) socket.terminate();
    else socket.ping();
  }, PING_EVERY_MS);
  return () => clearInterval(timer);
}
