import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { checkName, readRecordFile } from "./record.ts";
import { codeOf, symbolOf } from "./symbols.ts";

/** An annotation of a record (WFDB annot(5), MIT format). */
export interface WfdbAnnotation {
  /** Index from 0, below 2³¹. */
  readonly sample: number;
  /** e.g. N, V, + (rhythm), ~ (signal quality). */
  readonly symbol: string;
  /** -128 to 127. */
  readonly subtype: number;
  /** 0 to 255: the signal it belongs to. */
  readonly channel: number;
  /** -128 to 127. */
  readonly number: number;
  /** e.g. a rhythm: (AFIB. At most 255 Latin-1 characters, empty where there is none. */
  readonly aux: string;
}

/** Codes above those of symbols change the annotation before, or the time of the one behind. */
const SKIP = 59;
const NUM = 60;
const SUB = 61;
const CHN = 62;
const AUX = 63;
const LARGEST_STEP = 0x3ff;

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
    const value = word & LARGEST_STEP;
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
        const text = Buffer.from(bytes.subarray(at, at + value))
          .toString("latin1")
          .replace(/\0+$/, "");
        if (last >= 0) annotations[last] = { ...annotations[last], aux: text };
        at += value + (value & 1);
        break;
      }
      default:
        sample += value;
        if (sample < 0) throw new BedsideError("BAD_RECORD", `${place}: an annotation lies before the record's begin`);
        annotations.push({ sample, symbol: symbolOf(code), subtype: 0, channel, number, aux: "" });
    }
  }
  return annotations;
}

/** Writes `annotations`, in order of sample, as `folder`/`name`.`extension`; whole or not at all. Throws as below. */
export async function writeAnnotations(
  folder: string,
  name: string,
  extension: string,
  annotations: readonly WfdbAnnotation[],
): Promise<void> {
  checkName(name);
  const bytes = encodeAnnotations(annotations);
  await writeWhole(path.join(folder, `${name}.${extension}`), bytes);
}

/** MIT-format bytes of `annotations`, in order of sample. Throws BAD_ARGUMENT where a value has no place in the format. */
export function encodeAnnotations(annotations: readonly WfdbAnnotation[]): Uint8Array {
  const words: number[] = [];
  let sample = 0;
  let channel = 0;
  let number = 0;
  for (const annotation of annotations) {
    checkAnnotation(annotation, sample);
    const step = annotation.sample - sample;
    const skips = step > LARGEST_STEP;
    if (skips) words.push(SKIP << 10, step >>> 16, step & 0xffff);
    words.push((codeOf(annotation.symbol) << 10) | (skips ? 0 : step));
    sample = annotation.sample;
    if (annotation.number !== number) words.push((NUM << 10) | (annotation.number & 0xff));
    if (annotation.subtype !== 0) words.push((SUB << 10) | (annotation.subtype & 0xff));
    if (annotation.channel !== channel) words.push((CHN << 10) | annotation.channel);
    channel = annotation.channel;
    number = annotation.number;
    if (annotation.aux !== "") {
      const text = Buffer.from(annotation.aux, "latin1");
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

function checkAnnotation({ sample, symbol, subtype, channel, number, aux }: WfdbAnnotation, after: number): void {
  const check = (ok: boolean, what: string): void => {
    if (!ok) throw new BedsideError("BAD_ARGUMENT", `annotation ${symbol} at sample ${sample}: ${what}`);
  };
  const whole = (value: number, min: number, max: number): boolean =>
    Number.isInteger(value) && value >= min && value <= max;
  check(whole(sample, 0, 2 ** 31 - 1), "its sample must be a whole number from 0");
  check(sample >= after, `stands behind one at ${after}: order them by sample`);
  check(whole(subtype, -128, 127), `its subtype ${subtype} must be -128 to 127`);
  check(whole(channel, 0, 255), `its channel ${channel} must be 0 to 255`);
  check(whole(number, -128, 127), `its number ${number} must be -128 to 127`);
  check(aux.length <= 255, `its text has ${aux.length} characters, must be at most 255`);
  check(
    [...aux].every((letter) => letter > "\0" && letter <= "\xff"),
    "its text must be Latin-1",
  );
}

const signedByte = (value: number): number => ((value & 0xff) << 24) >> 24;
