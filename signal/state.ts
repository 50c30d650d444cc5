import { BedsideError } from "../contracts/errors.ts";

/** A state machine whose whole state can be written down and read back. */
export interface Stateful {
  save(to: StateWriter): void;
  /** Throws BAD_SNAPSHOT when what was saved does not fit. */
  load(from: StateReader): void;
}

type Elements = Float64Array | Float32Array | Int32Array | Uint8Array;

/** How the values of an array may lie in a snapshot, which names the kind by its place here. */
const ELEMENTS = [Float64Array, Float32Array, Int32Array, Uint8Array] as const;
/** An array's kind of elements, and their number. */
const HEADER_BYTES = 5;
/** Number of bytes to begin with; a bed's snapshot is some tens of kilobytes. */
const FIRST_BYTES = 1 << 12;

/**
 * Collects numbers, arrays, bytes and texts into bytes: a number as Float64, an array as the narrowest elements that hold it to the
 * bit, both as a little-endian machine has them in memory; what has a length, behind its length.
 */
export class StateWriter {
  private data = new Uint8Array(FIRST_BYTES);
  private numbers = new DataView(this.data.buffer);
  private at = 0;

  number(value: number): void {
    this.reserve(8);
    this.numbers.setFloat64(this.at, value, true);
    this.at += 8;
  }

  flag(value: boolean): void {
    this.reserve(1);
    this.data[this.at++] = value ? 1 : 0;
  }

  array(values: ArrayLike<number>): void {
    const { length } = values;
    const kind = narrowest(values);
    const elements = elementsOf(kind, length);
    elements.set(values);
    const { byteLength } = elements;
    this.reserve(HEADER_BYTES + byteLength);
    this.data[this.at] = kind;
    this.numbers.setUint32(this.at + 1, length, true);
    this.data.set(new Uint8Array(elements.buffer, 0, byteLength), this.at + HEADER_BYTES);
    this.at += HEADER_BYTES + byteLength;
  }

  octets(bytes: Uint8Array): void {
    this.reserve(4 + bytes.length);
    this.numbers.setUint32(this.at, bytes.length, true);
    this.data.set(bytes, this.at + 4);
    this.at += 4 + bytes.length;
  }

  text(value: string): void {
    this.octets(new TextEncoder().encode(value));
  }

  part(machine: Stateful): void {
    machine.save(this);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.data.slice(0, this.at);
  }

  /** The same, without a copy: they stand until the writer is used again. */
  get view(): Uint8Array<ArrayBuffer> {
    return this.data.subarray(0, this.at);
  }

  /** Begins anew, in the memory that is there. */
  clear(): void {
    this.at = 0;
  }

  private reserve(bytes: number): void {
    if (this.at + bytes <= this.data.length) return;
    const larger = new Uint8Array(Math.max(2 * this.data.length, this.at + bytes));
    larger.set(this.data.subarray(0, this.at));
    this.data = larger;
    this.numbers = new DataView(larger.buffer);
  }
}

/** Which of ELEMENTS are the narrowest that hold the values to the bit. */
function narrowest(values: ArrayLike<number>): number {
  if (values instanceof Float64Array) return narrowestOf(values);
  const kind = ELEMENTS.findIndex((elements) => values instanceof elements);
  return kind < 0 ? narrowestOf(values) : kind;
}

function narrowestOf(values: ArrayLike<number>): number {
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

/** Room for the elements of one array on their way, where they are aligned as the snapshot's are not. */
let room = new ArrayBuffer(FIRST_BYTES);

function elementsOf(kind: number, length: number): Elements {
  const Kind = ELEMENTS[kind];
  const bytes = length * Kind.BYTES_PER_ELEMENT;
  if (bytes > room.byteLength) room = new ArrayBuffer(2 * bytes);
  return new Kind(room, 0, length);
}

/** Reads back, in the same order, what a StateWriter collected. */
export class StateReader {
  private readonly data: Uint8Array;
  private readonly view: DataView;
  private at = 0;

  constructor({ buffer, byteOffset, byteLength }: Uint8Array) {
    this.data = new Uint8Array(buffer, byteOffset, byteLength);
    this.view = new DataView(buffer, byteOffset, byteLength);
  }

  number(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  flag(): boolean {
    return this.data[this.take(1)] !== 0;
  }

  /** Into `out`, whose length must be the saved one. */
  into(out: Elements): void {
    const saved = this.elements();
    if (saved.length !== out.length) {
      const what = `the snapshot holds ${saved.length} values where ${out.length} are expected`;
      throw new BedsideError("BAD_SNAPSHOT", what);
    }
    out.set(saved);
  }

  /** An array of the saved length. */
  array(): number[] {
    return Array.from(this.elements());
  }

  octets(): Uint8Array<ArrayBuffer> {
    const length = this.view.getUint32(this.take(4), true);
    const at = this.take(length);
    return this.data.slice(at, at + length) as Uint8Array<ArrayBuffer>;
  }

  text(): string {
    return new TextDecoder().decode(this.octets());
  }

  part(machine: Stateful): void {
    machine.load(this);
  }

  /** Throws BAD_SNAPSHOT unless everything was read. */
  done(): void {
    if (this.at !== this.data.length) {
      throw new BedsideError("BAD_SNAPSHOT", `${this.data.length - this.at} bytes are left over`);
    }
  }

  private elements(): Elements {
    const at = this.take(HEADER_BYTES);
    const kind = ELEMENTS[this.data[at]];
    if (!kind) throw new BedsideError("BAD_SNAPSHOT", `the snapshot has no elements of kind ${this.data[at]}`);
    const bytes = this.view.getUint32(at + 1, true) * kind.BYTES_PER_ELEMENT;
    if (bytes > this.data.length - this.at) {
      const what = `the snapshot claims an array of ${bytes / kind.BYTES_PER_ELEMENT} values`;
      throw new BedsideError("BAD_SNAPSHOT", what);
    }
    const begin = this.take(bytes);
    return new kind(this.data.slice(begin, begin + bytes).buffer);
  }

  /** Where the next `bytes` begin. */
  private take(bytes: number): number {
    const { at } = this;
    if (bytes > this.data.length - at) throw new BedsideError("BAD_SNAPSHOT", "the snapshot ends too early");
    this.at += bytes;
    return at;
  }
}
