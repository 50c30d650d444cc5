import { BedsideError } from "../errors.ts";
import { KIND_BYTES, NOT_TEXT, refusalOfKind } from "./file-kind.ts";

const HIGH_SURROGATE = /[\uD800-\uDBFF]$/;

/**
 * Bytes in, cut anywhere; UTF-8 bytes without a byte-order mark out. UTF-16 is known by its mark, or by the
 * zero byte of each of the first two characters. Throws BAD_CSV for what is no text of rows: files of other kinds, and
 * anything with a zero byte; `onBytes` has then been given all that came before it.
 */
export class Utf8Stream {
  private readonly first = new Uint8Array(KIND_BYTES);
  private firstLength = 0;
  private readonly encoder = new TextEncoder();
  private decoder: TextDecoder | null = null;
  private begun = false;

  constructor(private readonly onBytes: (bytes: Uint8Array) => void) {}

  push(chunk: Uint8Array): void {
    let bytes = chunk;
    if (!this.begun) {
      const taken = bytes.subarray(0, KIND_BYTES - this.firstLength);
      this.first.set(taken, this.firstLength);
      this.firstLength += taken.length;
      if (this.firstLength < KIND_BYTES) return;
      bytes = bytes.subarray(taken.length);
      this.begin();
    }
    this.decode(bytes);
  }

  end(): void {
    if (!this.begun) this.begin();
    if (this.decoder) this.emit(this.encoder.encode(this.decoder.decode()));
  }

  private begin(): void {
    this.begun = true;
    const first = this.first.subarray(0, this.firstLength);
    const [a, b, c, d] = first;
    const little = (a === 0xff && b === 0xfe) || (b === 0 && d === 0 && a !== 0 && c !== 0);
    const big = (a === 0xfe && b === 0xff) || (a === 0 && c === 0 && b !== 0 && d !== 0);
    const refusal = refusalOfKind(first, little || big);
    if (refusal !== null) throw new BedsideError("BAD_CSV", refusal);
    if (little || big) this.decoder = new TextDecoder(little ? "utf-16le" : "utf-16be");
    const marked = a === 0xef && b === 0xbb && c === 0xbf;
    this.decode(marked ? first.subarray(3) : first);
  }

  private decode(bytes: Uint8Array): void {
    this.emit(this.decoder ? this.encoder.encode(this.decoder.decode(bytes, { stream: true })) : bytes);
  }

  private emit(bytes: Uint8Array): void {
    const zero = bytes.indexOf(0);
    if (zero === -1) return this.onBytes(bytes);
    this.onBytes(bytes.subarray(0, zero));
    throw new BedsideError("BAD_CSV", NOT_TEXT);
  }
}

/** Text cut anywhere, as UTF-8; the halves of a surrogate pair may come in two pieces. */
export class TextBytes {
  private readonly encoder = new TextEncoder();
  private half = "";

  encode(text: string): Uint8Array {
    const whole = this.half + text;
    this.half = HIGH_SURROGATE.exec(whole)?.[0] ?? "";
    return this.encoder.encode(whole.slice(0, whole.length - this.half.length));
  }

  /** What is left of a pair that was never finished. */
  end(): Uint8Array {
    return this.encoder.encode(this.half);
  }
}
