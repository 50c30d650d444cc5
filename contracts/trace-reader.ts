import { BedsideError } from "./errors.ts";
import { decodeFrame } from "./frame-reader.ts";
import { type Frame, FRAME_LIMITS, type FrameLead, sampleCount } from "./frame-shape.ts";
import { BYTES, tagOf, VARINT, WireReader } from "./wire-reader.ts";

/** A frame of which some leads were left out: their `samples` are empty. */
export interface Trace extends Frame {
  /** Samples of each lead, of those that were left out, too. */
  readonly count: number;
  /** Of a time before its leads were asked for. */
  readonly again: boolean;
}

/** Samples of each lead of a frame, or of a trace of one. */
export const spanOf = (frame: Frame | Trace): number => ("count" in frame ? frame.count : sampleCount(frame));

/** Whether bytes from the socket are a Trace; else they are a frame. */
export const isTrace = (bytes: Uint8Array): boolean => bytes[0] === tagOf(11, BYTES);

/** Heads of so many beds are kept. */
const KEPT_HEADS = 4096;

/** Reads the traces of one connection (contracts/trace.proto), which keeps each bed's last head. */
export class TraceReader {
  private readonly heads = new Map<string, Frame>();

  /** Throws BAD_FRAME where the bytes are no Trace, or one of a bed whose head has not come. */
  read(bytes: Uint8Array): Trace {
    const message = new Reader(bytes).trace();
    if (!message) throw new BedsideError("BAD_FRAME", `not a Protobuf trace (${bytes.length} bytes)`);
    const { bed, head: headBytes, pieces, ...said } = message;
    const head = headBytes ? decodeFrame(headBytes) : this.heads.get(bed);
    if (head?.bed !== bed) throw new BedsideError("BAD_FRAME", "a trace came before the head that it needs");
    if (headBytes) {
      if (this.heads.size >= KEPT_HEADS) this.heads.clear();
      this.heads.set(bed, head);
    }
    const { count, firstSample } = said;
    if (count > FRAME_LIMITS.maxSamples || !Number.isSafeInteger(firstSample + count)) {
      throw new BedsideError("BAD_FRAME", `a trace of bed ${bed} has ${count} samples from ${firstSample} on`);
    }
    const leads: FrameLead[] = head.leads.map(({ name, gainAduPerMv, baselineAdu, unit }) => {
      return { name, gainAduPerMv, baselineAdu, unit, samples: NO_SAMPLES };
    });
    for (const { lead, samples } of pieces) {
      if (lead < leads.length && samples.length === count) leads[lead] = { ...leads[lead], samples };
      else throw new BedsideError("BAD_FRAME", `lead ${lead} of a trace of bed ${bed} has ${samples.length} samples`);
    }
    return { ...head, ...said, leads };
  }
}

const NO_SAMPLES = new Int16Array(0);

interface Piece {
  lead: number;
  samples: Int16Array;
}

class Reader extends WireReader {
  /** Null where the bytes are no message. */
  trace() {
    const trace = {
      bed: "",
      head: null as Uint8Array | null,
      sequence: 0,
      firstSample: 0,
      producedAtMs: 0,
      count: 0,
      last: false,
      again: false,
      pieces: [] as Piece[],
    };
    while (this.at < this.bytes.length && !this.broken) {
      switch (this.tag()) {
        case tagOf(11, BYTES):
          trace.bed = this.text();
          break;
        case tagOf(1, BYTES):
          trace.head = this.part();
          break;
        case tagOf(2, VARINT):
          trace.sequence = this.low32() >>> 0;
          break;
        case tagOf(3, VARINT):
          trace.firstSample = this.varint();
          break;
        case tagOf(4, VARINT):
          trace.producedAtMs = this.varint();
          break;
        case tagOf(5, VARINT):
          trace.count = this.varint();
          break;
        case tagOf(6, VARINT):
          trace.last = this.varint() !== 0;
          break;
        case tagOf(7, VARINT):
          trace.again = this.varint() !== 0;
          break;
        case tagOf(8, BYTES):
          trace.pieces.push(this.piece());
          if (trace.pieces.length > FRAME_LIMITS.maxLeads) return null;
          break;
        default:
          this.skip(11);
      }
    }
    return this.broken ? null : trace;
  }

  private piece(): Piece {
    const piece: Piece = { lead: 0, samples: NO_SAMPLES };
    const end = this.end();
    while (this.at < end && !this.broken) {
      switch (this.tag()) {
        case tagOf(1, VARINT):
          piece.lead = this.varint();
          break;
        case tagOf(2, BYTES):
          piece.samples = this.deltas();
          break;
        default:
          this.skip(2);
      }
    }
    if (this.at !== end) this.broken = true;
    return piece;
  }

  /** Packed sint32: each ends with a byte below 128. */
  private deltas(): Int16Array {
    const end = this.end();
    let count = 0;
    for (let at = this.at; at < end; at++) if (this.bytes[at] < 0x80) count++;
    const samples = new Int16Array(count);
    let value = 0;
    for (let i = 0; i < count; i++) {
      const zigzag = this.low32();
      value += (zigzag >>> 1) ^ -(zigzag & 1);
      if (value > 0x7fff || value < -0x8000) this.broken = true;
      samples[i] = value;
    }
    if (this.at !== end) this.broken = true;
    return samples;
  }

  private part(): Uint8Array {
    const end = this.end();
    const part = this.bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }
}
