/** Texts of a frame are short and come again with each frame of a bed: each is made once and found again by its bytes. */
const PLACES = 4096;
/** Longer ones are not kept. */
const MAX_LENGTH = 64;

interface Known {
  readonly bytes: Uint8Array;
  readonly text: string;
}

const known: (Known | undefined)[] = Array.from({ length: PLACES });
/** A byte order mark is kept like any other character. */
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The UTF-8 text of `length` bytes at `from`; what is not UTF-8 becomes U+FFFD. */
export function textAt(bytes: Uint8Array, from: number, length: number): string {
  if (length === 0) return "";
  if (length > MAX_LENGTH) return decoder.decode(bytes.subarray(from, from + length));
  // FNV-1a, as far as it tells places apart.
  let hash = 0x811c9dc5;
  for (let i = 0; i < length; i++) hash = Math.imul(hash ^ bytes[from + i], 0x01000193);
  const place = (hash ^ (hash >>> 15)) & (PLACES - 1);
  const found = known[place];
  if (found && isAt(found.bytes, bytes, from, length)) return found.text;
  const own = bytes.slice(from, from + length);
  const text = decoder.decode(own);
  known[place] = { bytes: own, text };
  return text;
}

function isAt(text: Uint8Array, bytes: Uint8Array, from: number, length: number): boolean {
  if (text.length !== length) return false;
  for (let i = 0; i < length; i++) if (text[i] !== bytes[from + i]) return false;
  return true;
}
