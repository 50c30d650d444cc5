import { FRAME_LIMITS } from "./frame-shape.ts";
import { textAt } from "./frame-text.ts";

/** Wire types of the Protobuf encoding (Protocol Buffers documentation, "Encoding"). */
export const VARINT = 0;
export const FIXED64 = 1;
export const BYTES = 2;
const FIXED32 = 5;
const MAX_FIELD = 2 ** 29 - 1;
/**
 * Bytes of a text that are read. A character (UTF-16 code unit) takes three at most, and the longest text that is taken has 64: one
 * that is cut here is too long all the same, and nothing is made of the rest.
 */
const TEXT_BYTES = 3 * (FRAME_LIMITS.maxNameLength + 1);

/** A cursor over the bytes of one Protobuf message. What is malformed sets `broken`: no exception is made on the hot path. */
export class WireReader {
  protected at = 0;
  protected broken = false;

  constructor(protected readonly bytes: Uint8Array) {}

  private lastTag = 0;

  protected tag(): number {
    return (this.lastTag = this.varint());
  }

  /** Passes over a field that is unknown: one of a number up to `known` has come with another type than it has. */
  protected skip(known: number): void {
    const field = Math.floor(this.lastTag / 8);
    const wireType = this.lastTag % 8;
    if (field <= known || field > MAX_FIELD) this.broken = true;
    else if (wireType === VARINT) this.varint();
    else if (wireType === FIXED64) this.pass(8);
    else if (wireType === BYTES) this.at = this.end();
    else if (wireType === FIXED32) this.pass(4);
    else this.broken = true;
  }

  /** 0 to 2^64 − 1; beyond 2^53 the nearest double. */
  protected varint(): number {
    const { bytes } = this;
    let value = 0;
    let scale = 1;
    for (let i = 0; i < 10; i++) {
      if (this.at >= bytes.length) break;
      const byte = bytes[this.at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
    this.broken = true;
    return 0;
  }

  /** The low 32 bits of a varint, as a signed number: those of an int32 or a uint32. */
  protected low32(): number {
    const { bytes } = this;
    let bits = 0;
    for (let i = 0; i < 10; i++) {
      if (this.at >= bytes.length) break;
      const byte = bytes[this.at++];
      if (i < 5) bits |= (byte & 0x7f) << (7 * i);
      if (byte < 0x80) return bits;
    }
    this.broken = true;
    return 0;
  }

  protected double(): number {
    const from = this.at;
    this.pass(8);
    if (this.broken) return 0;
    for (let i = 0; i < 8; i++) eightBytes[i] = this.bytes[from + i];
    return eightBytesView.getFloat64(0, true);
  }

  protected text(): string {
    const length = this.length();
    const from = this.at;
    this.at += length;
    return textAt(this.bytes, from, Math.min(length, TEXT_BYTES));
  }

  /** Of what follows; 0 where it does not lie in the bytes. */
  protected length(): number {
    const length = this.varint();
    if (length <= this.bytes.length - this.at) return length;
    this.broken = true;
    return 0;
  }

  protected end(): number {
    const length = this.length();
    return this.at + length;
  }

  protected pass(count: number): void {
    if (count > this.bytes.length - this.at) this.broken = true;
    else this.at += count;
  }
}

/** Cheaper than a view of each message. */
const eightBytes = new Uint8Array(8);
const eightBytesView = new DataView(eightBytes.buffer);

export const tagOf = (field: number, wireType: number): number => field * 8 + wireType;
