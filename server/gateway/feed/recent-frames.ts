import { Fifo } from "../../../kit/fifo.ts";
import type { Frame } from "../../../contracts/frame.ts";
import { CutFrame } from "./cut-frame.ts";

/** What a trace that comes into sight is filled with: of each bed so many seconds, of all so many bytes. */
const KEPT: RecentLimits = { seconds: 12, bytes: 64 << 20 };

export interface RecentLimits {
  readonly seconds: number;
  readonly bytes: number;
}

interface BedFrames {
  readonly frames: Fifo<CutFrame>;
  seconds: number;
  newest: CutFrame | null;
}

/** The last frames of each bed's running epoch. */
export class RecentFrames {
  private readonly beds = new Map<string, BedFrames>();
  private bytes = 0;

  constructor(private readonly limits: RecentLimits = KEPT) {}

  add(frame: Frame, bytes: Uint8Array): CutFrame {
    const bed = this.beds.get(frame.bed) ?? { frames: new Fifo<CutFrame>(), seconds: 0, newest: null };
    // Set anew: the first of the map is the one silent longest.
    this.beds.delete(frame.bed);
    this.beds.set(frame.bed, bed);
    const { newest } = bed;
    if (newest && newest.frame.epoch !== frame.epoch) this.empty(bed);
    newest?.rest();
    const cut = new CutFrame(frame, bytes, newest);
    bed.newest = cut;
    bed.frames.push(cut);
    bed.seconds += cut.seconds;
    this.bytes += bytes.length;
    for (let oldest = bed.frames.at(0); oldest; oldest = bed.frames.at(0)) {
      if (bed.seconds - oldest.seconds < this.limits.seconds) break;
      this.dropFirst(bed);
    }
    while (this.bytes > this.limits.bytes) if (!this.dropSilentest()) break;
    return cut;
  }

  /** Oldest first. */
  of(bed: string): CutFrame[] {
    const frames = this.beds.get(bed)?.frames;
    return Array.from({ length: frames?.length ?? 0 }, (_, at) => frames?.at(at)).filter((cut) => cut !== undefined);
  }

  private empty(bed: BedFrames): void {
    while (this.dropFirst(bed)) continue;
  }

  /** False where there is none. */
  private dropFirst(bed: BedFrames): boolean {
    const cut = bed.frames.at(0);
    if (!cut) return false;
    bed.frames.shift();
    bed.seconds -= cut.seconds;
    this.bytes -= cut.bytes.length;
    return true;
  }

  /** Forgets a bed; false where there is no other than the last that sent. */
  private dropSilentest(): boolean {
    if (this.beds.size < 2) return false;
    for (const [name, bed] of this.beds) {
      this.empty(bed);
      return this.beds.delete(name);
    }
    return false;
  }
}
