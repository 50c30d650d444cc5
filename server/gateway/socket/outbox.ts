import type { Gap } from "../../../contracts/socket.ts";
import { type Deferred, deferred } from "../../../kit/deferred.ts";
import { Fifo } from "../../../kit/fifo.ts";

/** What an outbox sends through: a socket, or a stand-in in its test. */
export interface Transport {
  /** Bytes handed over and not yet sent, those that are held back for the end of the turn included. */
  readonly bufferedAmount: number;
  /** `fin` false: more of the same message follows. */
  send(data: Uint8Array, options: { binary: boolean; fin: boolean; compress: boolean }): void;
  close(code: number, reason: string): void;
  /** Cuts the connection off, whatever is under way. */
  terminate(): void;
}

/**
 * Policy, in bytes that wait for the client. Frames are left out above `enter`, until it is below `exit`; what would not fit below
 * `close` closes the client. Of what waits, so much at a time is the socket's that it is seen to go: `window` and a piece.
 */
export const OUTBOX_LIMITS: OutboxLimits = {
  enter: 1 << 19,
  exit: 1 << 17,
  close: 4 << 20,
  window: 1 << 16,
  stalledMs: 20_000,
  farewellMs: 6000,
};

export interface OutboxLimits {
  readonly enter: number;
  readonly exit: number;
  readonly close: number;
  readonly window: number;
  /** Of a client that takes nothing of what waits for it. */
  readonly stalledMs: number;
  /** For the closing handshake, before the connection is cut off. */
  readonly farewellMs: number;
}

/** WebSocket close code "try again later". */
export const TRY_AGAIN_LATER = 1013;

interface Message {
  readonly bytes: Uint8Array;
  readonly binary: boolean;
}

/** Messages that are made when their turn comes. */
interface Backlog {
  readonly messages: Iterator<Uint8Array>;
  readonly binary: boolean;
}

/**
 * The bounded way to one client, in order. Frames may be left out as a whole, with a gap message when they flow again; text is
 * never left out: a client too slow even for it is closed (1013) and comes back with its cursor.
 */
export class Outbox {
  /** Whether texts are sent compressed, to a client that can read that. Frames never are: they are small as they are. */
  compresses = false;
  private readonly leftOut = new Map<string, number>();
  private readonly queue = new Fifo<Message | Backlog>();
  /** Bytes of the queue's messages and of what is left of the one under way. */
  private queued = 0;
  /** The message under way, of which the socket has had `sent` bytes. */
  private current: Message | null = null;
  private sent = 0;
  private isDropping = false;
  private closed = false;
  private backlogs = 0;
  private backlogDone = deferred<void>();
  private roomWanted: Deferred<void> | null = null;
  /** Bytes handed to the socket, the most of them that were seen to have gone, and when that was seen. */
  private handed = 0;
  private gone = 0;
  private movedMs: number | null = null;
  private closedMs: number | null = null;

  constructor(
    private readonly transport: Transport,
    private readonly onDropped: () => void = () => {},
    private readonly limits: OutboxLimits = OUTBOX_LIMITS,
  ) {
    this.backlogDone.resolve();
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** Bytes that wait for the client, in the socket and before it. */
  get waiting(): number {
    return this.transport.bufferedAmount + this.queued;
  }

  /** Resolves when no backlog is under way. */
  get replayed(): Promise<void> {
    return this.backlogDone.promise;
  }

  /** There is room for something that is not live: no backlog is under way, and so little waits that no frame is left out. */
  get hasRoom(): boolean {
    return !this.closed && this.backlogs === 0 && this.waiting < this.limits.exit;
  }

  /** Resolves when there is room; never where the outbox is closed. */
  room(): Promise<void> {
    this.roomWanted ??= deferred();
    const { promise } = this.roomWanted;
    this.tellRoom();
    return promise;
  }

  /** The frame, or false where the client is slow. */
  frame(bed: string, bytes: Uint8Array): boolean {
    if (this.closed) return false;
    if (this.waiting > this.limits.enter) this.isDropping = true;
    this.settle();
    if (this.isDropping || this.waiting + bytes.length > this.limits.close) {
      this.leftOut.set(bed, (this.leftOut.get(bed) ?? 0) + 1);
      this.isDropping = true;
      this.onDropped();
      return false;
    }
    this.put(bytes, true);
    return true;
  }

  /** A JSON text, or its bytes where many clients get the same; or the end of a client that does not take it. */
  text(json: string | Uint8Array): void {
    if (this.closed) return;
    const bytes = typeof json === "string" ? Buffer.from(json) : json;
    if (this.waiting + bytes.length > this.limits.close) {
      this.close(TRY_AGAIN_LATER, "too slow: come back with the last cursor");
    } else {
      this.put(bytes, false);
    }
  }

  /** JSON texts, or frames, each made when the client has taken what is before it. What is sent meanwhile comes behind all of them. */
  backlog(messages: Iterable<Uint8Array>, binary = false): void {
    if (this.closed) return;
    if (this.backlogs++ === 0) this.backlogDone = deferred();
    this.queue.push({ messages: messages[Symbol.iterator](), binary });
    this.pump();
  }

  /** Nothing is sent after what is under way. */
  close(code: number, reason: string): void {
    if (this.closed) return;
    this.closed = true;
    while (this.queue.length > 0) this.queue.shift();
    this.current = null;
    this.queued = 0;
    this.backlogDone.resolve();
    this.transport.close(code, reason);
  }

  /** Ends the dropping, and tells what was left out, once the client has caught up. */
  settle(): void {
    if (!this.isDropping || this.closed || this.waiting >= this.limits.exit) return;
    this.isDropping = false;
    for (const [bed, count] of this.leftOut) {
      const gap: Gap = { type: "gap", topic: "frames", bed, count, reason: "slow-client" };
      this.text(JSON.stringify(gap));
    }
    this.leftOut.clear();
  }

  /** Hands on what waits, as far as the socket has room: to be called when it has drained, too. */
  pump(): void {
    const { transport, limits } = this;
    while (!this.closed && transport.bufferedAmount < limits.window) {
      this.current ??= this.next();
      if (!this.current) break;
      const { bytes, binary } = this.current;
      const piece = bytes.subarray(this.sent, this.sent + limits.window);
      this.sent += piece.length;
      this.queued -= piece.length;
      const fin = this.sent === bytes.length;
      if (fin) this.current = null;
      this.hand(piece, binary, fin);
    }
    this.tellRoom();
  }

  /** To be called every now and then: a client that takes nothing is closed, one that does not close is cut off. */
  check(nowMs: number): void {
    if (this.closed) {
      this.closedMs ??= nowMs;
      if (nowMs - this.closedMs >= this.limits.farewellMs) this.transport.terminate();
      return;
    }
    this.pump();
    this.settle();
    const { bufferedAmount } = this.transport;
    const gone = this.handed - bufferedAmount;
    if (bufferedAmount === 0 || gone > this.gone) this.movedMs = nowMs;
    this.movedMs ??= nowMs;
    this.gone = Math.max(this.gone, gone);
    if (nowMs - this.movedMs < this.limits.stalledMs) return;
    this.close(TRY_AGAIN_LATER, "nothing of what was sent was taken: come back with the last cursor");
    this.closedMs = nowMs;
  }

  private tellRoom(): void {
    if (!this.roomWanted || !this.hasRoom) return;
    this.roomWanted.resolve();
    this.roomWanted = null;
  }

  private put(bytes: Uint8Array, binary: boolean): void {
    const { transport, limits } = this;
    const isFree = this.current === null && this.queue.length === 0;
    if (isFree && bytes.length <= limits.window && transport.bufferedAmount < limits.window) {
      this.hand(bytes, binary, true);
    } else {
      this.queue.push({ bytes, binary });
      this.queued += bytes.length;
      this.pump();
    }
  }

  private next(): Message | null {
    this.sent = 0;
    for (let entry = this.queue.at(0); entry; entry = this.queue.at(0)) {
      if ("bytes" in entry) {
        this.queue.shift();
        return entry;
      }
      const { value: bytes, done } = entry.messages.next();
      if (!done) {
        this.queued += bytes.length;
        return { bytes, binary: entry.binary };
      }
      this.queue.shift();
      if (--this.backlogs === 0) this.backlogDone.resolve();
    }
    return null;
  }

  private hand(bytes: Uint8Array, binary: boolean, fin: boolean): void {
    this.handed += bytes.length;
    this.transport.send(bytes, { binary, fin, compress: this.compresses && !binary });
  }
}
