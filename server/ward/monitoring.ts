import { CONDITION_KINDS, type ConditionKind } from "../../contracts/condition.ts";
import type { Unmonitored } from "../../contracts/socket.ts";

/** A worker's dead letter of a bed. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** Offset, in the bed's partition, of the frame that was refused; null where it is not told. */
  readonly offset: number | null;
}

/** Frames without a longer pause go on. */
const PAUSE_MS = 5000;
/** A frame of which a dead letter has not come within this time was taken, if there is a worker. */
const TAKEN_MS = 5000;
/** Refusals for so long, of a bed that sends frames: longer than one alone can look like many. */
const REFUSED_MS = 6000;
/** After so long nothing is made of a refusal any more. */
const FORGOTTEN_MS = 5 * 60_000;
/**
 * Frames for so long without a word of a worker. One that joins midway says nothing for 12 s, a beat is told up to 2 s behind its R
 * peak, and asystole is known after 4 s.
 */
const UNHEARD_MS = 20_000;
/** A worker says that there are no data after 4 s. */
const SILENT_MS = 10_000;
/** Frames of which it is not known whether they were taken, at the most. */
const MAX_UNKNOWN = 256;

const MAX_CODE = 64;
const MAX_MESSAGE = 240;

/**
 * While one of these holds, or one that this version does not know, a worker that hears the frames may have nothing to tell. `no-data`
 * is none of them: it ends with the first that is heard.
 */
const WITHOUT_WORDS: ReadonlySet<string> = new Set<ConditionKind>(["asystole", "lead-off", "noisy-signal"]);
const explainsQuiet = (kind: string): boolean => WITHOUT_WORDS.has(kind) || !Object.hasOwn(CONDITION_KINDS, kind);

interface Refused {
  readonly sinceMs: number;
  readonly atMs: number;
  readonly code: string;
  readonly message: string;
  readonly count: number;
}

/**
 * Whether anybody watches a bed, as far as its frames, what workers say of it and their dead letters tell. All times are of arrival
 * at the gateway, Unix ms. It costs a frame nothing while none is refused.
 */
export class Monitoring {
  /** Since when frames have come without a pause. */
  private runSinceMs = 0;
  private lastFrameMs: number | null = null;
  /** The last frame said that it is the epoch's last. */
  private hasEnded = false;
  private lastSignMs = 0;
  private refused: Refused | null = null;
  /** The furthest offset that was refused. */
  private refusedTo = 0;
  /** Frames behind it. */
  private unknown: { readonly offset: number; readonly atMs: number }[] = [];

  frame(nowMs: number, offset: number, isLast: boolean): void {
    if (this.lastFrameMs === null || nowMs - this.lastFrameMs > PAUSE_MS) this.runSinceMs = nowMs;
    this.lastFrameMs = nowMs;
    this.hasEnded = isLast;
    // A dead letter may be here before its frame.
    if (!this.refused || offset <= this.refusedTo || this.unknown.length >= MAX_UNKNOWN) return;
    this.unknown.push({ offset, atMs: nowMs });
  }

  /** A worker has said something of the bed. */
  sign(nowMs: number): void {
    this.lastSignMs = nowMs;
    this.refused = null;
    this.refusedTo = 0;
    this.unknown = [];
  }

  refusal({ code, message, offset }: Refusal, nowMs: number): void {
    const upTo = offset ?? Number.POSITIVE_INFINITY;
    // Frames are taken in their order: one before this, of which no dead letter has come, was taken.
    const wasTaken = offset !== null && this.unknown.some((frame) => frame.offset < upTo);
    const before = wasTaken ? null : this.refused;
    this.unknown = this.unknown.filter((frame) => frame.offset > upTo);
    this.refusedTo = Math.max(this.refusedTo, offset ?? 0);
    this.refused = {
      sinceMs: before?.sinceMs ?? nowMs,
      atMs: nowMs,
      code: code.slice(0, MAX_CODE),
      message: message.slice(0, MAX_MESSAGE),
      count: (before?.count ?? 0) + 1,
    };
  }

  /** Why nobody watches the bed at this moment, null where somebody does or it is under no observation. `open`: kinds of its open conditions that concern the lead that is heard. */
  fault(nowMs: number, open: Iterable<string>): Unmonitored | null {
    return this.refusedAt(nowMs) ?? this.unheardAt(nowMs, [...open]);
  }

  private refusedAt(nowMs: number): Unmonitored | null {
    const { refused, unknown, lastFrameMs } = this;
    if (!refused || nowMs - refused.atMs >= FORGOTTEN_MS) return null;
    if (unknown.length > 0 && nowMs - unknown[0].atMs >= TAKEN_MS) return null;
    if (lastFrameMs !== null && nowMs - refused.sinceMs < REFUSED_MS) return null;
    const { sinceMs, code, message, count } = refused;
    return { reason: "refused", sinceMs, code, message, count };
  }

  private unheardAt(nowMs: number, open: readonly string[]): Unmonitored | null {
    const { lastFrameMs, hasEnded } = this;
    if (lastFrameMs === null) return null;
    const nobody = { code: null, count: 0 };
    const silentMs = nowMs - lastFrameMs;
    if (silentMs < PAUSE_MS) {
      const sinceMs = Math.max(this.runSinceMs, this.lastSignMs);
      if (lastFrameMs - sinceMs < UNHEARD_MS || open.some(explainsQuiet)) return null;
      return { reason: "no-worker", sinceMs, message: "frames come, and no worker says anything of them", ...nobody };
    }
    if (hasEnded || silentMs < SILENT_MS || open.includes("no-data" satisfies ConditionKind)) return null;
    return { reason: "no-frames", sinceMs: lastFrameMs, message: "no frames come, and no worker says so", ...nobody };
  }
}
