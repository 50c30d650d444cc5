import type { Random } from "../../kit/random.ts";
import { encodeAnnotations } from "../../data/wfdb/annotations.ts";

export const HEADER =
  "b1 2 360/1.5(10) 2000 12:00:00 01/02/1990\nb1.dat 16+24 200.5(-12)/uV 16 0 0 0 0 ECG II # noisy\nb1.dat 16+24 0 12 0 0 0 0 V1\n# 69 M\n";

/** What breaks readers: numbers at the ends of ranges, names that mean something, other fields' signs. */
const PIECES =
  "0 -1 1 2 16 212 80 1e999 1e-999 Infinity NaN 1e15 2147483648 99999999999999999999 0x10 ~ / \\ .. ../../etc/passwd b1 b1/3 b1.dat 16x9 212:5 16+99999999 200/constructor 200(1e9)/mV /__proto__ ( ) # \n \r \0 \ufeff \u00b5V é".split(
    / (?=\S|\n|\r|\0)/,
  );

const below = (random: Random, count: number): number => Math.floor(random.uniform() * count);

/** A header that something happened to. */
export function mutatedHeader(random: Random): string {
  let text = HEADER;
  for (let changes = 1 + below(random, 4); changes > 0; changes--) {
    const from = below(random, text.length + 1);
    const to = Math.min(text.length, from + below(random, 12));
    const piece = PIECES[below(random, PIECES.length)].repeat(random.uniform() < 0.02 ? 500 : 1);
    // A field of its own, or in the midst of one.
    text = text.slice(0, from) + (random.uniform() < 0.5 ? ` ${piece} ` : piece) + text.slice(to);
  }
  return text;
}

/** Bytes that are nothing at all. */
export const noise = (random: Random, most: number): Uint8Array =>
  Uint8Array.from({ length: below(random, most) }, () => below(random, 256));

/** Bytes that something happened to. */
export function mutated(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (let changes = 1 + below(random, 6); changes > 0; changes--)
    copy[below(random, copy.length)] = below(random, 256);
  return random.uniform() < 0.3 ? copy.subarray(0, below(random, copy.length)) : copy;
}

const plain = { subtype: 1, channel: 2, number: 3 };
export const ANNOTATIONS = encodeAnnotations([
  { ...plain, sample: 0, symbol: '"', aux: "## time resolution: 500" },
  { ...plain, sample: 0, symbol: '"', aux: "## annotation type definitions" },
  { ...plain, sample: 0, symbol: '"', aux: "43 X a wave" },
  { ...plain, sample: 0, symbol: '"', aux: "## end of definitions" },
  { ...plain, sample: 20, symbol: "N", aux: "" },
  { ...plain, sample: 2000, symbol: "+", aux: "(AFIB" },
  { ...plain, sample: 2100, symbol: "V", aux: "" },
]);
