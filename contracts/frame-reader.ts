import { BedsideError } from "./errors.ts";
import { checkFrame, EncodedLead, type Frame, FRAME_LIMITS } from "./frame-shape.ts";
import { textAt } from "./frame-text.ts";
import { quoted } from "./words.ts";

/** Wire types of the Protobuf encoding (Protocol Buffers documentation, "Encoding"). */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const MAX_FIELD = 2 ** 29 - 1;
/**
 * Bytes of a text that are read. A character (UTF-16 code unit) takes three at most, and the longest text that is taken has 64: one
 * that is cut here is too long all the same, and nothing is made of the rest.
 */
const TEXT_BYTES = 3 * (FRAME_LIMITS.maxNameLength + 1);

/** The mutable frame that the reader fills. */
type Filled = { -readonly [K in keyof Frame]: Frame[K] } & { leads: EncodedLead[] };

/**
 * Reads a frame's bytes (contracts/frame.proto), header and leads' descriptions at once, samples when asked for; the bytes must not
 * change meanwhile. Unknown fields are passed over. Throws BAD_FRAME when they are no frame or not one the pipeline can take.
 */
export function decodeFrame(bytes: Uint8Array): Frame {
  if (bytes.length > FRAME_LIMITS.maxBytes) {
    throw new BedsideError(
      "BAD_FRAME",
      `a frame has ${bytes.length} bytes, at most ${FRAME_LIMITS.maxBytes} are taken`,
    );
  }
  const frame = new Reader(bytes).frame();
  if (!frame) throw new BedsideError("BAD_FRAME", `not a Protobuf frame (${bytes.length} bytes)`);
  for (const { name, byteLength } of frame.leads) {
    if (byteLength % 2 === 0) continue;
    throw new BedsideError(
      "BAD_FRAME",
      `lead ${quoted(name)} has ${byteLength} bytes, Int16 samples need an even number`,
    );
  }
  checkFrame(frame);
  return frame;
}

/** A cursor over the bytes of one message. What is malformed sets `broken`: no exception is made on the hot path. */
class Reader {
  private at = 0;
  private broken = false;

  constructor(private readonly bytes: Uint8Array) {}

  /** Null where the bytes are no message. */
  frame(): Filled | null {
    const frame: Filled = {
      bed: "",
      epoch: "",
      epochStartMs: 0,
      sequence: 0,
      firstSample: 0,
      producedAtMs: 0,
      samplingRateHz: 0,
      leads: [],
      last: false,
      source: "",
    };
    const end = this.bytes.length;
    while (this.at < end && !this.broken) {
      switch (this.tag()) {
        case tagOf(1, BYTES):
          frame.bed = this.text();
          break;
        case tagOf(2, BYTES):
          frame.epoch = this.text();
          break;
        case tagOf(3, FIXED64):
          frame.epochStartMs = this.double();
          break;
        case tagOf(4, VARINT):
          frame.sequence = this.low32() >>> 0;
          break;
        case tagOf(5, VARINT):
          frame.firstSample = this.varint();
          break;
        case tagOf(6, FIXED64):
          frame.producedAtMs = this.double();
          break;
        case tagOf(7, FIXED64):
          frame.samplingRateHz = this.double();
          break;
        case tagOf(8, BYTES):
          frame.leads.push(this.lead());
          if (frame.leads.length > FRAME_LIMITS.maxLeads) return frame;
          break;
        case tagOf(9, VARINT):
          frame.last = this.varint() !== 0;
          break;
        case tagOf(10, BYTES):
          frame.source = this.text();
          break;
        default:
          this.skip(10);
      }
    }
    return this.broken ? null : frame;
  }

  private lead(): EncodedLead {
    const lead = new EncodedLead(this.bytes);
    const end = this.end();
    while (this.at < end && !this.broken) {
      switch (this.tag()) {
        case tagOf(1, BYTES):
          lead.name = this.text();
          break;
        case tagOf(2, FIXED64):
          lead.gainAduPerMv = this.double();
          break;
        case tagOf(3, VARINT):
          lead.baselineAdu = this.low32();
          break;
        case tagOf(4, BYTES):
          lead.unit = this.text();
          break;
        case tagOf(5, BYTES):
          lead.byteLength = this.length();
          lead.byteOffset = this.at;
          this.at += lead.byteLength;
          break;
        default:
          this.skip(5);
      }
    }
    if (this.at !== end) this.broken = true;
    return lead;
  }

  private lastTag = 0;

  private tag(): number {
    return (this.lastTag = this.varint());
  }

  /** Passes over a field that is unknown: one of a number up to `known` has come with another type than it has. */
  private skip(known: number): void {
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
  private varint(): number {
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
  private low32(): number {
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

  private double(): number {
    const from = this.at;
    this.pass(8);
    if (this.broken) return 0;
    for (let i = 0; i < 8; i++) eightBytes[i] = this.bytes[from + i];
    return eightBytesView.getFloat64(0, true);
  }

  private text(): string {
    const length = this.length();
    const from = this.at;
    this.at += length;
    return textAt(this.bytes, from, Math.min(length, TEXT_BYTES));
  }

  /** Of what follows; 0 where it does not lie in the bytes. */
  private length(): number {
    const length = this.varint();
    if (length <= this.bytes.length - this.at) return length;
    this.broken = true;
    return 0;
  }

  private end(): number {
    const length = this.length();
    return this.at + length;
  }

  private pass(count: number): void {
    if (count > this.bytes.length - this.at) this.broken = true;
    else this.at += count;
  }
}

/** Cheaper than a view of each message. */
const eightBytes = new Uint8Array(8);
const eightBytesView = new DataView(eightBytes.buffer);

const tagOf = (field: number, wireType: number): number => field * 8 + wireType;
