import type { ReceivedMessage } from "../../../bus/bus.ts";
import { deferred } from "../../../kit/deferred.ts";
import type { PastEvent, Piece } from "./piece.ts";

/** A piece is as large as either allows. */
const PIECE = { events: 1000, bytes: 1 << 20 } as const;
/** What an event costs beside its bytes. */
const OVERHEAD = 128;

/** Where a read begins, and the first offset that is not wanted. */
export interface Wanted {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly until: number;
}

/** One piece as it is read: takes the messages of its partition as the bus hands them out. */
export class Read {
  readonly piece = deferred<Piece>();
  /** The next offset to come. */
  position: number;
  /** When something came last, or it was asked for anew; performance.now(). */
  movedMs = performance.now();
  private missingUpTo: number;
  private readonly events: PastEvent[] = [];
  private bytes = 0;
  /** What came instead of `position`. */
  private cameInstead: number | null = null;

  constructor(
    readonly wanted: Wanted,
    private readonly isCompacted: boolean,
    private readonly eventOf: (message: ReceivedMessage) => PastEvent | null,
  ) {
    this.position = wanted.from;
    this.missingUpTo = wanted.from;
  }

  /** The partition begins at `low`: what was before is not there any more. */
  beginAt(low: number): void {
    if (low <= this.position) return;
    this.position = Math.min(low, this.wanted.until);
    this.miss(this.position);
  }

  /** All that is wanted, or as much as a piece has. */
  get isWhole(): boolean {
    return this.position >= this.wanted.until || this.events.length >= PIECE.events || this.bytes >= PIECE.bytes;
  }

  /**
   * False where the message does not follow and `position` is to be sought again: it may have been on its way before that was sought.
   * What comes instead a second time, too, follows all the same: what was between is not there any more.
   */
  take(message: ReceivedMessage): boolean {
    const { offset } = message;
    if (offset < this.position) return true;
    this.movedMs = performance.now();
    // What could not be read stands for all up to its offset.
    if (offset > this.position && message.unreadable === undefined) {
      const isAgain = this.cameInstead === offset;
      this.cameInstead = offset;
      if (!isAgain) return false;
      this.miss(Math.min(offset, this.wanted.until));
    }
    this.cameInstead = null;
    this.position = Math.min(offset + 1, this.wanted.until);
    const event = offset < this.wanted.until ? this.eventOf(message) : null;
    if (!event) return true;
    this.events.push(event);
    this.bytes += event.spliced.bytes.byteLength + OVERHEAD;
    return true;
  }

  /** There is nothing more before the end of what is wanted. */
  endThere(): void {
    this.position = this.wanted.until;
  }

  finish(): Piece {
    const { topic, partition, from } = this.wanted;
    const { position: next, missingUpTo, events, bytes } = this;
    const piece = { topic, partition, from, next, missingUpTo, events, bytes };
    this.piece.resolve(piece);
    return piece;
  }

  /** Of a compacted topic what is superseded goes: nothing is missing. */
  private miss(upTo: number): void {
    if (!this.isCompacted) this.missingUpTo = upTo;
  }
}
