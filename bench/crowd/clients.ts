import { WebSocket } from "ws";
import { type ServerMessage, SOCKET_PROTOCOL } from "../../contracts/socket.ts";

/**
 * Sockets of a gateway in a process of their own, so that their cost is not the gateway's: started with a URL, a count and the topics
 * they ask for, separated by commas. Says "ready" when all have their snapshot; "measure" begins anew, "slow" opens one more that
 * reads nothing, "tell" is answered with a Crowd.
 */
export interface Crowd {
  /** From a beat's deciding frame being sent to the beat at a socket, ms. */
  readonly p50: number;
  readonly p99: number;
  readonly beats: number;
  /** Of a beat that one socket got, those that did not get it. */
  readonly missing: number;
  /** Sockets that the gateway has closed. */
  readonly closed: number;
}

/** What was told first so shortly before the end may still be on its way to others, ms. */
const UNDER_WAY_MS = 2000;

const [url, count, topics] = process.argv.slice(2);
const sockets = Number(count);
const beds = Array.from({ length: 8 }, (_, i) => `b${i + 1}`);
const wish = JSON.stringify({ type: "subscribe", topics: topics.split(","), beds });

let waiting = sockets;
let closed = 0;
let delays: number[] = [];
/** Beats by their ids. */
let seen = new Map<string, { readonly firstMs: number; count: number }>();
/** Beats told before belong to nobody. */
let known = new Set<string>();

function open(): WebSocket {
  const socket = new WebSocket(`${url.replace("http", "ws")}/ws`, SOCKET_PROTOCOL);
  socket.on("open", () => socket.send(wish));
  return socket;
}

function take(data: Buffer): void {
  const message = JSON.parse(data.toString()) as ServerMessage;
  if (!("data" in message) || !("id" in message.data)) return;
  const nowMs = Date.now();
  const { id } = message.data;
  if (known.has(id)) return;
  delays.push(nowMs - Number(message.meta["producedAtMs"]));
  const beat = seen.get(id);
  if (beat) beat.count++;
  else seen.set(id, { firstMs: nowMs, count: 1 });
}

for (let i = 0; i < sockets; i++) {
  const socket = open();
  let hasSnapshot = false;
  socket.on("close", () => closed++);
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    if (hasSnapshot && !isBinary) take(data);
    if (hasSnapshot) return;
    hasSnapshot = true;
    if (--waiting === 0) process.send?.("ready");
  });
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * sorted.length)];

function tell(): Crowd {
  const sorted = delays.toSorted((a, b) => a - b);
  const before = Date.now() - UNDER_WAY_MS;
  const all = [...seen.values()].filter(({ firstMs }) => firstMs < before);
  const missing = all.reduce((sum, beat) => sum + sockets - beat.count, 0);
  return { p50: quantile(sorted, 0.5), p99: quantile(sorted, 0.99), beats: all.length, missing, closed };
}

process.on("message", (question) => {
  if (question === "tell") process.send?.(tell());
  if (question === "slow")
    open().on("open", function (this: WebSocket) {
      setImmediate(() => this.pause());
    });
  if (question !== "measure") return;
  known = new Set(seen.keys());
  seen = new Map();
  delays = [];
});
