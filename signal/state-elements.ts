export type Elements = Float64Array | Float32Array | Int32Array | Uint8Array;

/** How the values of an array may lie in a snapshot, which names the kind by its place here. */
export const ELEMENTS = [Float64Array, Float32Array, Int32Array, Uint8Array] as const;

/** Their places in it. */
const [DOUBLE, SINGLE, INTEGER, OCTET] = [0, 1, 2, 3];
const FIRST_LENGTH = 1 << 10;
/** A longer array than a bed has is read into memory of its own: who claims one is not to be given room for good. */
const MOST_KEPT = 1 << 16;
/** Of fewer values nothing is gained. */
const LEAST_PARTED = 16;

/**
 * Where an array's values lie on their way in or out, aligned as a snapshot's are not: what is made of one array, the next one takes away.
 * Made once, since views of each array's own take longer than its values do.
 */
class Room {
  readonly doubles: Float64Array<ArrayBuffer>;
  readonly singles: Float32Array<ArrayBuffer>;
  readonly integers: Int32Array<ArrayBuffer>;
  readonly octets: Uint8Array<ArrayBuffer>;
  readonly doubleWords: Uint32Array;
  readonly singleWords: Uint32Array;

  constructor(readonly length: number) {
    this.doubles = new Float64Array(length);
    this.singles = new Float32Array(length);
    this.integers = new Int32Array(length);
    this.octets = new Uint8Array(length);
    this.doubleWords = new Uint32Array(this.doubles.buffer);
    this.singleWords = new Uint32Array(this.singles.buffer);
  }

  of(kind: number): Elements {
    return [this.doubles, this.singles, this.integers, this.octets][kind];
  }
}

let room = new Room(FIRST_LENGTH);

function roomFor(length: number): Room {
  if (length > room.length) room = new Room(2 * length);
  return room;
}

/** Lays the values out as the narrowest of ELEMENTS that hold them to the bit, NaN's payload aside. Returns which these are. */
export function layOut(values: ArrayLike<number>): number {
  const { length } = values;
  const { doubles, singles, integers, octets } = roomFor(length);
  if (values instanceof Float32Array) return laidOut(singles, values, SINGLE);
  if (values instanceof Int32Array) return laidOut(integers, values, INTEGER);
  if (values instanceof Uint8Array) return laidOut(octets, values, OCTET);
  doubles.set(values);
  if (narrowed(doubles, integers, length)) return INTEGER;
  return narrowed(doubles, singles, length) ? SINGLE : DOUBLE;
}

function laidOut(own: Elements, values: ArrayLike<number>, kind: number): number {
  own.set(values);
  return kind;
}

/** Whether all values are the same, to the bit, as what they are copied into. */
function narrowed(doubles: Float64Array, narrow: Float32Array | Int32Array, length: number): boolean {
  for (let i = 0; i < length; i++) {
    narrow[i] = doubles[i];
    if (!Object.is(narrow[i], doubles[i])) return false;
  }
  return true;
}

/** The bytes of what was laid out last. */
export function laidBytes(kind: number, length: number): Uint8Array {
  return new Uint8Array(room.of(kind).buffer, 0, length * ELEMENTS[kind].BYTES_PER_ELEMENT);
}

/** Elements of that kind, with nothing meant by their values: the next call takes them away again. */
export function elementsOf(kind: number, length: number): Elements {
  if (length > MOST_KEPT) return new ELEMENTS[kind](length);
  return roomFor(length).of(kind).subarray(0, length);
}

/** Whether so many elements of that kind are worth parting: their fractions pack as badly as noise, sign and exponent do not. */
export const isNoise = (kind: number, length = LEAST_PARTED): boolean =>
  length >= LEAST_PARTED && (kind === DOUBLE || kind === SINGLE);

/**
 * Parts what was laid out last: each value's highest byte goes into `tops` from `top` on, its others into `rest` from `at` on, where one
 * byte behind them is written, too.
 */
export function part(kind: number, length: number, tops: Uint8Array, top: number, rest: DataView, at: number): void {
  const { doubleWords, singleWords } = room;
  // Of a word of which three bytes are meant, the fourth is written over by what comes next.
  for (let i = 0; kind === DOUBLE && i < length; i++) {
    const high = doubleWords[2 * i + 1];
    rest.setUint32(at + 7 * i, doubleWords[2 * i], true);
    rest.setUint32(at + 7 * i + 4, high, true);
    tops[top + i] = high >>> 24;
  }
  for (let i = 0; kind === SINGLE && i < length; i++) {
    rest.setUint32(at + 3 * i, singleWords[i], true);
    tops[top + i] = singleWords[i] >>> 24;
  }
}

/** The reverse of `part`, into what `elementsOf` gave. */
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
