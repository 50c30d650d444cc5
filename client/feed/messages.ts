import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { BedsideError } from "../../contracts/errors.ts";
import { decodeFrame, type Frame } from "../../contracts/frame.ts";
import { isTrace, type Trace, TraceReader } from "../../contracts/trace-reader.ts";
import { createReader } from "../../contracts/reader.ts";
import {
  type Bed,
  BedChangeSchema,
  ClockSchema,
  type Gap,
  GapSchema,
  eventSchema,
  type ProofMessage,
  ShownSchema,
  ProofMessageSchema,
  type Snapshot,
  SnapshotSchema,
  type SocketError,
  SocketErrorSchema,
  type SocketEventIn,
} from "../../contracts/socket.ts";
import type { Events, EventTable } from "../../contracts/topics.ts";

/** A message of /ws, checked. */
export type FeedMessage<E extends EventTable = Events> =
  | { readonly kind: "frame"; readonly frame: Frame | Trace }
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | { readonly kind: "event"; readonly event: SocketEventIn<E> }
  | { readonly kind: "bed"; readonly bed: Bed }
  | { readonly kind: "proof"; readonly proof: ProofMessage }
  | { readonly kind: "clock"; readonly askedMs: number; readonly serverMs: number }
  | { readonly kind: "shown"; readonly asked: number }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "error"; readonly error: SocketError };

/** Schemas are interpreted: a compiled one needs eval, which the page's security policy forbids. */
const interpreted = (schema: TSchema) => ({
  Check: (value: unknown) => Value.Check(schema, value),
  Errors: (value: unknown) => Value.Errors(schema, value),
});

const readSnapshot = createReader(SnapshotSchema, "snapshot", interpreted);
const readBedChange = createReader(BedChangeSchema, "bed", interpreted);
const readProof = createReader(ProofMessageSchema, "proof", interpreted);
const readClock = createReader(ClockSchema, "clock", interpreted);
const readShown = createReader(ShownSchema, "shown", interpreted);
const readGap = createReader(GapSchema, "gap", interpreted);
const readError = createReader(SocketErrorSchema, "error", interpreted);

/** Reads what one socket gives, with the events of a table. What it gives throws BAD_FRAME or BAD_MESSAGE. */
export function messageReader<E extends EventTable>(events: E): (data: unknown) => FeedMessage<E> {
  const readers = new Map(
    Object.entries(events).map(([topic, { schema, noun }]) => [
      topic,
      createReader(eventSchema(topic, schema), noun, interpreted),
    ]),
  );
  const traces = new TraceReader();
  return (data) => {
    if (data instanceof ArrayBuffer) {
      const bytes = new Uint8Array(data);
      return { kind: "frame", frame: isTrace(bytes) ? traces.read(bytes) : decodeFrame(bytes) };
    }
    if (typeof data !== "string") throw new BedsideError("BAD_MESSAGE", `the socket gave a ${typeof data}`);
    const value = parse(data);
    const readEvent = readers.get(String(value["topic"]));
    if (readEvent && value["type"] === undefined) {
      return { kind: "event", event: readEvent(value) as unknown as SocketEventIn<E> };
    }
    if (value["type"] === "snapshot") return { kind: "snapshot", snapshot: readSnapshot(value) };
    if (value["type"] === "bed") return { kind: "bed", bed: readBedChange(value).bed };
    if (value["type"] === "proof") return { kind: "proof", proof: readProof(value) };
    if (value["type"] === "clock") {
      const { askedMs, serverTimeMs } = readClock(value);
      return { kind: "clock", askedMs, serverMs: serverTimeMs };
    }
    if (value["type"] === "shown") return { kind: "shown", asked: readShown(value).asked };
    if (value["type"] === "gap") return { kind: "gap", gap: readGap(value) };
    if (value["type"] === "error") return { kind: "error", error: readError(value) };
    throw new BedsideError("BAD_MESSAGE", `not a message of this protocol: ${data.slice(0, 80)}`);
  };
}

function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new BedsideError("BAD_MESSAGE", `not JSON: ${text.slice(0, 80)}`, { cause });
  }
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : {};
}
