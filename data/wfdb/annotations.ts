import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { readRecordFile } from "./record.ts";
import { codeOf, symbolOf } from "./symbols.ts";

/** An annotation of a record (WFDB annot(5), MIT format). */
export interface WfdbAnnotation {
  readonly sample: number;
  /** e.g. N, V, + (rhythm), ~ (signal quality). */
  readonly symbol: string;
  readonly subtype: number;
  readonly channel: number;
  readonly number: number;
  /** e.g. a rhythm: (AFIB. Empty where there is none. */
  readonly aux: string;
}

const SKIP = 59;
const NUM = 60;
const SUB = 61;
const CHN = 62;
const AUX = 63;

/** Reads the annotations of record `name` in `folder`. Throws UNKNOWN_RECORD, BAD_RECORD. */
export async function readAnnotations(folder: string, name: string, extension = "atr"): Promise<WfdbAnnotation[]> {
  return decodeAnnotations(await readRecordFile(folder, name, extension), path.join(folder, `${name}.${extension}`));
}

/** Reads MIT-format annotation bytes; `place` names them in errors. Throws BAD_RECORD when they are cut off. */
export function decodeAnnotations(bytes: Uint8Array, place: string): WfdbAnnotation[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const need = (at: number, count: number): void => {
    if (at + count > bytes.length) {
      throw new BedsideError(
        "BAD_RECORD",
        `${place}: the annotations are cut off at byte ${bytes.length}; fetch it again`,
      );
    }
  };
  const annotations: WfdbAnnotation[] = [];
  let sample = 0;
  let channel = 0;
  let number = 0;
  for (let at = 0; ;) {
    need(at, 2);
    const word = view.getUint16(at, true);
    at += 2;
    if (word === 0) break;
    const code = word >> 10;
    const value = word & 0x3ff;
    const last = annotations.length - 1;
    switch (code) {
      case SKIP:
        need(at, 4);
        // PDP-11 order: the high 16 bits come first.
        sample += (view.getInt16(at, true) << 16) | view.getUint16(at + 2, true);
        at += 4;
        break;
      case NUM:
        number = signedByte(value);
        if (last >= 0) annotations[last] = { ...annotations[last], number };
        break;
      case SUB:
        if (last >= 0) annotations[last] = { ...annotations[last], subtype: signedByte(value) };
        break;
      case CHN:
        channel = value & 0xff;
        if (last >= 0) annotations[last] = { ...annotations[last], channel };
        break;
      case AUX: {
        need(at, value + (value & 1));
        const text = new TextDecoder("latin1").decode(bytes.subarray(at, at + value)).replace(/\0+$/, "");
        if (last >= 0) annotations[last] = { ...annotations[last], aux: text };
        at += value + (value & 1);
        break;
      }
      default:
        sample += value;
        annotations.push({ sample, symbol: symbolOf(code), subtype: 0, channel, number, aux: "" });
    }
  }
  return annotations;
}

/** MIT-format bytes of `annotations`, which must be in order of sample. Throws BAD_ARGUMENT. */
export function encodeAnnotations(annotations: readonly WfdbAnnotation[]): Uint8Array {
  const words: number[] = [];
  let sample = 0;
  let channel = 0;
  let number = 0;
  for (const annotation of annotations) {
    const step = annotation.sample - sample;
    if (step < 0) {
      throw new BedsideError(
        "BAD_ARGUMENT",
        `annotation ${annotation.symbol} at sample ${annotation.sample} is out of order`,
      );
    }
    if (step > 0x3ff) words.push(SKIP << 10, (step >>> 16) & 0xffff, step & 0xffff);
    words.push((codeOf(annotation.symbol) << 10) | (step > 0x3ff ? 0 : step));
    sample = annotation.sample;
    if (annotation.subtype !== 0) words.push((SUB << 10) | (annotation.subtype & 0xff));
    if (annotation.channel !== channel) words.push((CHN << 10) | (annotation.channel & 0xff));
    if (annotation.number !== number) words.push((NUM << 10) | (annotation.number & 0xff));
    channel = annotation.channel;
    number = annotation.number;
    if (annotation.aux !== "") {
      const text = Buffer.from(`${annotation.aux}\0`, "latin1").subarray(0, 255);
      words.push((AUX << 10) | text.length);
      for (let i = 0; i < text.length; i += 2) words.push(text[i] | ((text[i + 1] ?? 0) << 8));
    }
  }
  words.push(0);
  const bytes = new Uint8Array(2 * words.length);
  const view = new DataView(bytes.buffer);
  words.forEach((word, index) => view.setUint16(2 * index, word, true));
  return bytes;
}

const signedByte = (value: number): number => ((value & 0xff) << 24) >> 24;
