const LF = 10;
const CR = 13;
const SPACE = 32;
/** Bytes of a line that is too long which are told. */
const HEAD = 200;

export interface LineSink {
  /** bytes[start … end) without its line end, not blank; bytes[end] is there, and LF or CR. Valid during the call only. */
  line(row: number, bytes: Uint8Array, start: number, end: number): void;
  /** @param head the first bytes of the line */
  tooLong(row: number, head: Uint8Array): void;
}

/**
 * Cuts a stream of bytes into lines that end by LF, CR LF or CR. Lines within a chunk are given in place; what
 * spans chunks is gathered, up to `maxBytes`. Lines are numbered from 1; blank ones are counted and not given.
 */
export class LineSplitter {
  private readonly held: Uint8Array;
  private heldLength = 0;
  /** The line at hand is too long: its bytes are let go. */
  private skipping = false;
  private head = new Uint8Array(0);
  private afterCr = false;
  private row = 0;

  constructor(
    private readonly sink: LineSink,
    private readonly maxBytes: number,
  ) {
    this.held = new Uint8Array(maxBytes + 1);
  }

  push(chunk: Uint8Array): void {
    let position = 0;
    if (this.afterCr && chunk.length > 0) {
      if (chunk[0] === LF) position = 1;
      this.afterCr = false;
    }
    // The next LF and CR, looked for once each: a file mostly has but one of them.
    let lf = chunk.indexOf(LF, position);
    let cr = chunk.indexOf(CR, position);
    while (position < chunk.length) {
      if (this.heldLength === 0 && !this.skipping) position = this.passBlank(chunk, position);
      if (position === chunk.length) return;
      if (lf !== -1 && lf < position) lf = chunk.indexOf(LF, position);
      if (cr !== -1 && cr < position) cr = chunk.indexOf(CR, position);
      const end = lf === -1 || (cr !== -1 && cr < lf) ? cr : lf;
      if (end === -1) return this.hold(chunk.subarray(position));
      this.finish(chunk, position, end);
      position = end + 1;
      if (end === cr) {
        if (position === chunk.length) this.afterCr = true;
        else if (chunk[position] === LF) position++;
      }
    }
  }

  /** A last line that has no end of its own. */
  end(): void {
    if (this.heldLength > 0 || this.skipping) this.finish(this.held, 0, 0);
  }

  /** Passes blank lines, a byte at a time: a file may be made of nothing else. Returns where a line begins that has more. */
  private passBlank(chunk: Uint8Array, from: number): number {
    let begin = from;
    let rows = 0;
    for (let at = from; at < chunk.length && chunk[at] <= SPACE; at++) {
      const byte = chunk[at];
      if (byte !== LF && byte !== CR) continue;
      rows++;
      if (byte === CR) {
        if (at + 1 === chunk.length) this.afterCr = true;
        else if (chunk[at + 1] === LF) at++;
      }
      begin = at + 1;
    }
    this.row += rows;
    return begin;
  }

  private hold(bytes: Uint8Array): void {
    if (this.skipping) return;
    if (this.heldLength + bytes.length > this.maxBytes) {
      this.skipping = true;
      this.head = Uint8Array.of(...this.held.subarray(0, Math.min(HEAD, this.heldLength)), ...bytes.subarray(0, HEAD));
      this.heldLength = 0;
      return;
    }
    this.held.set(bytes, this.heldLength);
    this.heldLength += bytes.length;
  }

  private finish(chunk: Uint8Array, start: number, end: number): void {
    this.row++;
    if (this.heldLength > 0) this.hold(chunk.subarray(start, end));
    if (this.skipping || end - start > this.maxBytes) {
      const head = this.skipping ? this.head : chunk.subarray(start, end);
      this.skipping = false;
      this.sink.tooLong(this.row, head.subarray(0, HEAD));
    } else if (this.heldLength > 0) {
      const length = this.heldLength;
      this.held[length] = LF;
      this.heldLength = 0;
      this.give(this.held, 0, length);
    } else {
      this.give(chunk, start, end);
    }
  }

  private give(bytes: Uint8Array, start: number, end: number): void {
    for (let at = start; at < end; at++) if (bytes[at] > SPACE) return this.sink.line(this.row, bytes, start, end);
  }
}
