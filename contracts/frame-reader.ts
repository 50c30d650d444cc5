import { BedsideError } from "./errors.ts";
import { checkFrame, EncodedLead, type Frame, FRAME_LIMITS } from "./frame-shape.ts";
import { BYTES, FIXED64, tagOf, VARINT, WireReader } from "./wire-reader.ts";
import { quoted } from "./words.ts";

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

/** A cursor over the bytes of one frame. */
class Reader extends WireReader {
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
}
