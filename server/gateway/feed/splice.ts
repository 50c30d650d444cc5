/** An event's JSON as UTF-8, and where in it the cursor's text stands. */
export interface SplicedEvent {
  readonly bytes: Buffer;
  readonly cursorAt: number;
  readonly cursorEnd: number;
}

/**
 * The event's JSON around its data's, which is not written anew: what this version does not know goes on with it.
 * `data` and `meta` are JSON; topic, bed and cursor need no escaping.
 */
export function spliceEvent(topic: string, bed: string, cursor: string, data: Uint8Array, meta: string): SplicedEvent {
  const head = `{"topic":"${topic}","bed":"${bed}","cursor":"`;
  const before = `${head}${cursor}","data":`;
  const after = `,"meta":${meta}}`;
  // Of its own: a piece of a shared pool would keep the whole of it.
  const bytes = Buffer.allocUnsafeSlow(before.length + data.byteLength + Buffer.byteLength(after));
  bytes.write(before, "latin1");
  bytes.set(data, before.length);
  bytes.write(after, before.length + data.byteLength);
  return { bytes, cursorAt: head.length, cursorEnd: head.length + cursor.length };
}

/** The same event with another cursor. */
export function withCursor({ bytes, cursorAt, cursorEnd }: SplicedEvent, cursor: string): Buffer {
  return Buffer.concat([bytes.subarray(0, cursorAt), Buffer.from(cursor, "latin1"), bytes.subarray(cursorEnd)]);
}
