import { decodeFrame, encodeFrame, type Frame, frameEnd } from "../../../contracts/frame.ts";
import type { StateReader, StateWriter } from "../../../signal/state.ts";
import { MAX_WAITING_SECONDS } from "./continuity.ts";
import { loadProvenance, type Provenance, saveProvenance } from "./provenance.ts";

/** An epoch's start, as its frames tell it, may wander by so much from one frame to the next. */
const SAME_START_MS = 1000;

/** A frame that does not fit what is under way: believed when another one continues it. */
export interface HeldFrame {
  readonly frame: Frame;
  readonly provenance: Provenance;
}

/** Keeps the frame alone: not the request in which it came, nor fields that nobody knows. Throws BAD_FRAME where it is none. */
export const holdFrame = (frame: Frame, provenance: Provenance): HeldFrame => ({
  frame: decodeFrame(encodeFrame(frame)),
  provenance,
});

export function saveHeld({ frame, provenance }: HeldFrame, to: StateWriter): void {
  to.octets(encodeFrame(frame));
  saveProvenance(provenance, to);
}

export const loadHeld = (from: StateReader, partition: number): HeldFrame => ({
  frame: decodeFrame(from.octets()),
  provenance: loadProvenance(from, partition),
});

/** What tells one recording of a bed from another, as its frames say it. */
export interface Recording {
  readonly epoch: string;
  readonly epochStartMs: number;
  readonly samplingRateHz: number;
}

/** What a producer sends that was started twice under one name began at two times. */
export const isSameStart = (aMs: number, bMs: number): boolean => Math.abs(aMs - bMs) <= SAME_START_MS;

export const isSameRecording = (a: Recording, b: Recording): boolean =>
  a.epoch === b.epoch && a.samplingRateHz === b.samplingRateHz && isSameStart(a.epochStartMs, b.epochStartMs);

/** Two frames that speak for one another: of one recording, one a little behind the other's end. */
export function areNeighbours(a: Frame, b: Frame): boolean {
  if (!isSameRecording(a, b)) return false;
  const apart = a.firstSample < b.firstSample ? b.firstSample - frameEnd(a) : a.firstSample - frameEnd(b);
  return a.firstSample !== b.firstSample && apart >= 0 && apart <= MAX_WAITING_SECONDS * a.samplingRateHz;
}

/** The same frame twice. */
export const isSameFrame = (a: Frame, b: Frame): boolean =>
  isSameRecording(a, b) && a.firstSample === b.firstSample && frameEnd(a) === frameEnd(b);
