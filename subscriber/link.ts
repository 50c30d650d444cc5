import type { Gap, Snapshot, SocketEvent } from "../contracts/socket.ts";
import { SOCKET_PROTOCOL } from "../contracts/socket.ts";
import { TICKET_PROTOCOL } from "../contracts/session.ts";
import { SubscriberError } from "./errors.ts";
import { readMessage, type Received } from "./messages.ts";
import type { OpenSocket, SocketLike } from "./socket-like.ts";

/** connecting: an attempt is under way; live: subscribed; offline: the next attempt is in `retryInMs`. */
export type LinkState =
  | { readonly status: "connecting" }
  | { readonly status: "live" }
  | { readonly status: "offline"; readonly retryInMs: number; readonly reason: string };

export interface LinkOptions {
  readonly openSocket: OpenSocket;
  readonly url: string;
  readonly topics: readonly string[];
  readonly beds: "*" | readonly string[];
  readonly token?: string;
  readonly ticket?: () => Promise<string | null>;
  readonly onState: (state: LinkState) => void;
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onEvent: (event: SocketEvent) => void;
  readonly onGap: (gap: Gap) => void;
  /** It will not come back. */
  readonly onFailure: (error: unknown) => void;
}

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 8000;
/** The gateway's clock is asked for this often; without any message for so long a connection is given up. */
const ASK_EVERY_MS = 5000;
const SILENT_MS = 15_000;
/** ws says so where a handshake is answered by HTTP: what a client did wrong, another attempt does not make good. */
const REFUSED = /Unexpected server response: (4\d\d)/;
const GOODBYE = 1000;
const LEFT = 4000;

/** The way to a gateway, over as many connections as it takes: each goes on behind the cursor of the last event. */
export class Link {
  private socket: SocketLike | null = null;
  private cursor: string | undefined;
  private losses = 0;
  private reason = "";
  private heardMs = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private asking: ReturnType<typeof setInterval> | undefined;
  private isOpen = false;

  constructor(
    private readonly options: LinkOptions,
    since?: string,
  ) {
    this.cursor = since;
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    void this.connect();
  }

  /** Leaves the gateway; `open` comes back to where this was. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    clearTimeout(this.retry);
    this.release(GOODBYE);
  }

  private async connect(): Promise<void> {
    const { url, token, ticket, onState, openSocket } = this.options;
    onState({ status: "connecting" });
    this.reason = "no answer";
    this.heardMs = Date.now();
    try {
      const pass = await ticket?.();
      if (!this.isOpen) return;
      const protocols = pass == null ? [SOCKET_PROTOCOL] : [SOCKET_PROTOCOL, TICKET_PROTOCOL + pass];
      const socket = openSocket(url, protocols, token);
      this.socket = socket;
      socket.onopen = () => this.subscribe(socket);
      socket.onmessage = ({ data }: { readonly data: unknown }) => this.receive(data);
      socket.onerror = (event: { readonly message?: string }) => this.hearError(event.message ?? "it failed");
      socket.onclose = () => this.lose();
      this.asking = setInterval(() => this.ask(), ASK_EVERY_MS);
    } catch (error) {
      if (error instanceof SyntaxError) return this.fail(error);
      this.reason = error instanceof Error ? error.message : String(error);
      this.lose();
    }
  }

  private subscribe(socket: SocketLike): void {
    const { topics, beds } = this.options;
    const since = this.cursor === undefined ? {} : { since: this.cursor };
    socket.send(JSON.stringify({ type: "subscribe", topics, beds, ...since }));
  }

  private receive(data: unknown): void {
    this.heardMs = Date.now();
    // Frames are binary; nobody subscribed to them.
    if (typeof data !== "string") return;
    let message: Received | null;
    try {
      message = readMessage(data);
    } catch (error) {
      return this.fail(error);
    }
    if (message?.kind === "error") {
      const { message: words } = message.error;
      return this.fail(new SubscriberError("REFUSED", `${this.options.url}: ${words}`));
    }
    if (message?.kind === "gap") return this.options.onGap(message.gap);
    if (message?.kind === "event") {
      this.cursor = message.event.cursor;
      return this.options.onEvent(message.event);
    }
    if (message?.kind !== "snapshot") return;
    this.losses = 0;
    this.cursor = message.snapshot.cursor;
    this.options.onState({ status: "live" });
    this.options.onSnapshot(message.snapshot);
  }

  /** A connection that nobody has closed may be none any more: an answer shows that it is one. */
  private ask(): void {
    if (Date.now() - this.heardMs >= SILENT_MS) {
      this.reason = "nothing came";
      this.lose();
    } else if (this.losses === 0) {
      this.socket?.send(JSON.stringify({ type: "clock", askedMs: Date.now() }));
    }
  }

  private hearError(words: string): void {
    this.reason = words;
    const status = REFUSED.exec(words)?.[1];
    if (status !== undefined && status !== "429") {
      this.fail(new SubscriberError("REFUSED", `${this.options.url} answered ${status}`));
    }
  }

  private lose(): void {
    if (!this.isOpen) return;
    this.release(LEFT);
    this.losses++;
    const whole = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.losses - 1));
    // At random, so that many clients do not come back at one moment.
    const retryInMs = Math.round(whole * (0.5 + 0.5 * Math.random()));
    this.options.onState({ status: "offline", retryInMs, reason: this.reason });
    this.retry = setTimeout(() => void this.connect(), retryInMs);
  }

  private fail(error: unknown): void {
    this.close();
    this.options.onFailure(error);
  }

  private release(code: number): void {
    clearInterval(this.asking);
    const { socket } = this;
    this.socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    // One that is closed before it is open says so by an error, which nobody waits for.
    socket.onerror = () => {};
    socket.close(code);
  }
}
