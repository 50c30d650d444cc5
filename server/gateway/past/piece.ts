import type { SplicedEvent } from "../feed/splice.ts";

/** An event as it stands in its topic. */
export interface PastEvent {
  readonly bed: string;
  readonly offset: number;
  /** Without a cursor: each client has its own. */
  readonly spliced: SplicedEvent;
}

/** What stands in a partition from offset `from` on, up to and without `next`. */
export interface Piece {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly next: number;
  /** Some of what stood before this offset is not there any more; `from` where all is. */
  readonly missingUpTo: number;
  readonly events: readonly PastEvent[];
  readonly bytes: number;
}

/** The pieces that were asked for last, up to so many bytes: clients that lost the same gateway ask for the same ones. */
export class Pieces {
  /** The one that was asked for longest ago first. */
  private readonly kept = new Set<Piece>();
  private bytes = 0;

  constructor(private readonly maxBytes: number) {}

  /** The piece that the offset lies in. */
  find(topic: string, partition: number, offset: number): Piece | undefined {
    for (const piece of this.kept) {
      if (piece.topic !== topic || piece.partition !== partition) continue;
      if (offset < piece.from || offset >= piece.next) continue;
      this.kept.delete(piece);
      this.kept.add(piece);
      return piece;
    }
    return undefined;
  }

  add(piece: Piece): void {
    this.kept.add(piece);
    this.bytes += piece.bytes;
    for (const oldest of this.kept) {
      if (this.bytes <= this.maxBytes) return;
      this.kept.delete(oldest);
      this.bytes -= oldest.bytes;
    }
  }
}
