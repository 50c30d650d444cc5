export type Elements = Float64Array | Float32Array | Int32Array | Uint8Array;

/** How the values of an array may lie in a snapshot, which names the kind by its place here. */
export const ELEMENTS = [Float64Array, Float32Array, Int32Array, Uint8Array] as const;

const FIRST_BYTES = 1 << 13;
/** Of fewer values nothing is gained. */
const LEAST_PARTED = 16;

/** Which of ELEMENTS are the narrowest that hold the values to the bit. */
export function narrowest(values: ArrayLike<number>): number {
  const kind = values instanceof Float64Array ? -1 : ELEMENTS.findIndex((elements) => values instanceof elements);
  if (kind >= 0) return kind;
  if (areIntegers(values)) return ELEMENTS.indexOf(Int32Array);
  return ELEMENTS.indexOf(areSingle(values) ? Float32Array : Float64Array);
}

function areIntegers(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Object.is(values[i] | 0, values[i])) return false;
  return true;
}

function areSingle(values: ArrayLike<number>): boolean {
  for (let i = 0; i < values.length; i++) if (!Object.is(Math.fround(values[i]), values[i])) return false;
  return true;
}

/** Elements on their way in or out, where they are aligned as a snapshot's are not. */
let room = new ArrayBuffer(FIRST_BYTES);

/** Elements of that kind, with nothing meant by their values: the next call takes them away again. */
export function elementsOf(kind: number, length: number): Elements {
  const Kind = ELEMENTS[kind];
  const bytes = length * Kind.BYTES_PER_ELEMENT;
  if (bytes > room.byteLength) room = new ArrayBuffer(2 * bytes);
  return new Kind(room, 0, length);
}

/** Whether so many elements of that kind are worth parting: their fractions pack as badly as noise, sign and exponent do not. */
export const isNoise = (kind: number, length = LEAST_PARTED): boolean =>
  length >= LEAST_PARTED && (ELEMENTS[kind] === Float64Array || ELEMENTS[kind] === Float32Array);

/** Parts what `elementsOf` gave: each value's highest byte into `tops`, its others into `rest`. */
export function part(elements: Elements, tops: Uint8Array, rest: Uint8Array): void {
  const isWide = elements instanceof Float64Array;
  const words = new Uint32Array(elements.buffer, 0, elements.byteLength / 4);
  for (let i = 0, word = 0, at = 0; i < elements.length; i++) {
    if (isWide) {
      const low = words[word++];
      rest[at++] = low;
      rest[at++] = low >>> 8;
      rest[at++] = low >>> 16;
      rest[at++] = low >>> 24;
    }
    const high = words[word++];
    rest[at++] = high;
    rest[at++] = high >>> 8;
    rest[at++] = high >>> 16;
    tops[i] = high >>> 24;
  }
}

/** The reverse of `part`. */
export function unite(elements: Elements, tops: Uint8Array, rest: Uint8Array): void {
  const isWide = elements instanceof Float64Array;
  const words = new Uint32Array(elements.buffer, 0, elements.byteLength / 4);
  for (let i = 0, word = 0, at = 0; i < elements.length; i++) {
    if (isWide) {
      words[word++] = rest[at] | (rest[at + 1] << 8) | (rest[at + 2] << 16) | (rest[at + 3] << 24);
      at += 4;
    }
    words[word++] = rest[at] | (rest[at + 1] << 8) | (rest[at + 2] << 16) | (tops[i] << 24);
    at += 3;
  }
}
