import type { Gap } from "../../../contracts/socket.ts";

/** What an outbox sends through: a socket, or a stand-in in its test. */
export interface Transport {
  /** Bytes handed over and not yet sent. */
  readonly bufferedAmount: number;
  send(data: string | Uint8Array, options: { binary: boolean }): void;
  close(code: number, reason: string): void;
}

/**
 * Policy, in buffered bytes. Frames are left out above `enter`, until it is below `exit`; above `close` so is the client.
 * All events that are kept for a client that comes back, and a snapshot, fit below `close`.
 */
export const OUTBOX_LIMITS: OutboxLimits = { enter: 1 << 19, exit: 1 << 17, close: 16 << 20 };

export interface OutboxLimits {
  readonly enter: number;
  readonly exit: number;
  readonly close: number;
}

/** WebSocket close code "try again later". */
export const TRY_AGAIN_LATER = 1013;

/**
 * The bounded way to one client. Frames may be left out as a whole, with a gap message when they flow again; text is
 * never left out: a client too slow even for it is closed (1013) and comes back with its cursor.
 */
export class Outbox {
  private readonly leftOut = new Map<string, number>();
  private isDropping = false;
  private closed = false;

  constructor(
    private readonly transport: Transport,
    private readonly onDropped: () => void = () => {},
    private readonly limits: OutboxLimits = OUTBOX_LIMITS,
  ) {}

  get isClosed(): boolean {
    return this.closed;
  }

  /** The frame, unless the client is slow. */
  frame(bed: string, bytes: Uint8Array): void {
    if (this.closed) return;
    if (this.transport.bufferedAmount > this.limits.enter) this.isDropping = true;
    this.settle();
    if (this.isDropping) {
      this.leftOut.set(bed, (this.leftOut.get(bed) ?? 0) + 1);
      this.onDropped();
    } else {
      this.transport.send(bytes, { binary: true });
    }
  }

  /** A JSON text, or its bytes where many clients get the same; or the end of a client that does not take it. */
  text(json: string | Uint8Array): void {
    if (this.closed) return;
    if (this.transport.bufferedAmount > this.limits.close) {
      this.close(TRY_AGAIN_LATER, "too slow: come back with the last cursor");
    } else {
      this.transport.send(json, { binary: false });
    }
  }

  /** Nothing is sent after what is under way. */
  close(code: number, reason: string): void {
    this.closed = true;
    this.transport.close(code, reason);
  }

  /** Ends the dropping, and tells what was left out, once the client has caught up. */
  settle(): void {
    if (!this.isDropping || this.closed || this.transport.bufferedAmount >= this.limits.exit) return;
    this.isDropping = false;
    for (const [bed, count] of this.leftOut) {
      const gap: Gap = { type: "gap", topic: "frames", bed, count, reason: "slow-client" };
      this.transport.send(JSON.stringify(gap), { binary: false });
    }
    this.leftOut.clear();
  }
}
