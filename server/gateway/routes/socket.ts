import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { SESSION_ENDED } from "../../../contracts/session.ts";
import { SOCKET_PROTOCOL } from "../../../contracts/socket.ts";
import type { Access } from "../../access/access.ts";
import type { Principal } from "../../access/principal.ts";
import type { Metrics } from "../../metrics.ts";
import type { Feed } from "../feed/feed.ts";
import { refuse } from "../http-error.ts";
import { isAllowedOrigin } from "../origin.ts";
import { Allowance } from "../socket/allowance.ts";
import { HEARTBEAT, type HeartbeatLimits, keepAlive } from "../socket/heartbeat.ts";
import { Outbox, OUTBOX_LIMITS, type OutboxLimits, type Transport, TRY_AGAIN_LATER } from "../socket/outbox.ts";
import { Session, wishValidator } from "../socket/session.ts";
import { type Corkable, Turn } from "../socket/turn.ts";

/** Tokens of the allowance that a client's message costs. */
const COST = { message: 1, bad: 4 } as const;
const POLICY_VIOLATION = 1008;
/** As browsers name the end of a connection that nobody said goodbye on. */
const CUT_OFF = 1006;
/** Codes with which a client closes its socket when it is left: normal, going away, none given. */
const GOODBYES: readonly number[] = [1000, 1001, 1005];

export interface SocketLimits {
  readonly clients: number;
  /** After this time a client that has asked for nothing is closed. */
  readonly subscribeWithinMs: number;
  readonly checkEveryMs: number;
  readonly heartbeat: HeartbeatLimits;
  readonly outbox: OutboxLimits;
}

export const SOCKET_LIMITS: Omit<SocketLimits, "clients"> = {
  subscribeWithinMs: 30_000,
  checkEveryMs: 1000,
  heartbeat: HEARTBEAT,
  outbox: OUTBOX_LIMITS,
};

export interface SocketRouteOptions {
  readonly feed: Feed;
  readonly metrics: Metrics;
  readonly allowedOrigins: readonly string[];
  /** Null: nobody need sign in. */
  readonly access: Access | null;
  readonly limits: SocketLimits;
}

/**
 * GET /ws: snapshot, then events and frames of the beds and topics asked for (contracts/socket.ts). Returns how many bytes
 * wait for clients.
 */
export function socketRoute(app: FastifyInstance, options: SocketRouteOptions): () => number {
  const { feed, metrics, allowedOrigins, access, limits } = options;
  const outboxes = new Map<WebSocket, Outbox>();
  /** Whose sockets they are, where a sign-in is asked for. */
  const owners = new Map<Outbox, Principal>();
  const validator = wishValidator(feed.topics);
  const turn = new Turn();
  // A count that begins with its first event hides that one from rates.
  for (const code of [CUT_OFF, POLICY_VIOLATION, TRY_AGAIN_LATER, SESSION_ENDED]) metrics.evictions.inc({ code }, 0);
  const admit = async ({ ws, headers }: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (!ws) return refuse(reply, 426, "a WebSocket handshake is expected here");
    if (!isAllowedOrigin(headers.origin, headers.host, allowedOrigins)) {
      return refuse(reply, 403, "pages of this origin may not connect: ALLOWED_ORIGINS lists those that may");
    }
    const offered = (headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
    if (!offered.includes(SOCKET_PROTOCOL)) return refuse(reply, 400, `subprotocol ${SOCKET_PROTOCOL} is required`);
    if (outboxes.size < limits.clients) return undefined;
    metrics.refusedSockets.inc();
    return refuse(reply, 503, `${limits.clients} clients are connected`);
  };

  app.get("/ws", { websocket: true, onRequest: admit }, (socket, { raw, who }) => {
    const transport = transportOf(socket, raw.socket, turn, (code) => metrics.evictions.inc({ code }));
    const outbox = new Outbox(transport, () => metrics.droppedFrames.inc(), limits.outbox);
    const session = new Session(feed, outbox, validator);
    const allowance = new Allowance(performance.now());
    const spend = (cost: number): void => {
      if (!allowance.spend(cost, performance.now())) outbox.close(POLICY_VIOLATION, "too many or bad messages");
    };
    const stopBeat = keepAlive(socket, limits.heartbeat, () => {
      if (!outbox.isClosed) metrics.evictions.inc({ code: CUT_OFF });
    });
    const stopWaiting = subscribesWithin(limits.subscribeWithinMs, session, outbox);
    // What waits goes on as the socket empties.
    const pump = (): void => outbox.pump();
    raw.socket.on("drain", pump);
    outboxes.set(socket, outbox);
    if (who) owners.set(outbox, who);
    metrics.clients.set(outboxes.size);

    socket.on("message", (data, isBinary) => {
      if (outbox.isClosed) return;
      const isGood = session.receive(isBinary ? "" : String(data));
      spend(isGood ? COST.message : COST.bad);
    });
    socket.on("ping", () => spend(COST.message));
    socket.on("close", (code) => {
      stopBeat();
      stopWaiting();
      raw.socket.off("drain", pump);
      session.close(GOODBYES.includes(code));
      outboxes.delete(socket);
      owners.delete(outbox);
      metrics.clients.set(outboxes.size);
    });
  });

  const checks = setInterval(() => {
    const nowMs = performance.now();
    for (const outbox of outboxes.values()) outbox.check(nowMs);
    for (const [outbox, who] of owners) {
      if (access && !access.holds(who)) outbox.close(SESSION_ENDED, "signed out, or signed in for long enough");
    }
  }, limits.checkEveryMs);
  app.addHook("onClose", async () => clearInterval(checks));

  return () => {
    let bytes = 0;
    for (const { waiting } of outboxes.values()) bytes += waiting;
    return bytes;
  };
}

/** Closes a client that has asked for nothing within this time. Returns how to stop waiting for it. */
function subscribesWithin(ms: number, session: Session, outbox: Outbox): () => void {
  const timer = setTimeout(() => {
    if (!session.hasAsked) outbox.close(POLICY_VIOLATION, `nothing was asked for within ${ms / 1000} s`);
  }, ms);
  return () => clearTimeout(timer);
}

/** `stream` is the one that the socket writes to; `onClose` hears with which code the gateway ends it. */
function transportOf(socket: WebSocket, stream: Corkable, turn: Turn, onClose: (code: number) => void): Transport {
  return {
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
    send: (data, options) => {
      turn.hold(stream, data.length);
      socket.send(data, options);
    },
    close: (code, reason) => {
      onClose(code);
      socket.close(code, reason);
    },
    terminate: () => socket.terminate(),
  };
}
