import type { TSchema } from "typebox";
import { Value } from "typebox/value";
import { createReader } from "../contracts/reader.ts";
import {
  eventSchema,
  type Gap,
  GapSchema,
  type Snapshot,
  SnapshotSchema,
  type SocketError,
  SocketErrorSchema,
  type SocketEvent,
} from "../contracts/socket.ts";
import { EVENTS } from "../contracts/topics.ts";

/** Interpreted, not compiled: a page's security policy may forbid eval. */
export const interpreted = (schema: TSchema) => ({
  Check: (value: unknown) => Value.Check(schema, value),
  Errors: (value: unknown) => Value.Errors(schema, value),
});

const readSnapshot = createReader(SnapshotSchema, "snapshot", interpreted);
const readGap = createReader(GapSchema, "gap", interpreted);
const readError = createReader(SocketErrorSchema, "error", interpreted);
const readers = new Map(
  Object.entries(EVENTS).map(([topic, { schema, noun }]) => [
    topic,
    createReader(eventSchema(topic, schema), noun, interpreted),
  ]),
);

/** What a subscriber does something with. */
export type Received =
  | { readonly kind: "snapshot"; readonly snapshot: Snapshot }
  | { readonly kind: "event"; readonly event: SocketEvent }
  | { readonly kind: "gap"; readonly gap: Gap }
  | { readonly kind: "error"; readonly error: SocketError };

/** A message of /ws; null for one of a kind that is of no concern here, or that a later version sends. Throws BAD_MESSAGE, or a SyntaxError. */
export function readMessage(text: string): Received | null {
  const value = JSON.parse(text) as Readonly<Record<string, unknown>>;
  if (value["type"] === "snapshot") return { kind: "snapshot", snapshot: readSnapshot(value) };
  if (value["type"] === "gap") return { kind: "gap", gap: readGap(value) };
  if (value["type"] === "error") return { kind: "error", error: readError(value) };
  const read = readers.get(String(value["topic"]));
  if (!read || value["type"] !== undefined) return null;
  // The schema of the topic has checked it.
  return { kind: "event", event: read(value) as unknown as SocketEvent };
}
