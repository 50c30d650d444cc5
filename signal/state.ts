import { BedsideError } from "../contracts/errors.ts";
import { type Elements, ELEMENTS, elementsOf, isNoise, laidBytes, layOut, part, unite } from "./state-elements.ts";

/** A state machine whose whole state can be written down and read back. */
export interface Stateful {
  save(to: StateWriter): void;
  /** Throws BAD_SNAPSHOT when what was saved does not fit. */
  load(from: StateReader): void;
}

/** A snapshot's bytes: those that pack, and those that look like noise, which do not. */
export interface Sections {
  readonly dense: Uint8Array;
  readonly noise: Uint8Array;
}

/** An array's kind of elements, and their number. */
const HEADER_BYTES = 5;
/** Set in the kind of an array that lies in both sections. */
const IN_TWO = 0x80;
/** The length of the first section, before both. */
const LENGTH_BYTES = 4;
/** Number of bytes to begin with; a bed's snapshot is some tens of kilobytes. */
const FIRST_BYTES = 1 << 12;

const utf8 = new TextEncoder();

/** Bytes that grow. */
class Bytes {
  data = new Uint8Array(FIRST_BYTES);
  numbers = new DataView(this.data.buffer);
  end = 0;

  /** Where the next `bytes` are to be written; there is room for one more. */
  take(bytes: number): number {
    const { end } = this;
    this.end += bytes;
    if (this.end >= this.data.length) {
      const larger = new Uint8Array(2 * Math.max(this.data.length, this.end));
      larger.set(this.data.subarray(0, end));
      this.data = larger;
      this.numbers = new DataView(larger.buffer);
    }
    return end;
  }
}

/**
 * Collects numbers, arrays, bytes and texts into bytes: a number as Float64, an array as the narrowest elements that hold it to the
 * bit, both as a little-endian machine has them in memory; what has a length, behind its length. Of a signal's values all but the
 * highest byte lie in a section of their own, so that nobody spends time on packing them.
 */
export class StateWriter {
  private readonly dense = new Bytes();
  private readonly noise = new Bytes();

  number(value: number): void {
    const at = this.dense.take(8);
    this.dense.numbers.setFloat64(at, value, true);
  }

  flag(value: boolean): void {
    const at = this.dense.take(1);
    this.dense.data[at] = value ? 1 : 0;
  }

  array(values: ArrayLike<number>): void {
    const { dense, noise } = this;
    const { length } = values;
    const kind = layOut(values);
    if (!isNoise(kind, length)) return this.whole(kind, length);
    this.header(kind | IN_TWO, length);
    const tops = dense.take(length);
    const rest = noise.take(length * (ELEMENTS[kind].BYTES_PER_ELEMENT - 1));
    part(kind, length, dense.data, tops, noise.numbers, rest);
  }

  /** As `array`, of values of which many are the same. */
  repeating(values: ArrayLike<number>): void {
    this.whole(layOut(values), values.length);
  }

  octets(bytes: Uint8Array): void {
    const { dense } = this;
    const at = dense.take(4 + bytes.length);
    dense.numbers.setUint32(at, bytes.length, true);
    dense.data.set(bytes, at + 4);
  }

  text(value: string): void {
    this.octets(utf8.encode(value));
  }

  part(machine: Stateful): void {
    machine.save(this);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return joined(this.sections);
  }

  /** The same, without a copy: they stand until the writer is used again. */
  get sections(): Sections {
    const { dense, noise } = this;
    return { dense: dense.data.subarray(0, dense.end), noise: noise.data.subarray(0, noise.end) };
  }

  /** Begins anew, in the memory that is there. */
  clear(): void {
    this.dense.end = this.noise.end = 0;
  }

  /** Into one section. */
  private whole(kind: number, length: number): void {
    const { dense } = this;
    this.header(kind, length);
    const bytes = laidBytes(kind, length);
    const at = dense.take(bytes.length);
    dense.data.set(bytes, at);
  }

  private header(kind: number, length: number): void {
    const { dense } = this;
    const at = dense.take(HEADER_BYTES);
    dense.data[at] = kind;
    dense.numbers.setUint32(at + 1, length, true);
  }
}

/** Both sections as one: the first one's length, then they. */
export function joined({ dense, noise }: Sections): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(LENGTH_BYTES + dense.length + noise.length);
  new DataView(bytes.buffer).setUint32(0, dense.length, true);
  bytes.set(dense, LENGTH_BYTES);
  bytes.set(noise, LENGTH_BYTES + dense.length);
  return bytes;
}

/** What was joined. Throws BAD_SNAPSHOT. */
export function parted(bytes: Uint8Array): Sections {
  const { buffer, byteOffset, length } = bytes;
  const end = length < LENGTH_BYTES ? length + 1 : LENGTH_BYTES + new DataView(buffer, byteOffset).getUint32(0, true);
  if (end > length) throw new BedsideError("BAD_SNAPSHOT", "the snapshot ends within its first section");
  return { dense: bytes.subarray(LENGTH_BYTES, end), noise: bytes.subarray(end) };
}

/** Reads back, in the same order, what a StateWriter collected. */
export class StateReader {
  private readonly dense: Uint8Array;
  private readonly noise: Uint8Array;
  private readonly view: DataView;
  private at = 0;
  private noiseAt = 0;

  /** Throws BAD_SNAPSHOT. */
  constructor(from: Uint8Array | Sections) {
    const { dense, noise } = from instanceof Uint8Array ? parted(from) : from;
    this.dense = dense;
    this.noise = noise;
    this.view = new DataView(dense.buffer, dense.byteOffset, dense.length);
  }

  number(): number {
    return this.view.getFloat64(this.take(8), true);
  }

  flag(): boolean {
    return this.dense[this.take(1)] !== 0;
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
    return this.dense.slice(at, at + length) as Uint8Array<ArrayBuffer>;
  }

  text(): string {
    return new TextDecoder().decode(this.octets());
  }

  part(machine: Stateful): void {
    machine.load(this);
  }

  /** Throws BAD_SNAPSHOT unless everything was read. */
  done(): void {
    const left = this.dense.length - this.at + this.noise.length - this.noiseAt;
    if (left > 0) throw new BedsideError("BAD_SNAPSHOT", `${left} bytes are left over`);
  }

  /** The next call takes them away again. */
  private elements(): Elements {
    const at = this.take(HEADER_BYTES);
    const isInTwo = this.dense[at] >= IN_TWO;
    const kind = this.dense[at] % IN_TWO;
    const length = this.view.getUint32(at + 1, true);
    const width = ELEMENTS[kind]?.BYTES_PER_ELEMENT ?? 0;
    // Of a kind that has no fraction there is nothing to part.
    if (width === 0 || (isInTwo && !isNoise(kind))) {
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot has no elements of kind ${this.dense[at]}`);
    }
    const inDense = isInTwo ? length : length * width;
    const inNoise = length * width - inDense;
    // Before room is made for them.
    if (inDense > this.dense.length - this.at || inNoise > this.noise.length - this.noiseAt) {
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot claims an array of ${length} values`);
    }
    const elements = elementsOf(kind, length);
    const begin = this.take(inDense);
    const own = this.dense.subarray(begin, this.at);
    if (isInTwo) unite(elements, own, this.noise.subarray(this.noiseAt, this.noiseAt + inNoise));
    else new Uint8Array(elements.buffer, 0, inDense).set(own);
    this.noiseAt += inNoise;
    return elements;
  }

  /** Where the next `bytes` begin. */
  private take(bytes: number): number {
    const { at } = this;
    if (bytes > this.dense.length - at) throw new BedsideError("BAD_SNAPSHOT", "the snapshot ends too early");
    this.at += bytes;
    return at;
  }
}
