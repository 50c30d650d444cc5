import type { AlarmEvent } from "../contracts/alarm.ts";
import type { Beat } from "../contracts/beat.ts";
import type { Condition } from "../contracts/condition.ts";
import type { Qrs } from "../contracts/qrs.ts";
import type { Rhythm } from "../contracts/rhythm.ts";
import type { Gap, Snapshot, SocketEvent } from "../contracts/socket.ts";
import { EVENTS } from "../contracts/topics.ts";
import { EventStream } from "./event-stream.ts";
import type { LinkState } from "./link.ts";
import type { OpenSocket } from "./socket-like.ts";

/** What may be subscribed to. */
export type EventName = SocketEvent["topic"];
export const EVENT_NAMES = Object.keys(EVENTS) as readonly EventName[];

export interface ConnectOptions {
  /** Of a gateway: `http://127.0.0.1:8080`, or its socket's own `ws://127.0.0.1:8080/ws`. */
  readonly url: string;
  /** Default: all. */
  readonly beds?: "*" | readonly string[];
  /** A cursor that a stream had reached: what followed it comes first. */
  readonly since?: string;
  /** Bearer of a program that a gateway asks for a sign-in; not in a browser. */
  readonly token?: string;
  /** Asked for at each connection: what the gateway answers to POST /api/ticket, for a page that is signed in. */
  readonly ticket?: () => Promise<string | null>;
  readonly onState?: (state: LinkState) => void;
  /** What holds when a connection begins: beds, open conditions, alarms. */
  readonly onSnapshot?: (snapshot: Snapshot) => void;
  /** Some events are not kept any more. Without it, the loop throws then: nothing is lost in silence. */
  readonly onGap?: (gap: Gap) => void;
}

export interface Bedside {
  /** Classified beats. */
  beats(): EventStream<Beat>;
  /** Detected beats, within 0.3 s of their R peak and not classified yet. */
  qrs(): EventStream<Qrs>;
  /** Arrhythmias and technical conditions: their begin, updates and end. */
  conditions(): EventStream<Condition>;
  /** Alarms: raised, acknowledged, silenced, over. */
  alarms(): EventStream<AlarmEvent>;
  rhythms(): EventStream<Rhythm>;
  /** Of several topics in one loop, each with its topic, bed, cursor and times. */
  events(topics?: readonly EventName[]): EventStream<SocketEvent>;
}

/** A gateway's events. Nothing is connected before a loop begins; each loop has a connection of its own. */
export type Connect = (options: ConnectOptions) => Bedside;

/** `connect` over the WebSocket of Node or of a browser. */
export const connectBy =
  (openSocket: OpenSocket): Connect =>
  (options) => {
    const { onState = () => {}, onSnapshot = () => {}, beds = "*" } = options;
    const common = { ...options, openSocket, url: socketUrl(options.url), beds, onState, onSnapshot };
    const of = <T>(topic: EventName): EventStream<T> =>
      new EventStream({ ...common, topics: [topic] }, ({ data }) => data as T);
    return {
      beats: () => of("beats"),
      qrs: () => of("qrs"),
      conditions: () => of("conditions"),
      alarms: () => of("alarms"),
      rhythms: () => of("rhythms"),
      events: (topics = EVENT_NAMES) => new EventStream({ ...common, topics }, (event) => event),
    };
  };

function socketUrl(address: string): string {
  const url = new URL(address);
  if (url.protocol.startsWith("http")) url.protocol = url.protocol.replace("http", "ws");
  if (url.pathname === "/") url.pathname = "/ws";
  return url.href;
}
