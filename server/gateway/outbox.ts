import type { Gap } from "../../contracts/socket.ts";

/** What an outbox sends through: a socket, or a stand-in in its test. */
export interface Transport {
  /** Bytes handed over and not yet sent. */
  readonly bufferedAmount: number;
  send(data: string | Uint8Array): void;
  close(code: number, reason: string): void;
}

/** Policy, in buffered bytes: frames are left out above `enter` until it is below `exit`; above `close` the client is. */
export const OUTBOX_LIMITS = { enter: 1 << 20, exit: 1 << 18, close: 8 << 20 } as const;

/**
 * The bounded way to one client. Frames may be left out as a whole, with a gap message when they flow again; events are
 * never left out: a client too slow even for them is closed (1013) and comes back with its cursor.
 */
export class Outbox {
  private readonly leftOut = new Map<string, number>();
  private dropping = false;

  constructor(
    private readonly transport: Transport,
    private readonly dropped: () => void = () => {},
    private readonly limits: { enter: number; exit: number; close: number } = OUTBOX_LIMITS,
  ) {}

  frame(bed: string, bytes: Uint8Array): void {
    const { bufferedAmount } = this.transport;
    if (bufferedAmount > this.limits.enter) this.dropping = true;
    if (this.dropping && bufferedAmount >= this.limits.exit) {
      this.leftOut.set(bed, (this.leftOut.get(bed) ?? 0) + 1);
      this.dropped();
      return;
    }
    if (this.dropping) this.resume();
    this.transport.send(bytes);
  }

  event(json: string): void {
    if (this.transport.bufferedAmount > this.limits.close) {
      this.transport.close(1013, "too slow: come back with the last cursor");
      return;
    }
    this.transport.send(json);
  }

  private resume(): void {
    this.dropping = false;
    for (const [bed, count] of this.leftOut) {
      const gap: Gap = { type: "gap", topic: "frames", bed, count, reason: "slow-client" };
      this.transport.send(JSON.stringify(gap));
    }
    this.leftOut.clear();
  }
}
