import { checkFrame, type Frame, type FrameLead } from "./frame-shape.ts";

const encoder = new TextEncoder();
const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The frame's Protobuf bytes (contracts/frame.proto), fields in order, defaults left out. Throws BAD_FRAME. */
export function encodeFrame(frame: Frame): Uint8Array<ArrayBuffer> {
  checkFrame(frame);
  const { leads } = frame;
  let size = 0;
  size += textSize(frame.bed) + textSize(frame.epoch) + textSize(frame.source);
  size += doubleSize(frame.epochStartMs) + doubleSize(frame.producedAtMs) + doubleSize(frame.samplingRateHz);
  size += numberSize(frame.sequence) + numberSize(frame.firstSample) + (frame.last ? 2 : 0);
  for (let i = 0; i < leads.length; i++) {
    const inner = leadSize(leads[i]);
    size += 1 + varintSize(inner) + inner;
  }

  const to = new Writer(size);
  to.text(1, frame.bed);
  to.text(2, frame.epoch);
  to.double(3, frame.epochStartMs);
  to.number(4, frame.sequence);
  to.number(5, frame.firstSample);
  to.double(6, frame.producedAtMs);
  to.double(7, frame.samplingRateHz);
  for (let i = 0; i < leads.length; i++) writeLead(to, leads[i]);
  if (frame.last) to.number(9, 1);
  to.text(10, frame.source);
  return to.bytes;
}

function writeLead(to: Writer, lead: FrameLead): void {
  to.open(8, leadSize(lead));
  to.text(1, lead.name);
  to.double(2, lead.gainAduPerMv);
  to.int32(3, lead.baselineAdu);
  to.text(4, lead.unit);
  to.samples(5, lead.samples);
}

function leadSize(lead: FrameLead): number {
  const { byteLength } = lead.samples;
  return (
    textSize(lead.name) +
    doubleSize(lead.gainAduPerMv) +
    int32Size(lead.baselineAdu) +
    textSize(lead.unit) +
    (byteLength > 0 ? 1 + varintSize(byteLength) + byteLength : 0)
  );
}

/** All fields have numbers below 16: a tag is one byte. Zero, empty and false are not written, as proto3 has it. */
class Writer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly view: DataView;
  private at = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Begins a field of `length` bytes. */
  open(field: number, length: number): void {
    this.bytes[this.at++] = field * 8 + 2;
    this.varint(length);
  }

  text(field: number, text: string): void {
    if (text === "") return;
    const length = utf8Length(text);
    this.open(field, length);
    if (length === text.length) for (let i = 0; i < length; i++) this.bytes[this.at + i] = text.charCodeAt(i);
    else encoder.encodeInto(text, this.bytes.subarray(this.at));
    this.at += length;
  }

  double(field: number, value: number): void {
    if (value === 0) return;
    this.bytes[this.at++] = field * 8 + 1;
    this.view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** A whole number from 0 to 2^53 − 1. */
  number(field: number, value: number): void {
    if (value === 0) return;
    this.bytes[this.at++] = field * 8;
    this.varint(value);
  }

  /** Negative ones take ten bytes: 64 bits of two's complement. */
  int32(field: number, value: number): void {
    if (value === 0) return;
    this.bytes[this.at++] = field * 8;
    if (value > 0) {
      this.varint(value);
      return;
    }
    for (let i = 0; i < 4; i++) this.bytes[this.at++] = ((value >> (7 * i)) & 0x7f) | 0x80;
    this.bytes[this.at++] = ((value >> 28) & 0x7f) | 0x80;
    for (let i = 0; i < 4; i++) this.bytes[this.at++] = 0xff;
    this.bytes[this.at++] = 1;
  }

  samples(field: number, samples: Int16Array): void {
    if (samples.length === 0) return;
    this.open(field, samples.byteLength);
    if (IS_LITTLE_ENDIAN) {
      this.bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), this.at);
    } else {
      for (let i = 0; i < samples.length; i++) this.view.setInt16(this.at + 2 * i, samples[i], true);
    }
    this.at += samples.byteLength;
  }

  private varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.at++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.at++] = rest;
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 128; rest /= 128) size++;
  return size;
}

const numberSize = (value: number): number => (value === 0 ? 0 : 1 + varintSize(value));
const int32Size = (value: number): number => (value < 0 ? 11 : numberSize(value));
const doubleSize = (value: number): number => (value === 0 ? 0 : 9);

function textSize(text: string): number {
  if (text === "") return 0;
  const length = utf8Length(text);
  return 1 + varintSize(length) + length;
}

/** Of the text in UTF-8; a lone surrogate counts as U+FFFD, which is what it is encoded as. */
function utf8Length(text: string): number {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return encoder.encode(text).length;
  return text.length;
}
