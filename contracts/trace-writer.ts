import type { Frame, FrameLead } from "./frame-shape.ts";
import { encodeFrame } from "./frame-writer.ts";

const NO_SAMPLES = new Int16Array(0);
/** A delta of Int16 samples takes so many bytes at the most. */
const DELTA_BYTES = 3;
const encoder = new TextEncoder();

/** The field `head` of a Trace (contracts/trace.proto): the frame without its samples, its sequence and its place. */
export function encodeTraceHead(frame: Frame): Uint8Array {
  const leads = frame.leads.map(({ name, gainAduPerMv, baselineAdu, unit }) => {
    return { name, gainAduPerMv, baselineAdu, unit, samples: NO_SAMPLES };
  });
  const bytes = encodeFrame({ ...frame, sequence: 0, firstSample: 0, producedAtMs: 0, last: false, leads });
  const field = new Uint8Array(bytes.length + 6);
  const at = putBytes(field, 0, 1, bytes);
  return field.subarray(0, at);
}

/** One lead of a Trace's `leads`. */
export function encodeTraceLead(place: number, { samples }: Pick<FrameLead, "samples">): Uint8Array {
  const deltas = new Uint8Array(DELTA_BYTES * samples.length);
  let length = 0;
  let before = 0;
  for (let i = 0; i < samples.length; i++) {
    const delta = samples[i] - before;
    before = samples[i];
    length = putVarint(deltas, length, ((delta << 1) ^ (delta >> 31)) >>> 0);
  }
  const message = new Uint8Array(length + 12);
  let at = putNumber(message, 0, 1, place);
  if (length > 0) at = putBytes(message, at, 2, deltas.subarray(0, length));
  const field = new Uint8Array(at + 6);
  return field.subarray(0, putBytes(field, 0, 8, message.subarray(0, at)));
}

/** A Trace of the frame: its head where that is told, and these of its encoded leads, whose length is `count` samples. */
export function encodeTrace(
  frame: Frame,
  count: number,
  { head, leads, again }: { head: Uint8Array | null; leads: readonly Uint8Array[]; again: boolean },
): Uint8Array {
  const bed = encoder.encode(frame.bed);
  const size = leads.reduce((sum, lead) => sum + lead.length, bed.length + (head?.length ?? 0) + 48);
  const bytes = new Uint8Array(size);
  let at = putBytes(bytes, 0, 11, bed);
  if (head) {
    bytes.set(head, at);
    at += head.length;
  }
  at = putNumber(bytes, at, 2, frame.sequence);
  at = putNumber(bytes, at, 3, frame.firstSample);
  at = putNumber(bytes, at, 4, Math.round(frame.producedAtMs));
  at = putNumber(bytes, at, 5, count);
  at = putNumber(bytes, at, 6, frame.last ? 1 : 0);
  at = putNumber(bytes, at, 7, again ? 1 : 0);
  for (const lead of leads) {
    bytes.set(lead, at);
    at += lead.length;
  }
  return bytes.subarray(0, at);
}

/** Each gives the place behind what it wrote. A zero is not written, as proto3 has it. */
function putNumber(to: Uint8Array, at: number, field: number, value: number): number {
  if (value === 0) return at;
  to[at] = field * 8;
  return putVarint(to, at + 1, value);
}

function putBytes(to: Uint8Array, at: number, field: number, bytes: Uint8Array): number {
  to[at] = field * 8 + 2;
  const behind = putVarint(to, at + 1, bytes.length);
  to.set(bytes, behind);
  return behind + bytes.length;
}

function putVarint(to: Uint8Array, at: number, value: number): number {
  let rest = value;
  while (rest >= 128) {
    to[at++] = (rest % 128) | 0x80;
    rest = Math.floor(rest / 128);
  }
  to[at++] = rest;
  return at;
}
