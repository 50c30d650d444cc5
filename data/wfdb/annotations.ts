import path from "node:path";
import { BedsideError } from "../../contracts/errors.ts";
import { writeWhole } from "../../kit/atomic-write.ts";
import { AUX, CHN, LARGEST_STEP, NUM, SKIP, SUB, type WfdbAnnotation } from "./annotation.ts";
import { checkName } from "./record.ts";
import { codeOf } from "./symbols.ts";

export type { WfdbAnnotation } from "./annotation.ts";
export { annotationsOf, readAnnotations } from "./read-annotations.ts";
export { decodeAnnotations } from "./decode-annotations.ts";

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
