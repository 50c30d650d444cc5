import { SESSION_ENDED, TICKET_PROTOCOL } from "../../contracts/session.ts";
import { type Shown, SOCKET_PROTOCOL } from "../../contracts/socket.ts";
import type { EventTable } from "../../contracts/topics.ts";
import { backoffMs } from "./backoff.ts";
import { type FeedMessage, messageReader } from "./messages.ts";

/** What the feed needs of a WebSocket. */
export interface FeedSocket {
  binaryType: BinaryType;
  onopen: ((event: Event) => unknown) | null;
  onmessage: ((event: MessageEvent) => unknown) | null;
  onclose: ((event: CloseEvent) => unknown) | null;
  send(text: string): void;
  close(code?: number): void;
}

/**
 * connecting: an attempt is under way; live: messages come; stale: the connection stands but nothing has come for a while;
 * offline: there is none, the next attempt is at `retryAtMs` (Unix ms); signed-out: nor will there be before somebody signs in.
 */
export type FeedState =
  | { readonly status: "connecting" }
  | { readonly status: "live" }
  | { readonly status: "stale" }
  | { readonly status: "offline"; readonly retryAtMs: number }
  | { readonly status: "signed-out" };

export interface FeedOptions<E extends EventTable> {
  readonly url: string;
  /** What is subscribed to, beside frames. */
  readonly events: E;
  readonly beds: "*" | readonly string[];
  /** Name of a page that people watch; such a one is missed when it is silent. */
  readonly screen?: string;
  /** What is shown of frames, asked at each connection; without it all of them come. */
  readonly shown?: () => Shown;
  readonly onMessage: (message: FeedMessage<E>) => void;
  readonly onState: (state: FeedState) => void;
  /** A message that is none of this protocol; the feed goes on. */
  readonly onReject: (error: unknown) => void;
  /** What a connection opens with, asked for at each; null: nothing is needed. Where it throws what `isSignedOut` knows, nobody is signed in. */
  readonly ticket?: () => Promise<string | null>;
  readonly isSignedOut?: (error: unknown) => boolean;
  readonly openSocket?: (url: string, protocols: string | string[]) => FeedSocket;
  readonly random?: () => number;
}

export interface Feed {
  /** Does not wait for the next attempt, e.g. when the network is back, or somebody has signed in. */
  retryNow(): void;
  /** Sends a message, if there is a connection. */
  send(message: object): void;
  /** Closes for good. */
  close(): void;
}

/** Without a message for so long, where there were some, the feed is stale. */
export const STALE_MS = 3000;
/** An attempt, or a stale connection, is given up after so long. */
export const GIVE_UP_MS = 15_000;

/** The gateway's clock is asked for this often: well within what a client may ask. */
const CLOCK_EVERY_MS = 5000;

/** WebSocket close codes: of a page that is left, and of one that tries again. */
const GOODBYE = 1000;
const LOST = 4000;

/** Subscribes to frames and events of the gateway and stays subscribed: after a loss it comes back, from the last cursor it saw. */
export function openFeed<E extends EventTable>(options: FeedOptions<E>): Feed {
  const { url, events, beds, screen, onMessage, onState, onReject, random = Math.random } = options;
  const openSocket = options.openSocket ?? ((address, protocols): FeedSocket => new WebSocket(address, protocols));
  const readMessage = messageReader(events);
  const topics = ["frames", ...Object.keys(events)];
  let socket: FeedSocket | null = null;
  let status: FeedState["status"] | null = null;
  let cursor: string | null = null;
  /** Losses in a row, since the last snapshot. */
  let losses = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let watch: ReturnType<typeof setTimeout> | undefined;
  let asking: ReturnType<typeof setInterval> | undefined;
  /** Counts attempts: a ticket that comes too late is of one that was given up. */
  let attempts = 0;

  const enter = (state: FeedState): void => {
    if (status === state.status && status !== "offline") return;
    status = state.status;
    onState(state);
  };

  const connect = (): void => {
    clearTimeout(retry);
    clearTimeout(watch);
    enter({ status: "connecting" });
    watch = setTimeout(lose, GIVE_UP_MS);
    const attempt = ++attempts;
    if (!options.ticket) return open(null);
    options.ticket().then(
      (ticket) => {
        if (attempt === attempts) open(ticket);
      },
      (error: unknown) => {
        if (attempt !== attempts) return;
        if (options.isSignedOut?.(error)) leave();
        else lose();
      },
    );
  };

  const open = (ticket: string | null): void => {
    const opened = openSocket(
      url,
      ticket === null ? SOCKET_PROTOCOL : [SOCKET_PROTOCOL, `${TICKET_PROTOCOL}${ticket}`],
    );
    socket = opened;
    opened.binaryType = "arraybuffer";
    opened.onopen = () => {
      const since = cursor === null ? {} : { since: cursor };
      const wish = { type: "subscribe", topics, beds, screen, ...since, shown: options.shown?.() };
      opened.send(JSON.stringify(wish));
    };
    opened.onmessage = ({ data }) => receive(data);
    opened.onclose = ({ code }) => (code === SESSION_ENDED ? leave() : lose());
  };

  const receive = (data: unknown): void => {
    let message: FeedMessage<E>;
    try {
      message = readMessage(data);
    } catch (error) {
      onReject(error);
      return;
    }
    // An answer to a question says nothing of whether data come.
    if (message.kind === "clock" || message.kind === "shown") return onMessage(message);
    clearTimeout(watch);
    if (message.kind === "snapshot") {
      askClock();
      clearInterval(asking);
      asking = setInterval(askClock, CLOCK_EVERY_MS);
      cursor = message.snapshot.cursor;
      losses = 0;
    } else {
      watch = setTimeout(grewStale, STALE_MS);
    }
    if (message.kind === "event") cursor = message.event.cursor;
    if (message.kind !== "error") enter({ status: "live" });
    onMessage(message);
  };

  const askClock = (): void => socket?.send(JSON.stringify({ type: "clock", askedMs: performance.now() }));

  const grewStale = (): void => {
    enter({ status: "stale" });
    watch = setTimeout(lose, GIVE_UP_MS);
  };

  /** Lets go of the socket, closed or not, and waits for the next attempt. */
  const lose = (): void => {
    release(LOST);
    losses++;
    const waitMs = backoffMs(losses, random());
    retry = setTimeout(connect, waitMs);
    enter({ status: "offline", retryAtMs: Date.now() + waitMs });
  };

  /** Lets go until somebody signs in. */
  const leave = (): void => {
    release(LOST);
    losses = 0;
    enter({ status: "signed-out" });
  };

  const release = (code: number): void => {
    attempts++;
    clearTimeout(watch);
    clearTimeout(retry);
    clearInterval(asking);
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(code);
    socket = null;
  };

  connect();
  return {
    retryNow: () => {
      if (status === "offline" || status === "signed-out") connect();
    },
    send: (message) => {
      if (status === "live" || status === "stale") socket?.send(JSON.stringify(message));
    },
    close: () => release(GOODBYE),
  };
}
