import { Value } from "typebox/value";
import { BedsideError } from "../../contracts/errors.ts";
import { decodeFrame, type Frame } from "../../contracts/frame.ts";
import {
  EventSchema,
  type Gap,
  GapSchema,
  type Snapshot,
  SnapshotSchema,
  type SocketError,
  SocketErrorSchema,
  type SocketEvent,
} from "../../contracts/socket.ts";

/** A message of /ws, checked. */
export type FeedMessage =
  | { readonly kind: "frame"; readonly frame: Frame }
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | { readonly kind: "event"; readonly event: SocketEvent }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "error"; readonly error: SocketError };

/** Reads what the socket gave. Throws BAD_FRAME or BAD_MESSAGE. */
export function readMessage(data: unknown): FeedMessage {
  if (data instanceof ArrayBuffer) return { kind: "frame", frame: decodeFrame(new Uint8Array(data)) };
  if (typeof data !== "string") throw new BedsideError("BAD_MESSAGE", `the socket gave a ${typeof data}`);
  const value = parse(data);
  // Value.Check interprets the schema: a compiled one needs eval, which the page's security policy forbids.
  if (Value.Check(EventSchema, value)) return { kind: "event", event: value };
  if (Value.Check(SnapshotSchema, value)) return { kind: "snapshot", snapshot: value };
  if (Value.Check(GapSchema, value)) return { kind: "gap", gap: value };
  if (Value.Check(SocketErrorSchema, value)) return { kind: "error", error: value };
  throw new BedsideError("BAD_MESSAGE", `not a message of this protocol: ${data.slice(0, 80)}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BedsideError("BAD_MESSAGE", `not JSON: ${text.slice(0, 80)}`, { cause });
  }
}
