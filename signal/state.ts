import { BedsideError } from "../contracts/errors.ts";

/** A state machine whose whole state can be written down and read back. */
export interface Stateful {
  save(to: StateWriter): void;
  /** Throws BAD_SNAPSHOT when what was saved does not fit. */
  load(from: StateReader): void;
}

/** Collects numbers, arrays, bytes and texts into bytes (little-endian Float64; what has a length, behind its length). */
export class StateWriter {
  private readonly chunks: Float64Array[] = [];
  private length = 0;

  number(value: number): void {
    this.add(Float64Array.of(value));
  }

  flag(value: boolean): void {
    this.number(value ? 1 : 0);
  }

  array(values: ArrayLike<number>): void {
    this.number(values.length);
    this.add(Float64Array.from(values));
  }

  octets(bytes: Uint8Array): void {
    this.number(bytes.length);
    const chunk = new Float64Array(Math.ceil(bytes.length / 8));
    new Uint8Array(chunk.buffer).set(bytes);
    this.add(chunk);
  }

  text(value: string): void {
    this.octets(new TextEncoder().encode(value));
  }

  part(machine: Stateful): void {
    machine.save(this);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Float64Array(this.length);
    let at = 0;
    for (const chunk of this.chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return new Uint8Array(all.buffer);
  }

  private add(chunk: Float64Array): void {
    this.chunks.push(chunk);
    this.length += chunk.length;
  }
}

/** Reads back, in the same order, what a StateWriter collected. */
export class StateReader {
  private readonly values: Float64Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    if (bytes.length % 8 !== 0)
      throw new BedsideError("BAD_SNAPSHOT", `a snapshot of ${bytes.length} bytes is cut off`);
    this.values = new Float64Array(bytes.slice().buffer);
  }

  number(): number {
    if (this.at >= this.values.length) throw new BedsideError("BAD_SNAPSHOT", "the snapshot ends too early");
    return this.values[this.at++];
  }

  flag(): boolean {
    return this.number() !== 0;
  }

  /** Into `out`, whose length must be the saved one. */
  into(out: Float32Array | Float64Array | Int32Array | Uint8Array): void {
    const length = this.number();
    if (length !== out.length) {
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot holds ${length} values where ${out.length} are expected`);
    }
    for (let i = 0; i < length; i++) out[i] = this.number();
  }

  /** An array of the saved length. */
  array(): number[] {
    const length = this.number();
    if (!(length >= 0 && length <= this.values.length - this.at)) {
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot claims an array of ${length} values`);
    }
    return Array.from({ length }, () => this.number());
  }

  octets(): Uint8Array<ArrayBuffer> {
    const length = this.number();
    if (!(length >= 0 && length <= 8 * (this.values.length - this.at))) {
      throw new BedsideError("BAD_SNAPSHOT", `the snapshot claims ${length} bytes`);
    }
    const bytes = new Uint8Array(this.values.buffer, 8 * this.at, length).slice();
    this.at += Math.ceil(length / 8);
    return bytes;
  }

  text(): string {
    return new TextDecoder().decode(this.octets());
  }

  part(machine: Stateful): void {
    machine.load(this);
  }

  /** Throws BAD_SNAPSHOT unless everything was read. */
  done(): void {
    if (this.at !== this.values.length) {
      throw new BedsideError("BAD_SNAPSHOT", `${this.values.length - this.at} values are left over`);
    }
  }
}
