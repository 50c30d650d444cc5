/** Frames one behind another, each with its length before it: Protobuf's delimited messages, as history's signal comes over HTTP. */

/** The length that stands before a frame: a base-128 varint. */
export function lengthPrefix(length: number): Uint8Array {
  const bytes: number[] = [];
  let left = length;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left & 0x7f) | 0x80);
  bytes.push(left);
  return Uint8Array.from(bytes);
}

/** The bytes of each frame, as views. What is cut short at the end is left out. */
export function* splitFrames(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let at = 0; at < bytes.length;) {
    let length = 0;
    let byte = 0x80;
    for (let scale = 1; byte >= 0x80 && at < bytes.length; scale *= 0x80) {
      byte = bytes[at++];
      length += (byte & 0x7f) * scale;
    }
    if (byte >= 0x80 || at + length > bytes.length) return;
    yield bytes.subarray(at, (at += length));
  }
}
