import type { Beat } from "../../contracts/beat.ts";
import type { Frame } from "../../contracts/frame.ts";
import type { Bed } from "../../contracts/socket.ts";
import { BedHistory } from "./bed-history.ts";

/** Beds that are remembered; the one silent longest goes first. */
const KEPT_BEDS = 1024;

/** Whose a message is, and in which recording of the bed, where it tells. */
export interface Placed {
  readonly bed: string;
  readonly epoch?: string;
  readonly samplingRateHz?: number;
}

/** What a gateway knows of all beds. Bounded in beds and in what is kept of each. */
export class Ward {
  private readonly beds = new Map<string, BedHistory>();

  constructor(private readonly limit: number = KEPT_BEDS) {}

  /** `nowMs`: arrival, Unix ms. */
  frame(frame: Frame, nowMs: number): void {
    this.bedOf(frame).frame(frame, nowMs);
  }

  /** The history of the bed that a message is of, from which something has just been heard. */
  bedOf({ bed, epoch = "", samplingRateHz = 0 }: Placed): BedHistory {
    const history = this.beds.get(bed) ?? new BedHistory(bed, epoch, samplingRateHz);
    // Set anew, so that the map's first bed is the one silent longest.
    this.beds.delete(bed);
    this.beds.set(bed, history);
    if (this.beds.size > this.limit) for (const silent of this.beds.keys()) if (this.beds.delete(silent)) break;
    return history;
  }

  /** Every bed that has sent a frame or has an open condition, b2 before b10. */
  list(): Bed[] {
    return [...this.beds.values()]
      .filter(({ info, openConditions }) => info.lastFrameMs !== null || openConditions.length > 0)
      .map(({ info }) => info)
      .toSorted((a, b) => a.bed.localeCompare(b.bed, "en", { numeric: true }));
  }

  /** Undefined where no such bed has been heard of. */
  bed(name: string): BedHistory | undefined {
    return this.beds.get(name);
  }

  /** The last `limit` beats after `sinceMs` (event time, Unix ms), oldest first. */
  beats(name: string, limit: number, sinceMs = Number.NEGATIVE_INFINITY): Beat[] {
    const beats = this.beds.get(name)?.beats ?? [];
    return beats.filter(({ timeMs }) => timeMs > sinceMs).slice(-limit);
  }
}
