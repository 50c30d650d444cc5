import { BedsideError } from "../../contracts/errors.ts";
import { AUX, CHN, LARGEST_STEP, NUM, SKIP, SUB, type WfdbAnnotation } from "./annotation.ts";
import { symbolOf } from "./symbols.ts";

const NOTHING = symbolOf(0);

/**
 * Reads MIT-format annotation bytes, in order of sample; `place` names them in errors. The closing word may be missing. Throws
 * BAD_RECORD when they end within an annotation, or one lies before the record's begin.
 */
export function decodeAnnotations(bytes: Uint8Array, place: string): WfdbAnnotation[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const need = (at: number, count: number): void => {
    if (at + count <= bytes.length) return;
    throw new BedsideError(
      "BAD_RECORD",
      `${place}: the annotations are cut off at byte ${bytes.length}; fetch it again`,
    );
  };
  const annotations: WfdbAnnotation[] = [];
  let sample = 0;
  let channel = 0;
  let number = 0;
  let isOrdered = true;
  let isSkipped = false;
  let at = 0;
  while (at < bytes.length) {
    need(at, 2);
    const word = view.getUint16(at, true);
    at += 2;
    if (word === 0) break;
    const code = word >> 10;
    const value = word & LARGEST_STEP;
    const last = annotations.length - 1;
    isSkipped = code === SKIP;
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
        // The WFDB library, too, looks at the low byte alone.
        const length = value & 0xff;
        need(at, length + (length & 1));
        const text = Buffer.from(bytes.subarray(at, at + length))
          .toString("latin1")
          .replace(/\0+$/, "");
        if (last >= 0) annotations[last] = { ...annotations[last], aux: text };
        at += length + (length & 1);
        break;
      }
      default:
        sample += value;
        if (sample < 0) throw new BedsideError("BAD_RECORD", `${place}: an annotation lies before the record's begin`);
        if (last >= 0 && sample < annotations[last].sample) isOrdered = false;
        annotations.push({ sample, symbol: symbolOf(code), subtype: 0, channel, number, aux: "" });
    }
  }
  if (isSkipped) need(bytes.length, 1);
  // Code 0 annotates nothing: wfdb-python writes one behind what it says of the file.
  const real = annotations.filter(({ symbol }) => symbol !== NOTHING);
  return isOrdered ? real : real.toSorted((a, b) => a.sample - b.sample);
}

const signedByte = (value: number): number => ((value & 0xff) << 24) >> 24;
