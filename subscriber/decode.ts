import type { Static, TSchema } from "typebox";
import { BedsideError } from "../contracts/errors.ts";
import { decodeFrame, type Frame } from "../contracts/frame.ts";
import { createReader } from "../contracts/reader.ts";
import { TOPIC_TABLE } from "../contracts/topics.ts";
import { interpreted } from "./messages.ts";

type Table = typeof TOPIC_TABLE;
type DataOf<T extends keyof Table> = Table[T]["schema"] extends TSchema ? Static<Table[T]["schema"]> : Frame;
/** Topics whose messages can be read: all but the dead letters, which are as they were received. */
export type KafkaTopic = Exclude<keyof Table, "deadLetter">;

/** A message of one of the topics: `{ topic: "beats", data: Beat }`, `{ topic: "frames", data: Frame }`, … */
export type Decoded<T extends KafkaTopic = KafkaTopic> = {
  [K in T]: { readonly topic: K; readonly data: DataOf<K> };
}[T];

/** Names in Kafka: `TOPIC_NAMES.beats` is `ecg.beats.v1`. */
export const TOPIC_NAMES = Object.fromEntries(
  Object.entries(TOPIC_TABLE).map(([topic, { name }]) => [topic, name]),
) as { readonly [T in KafkaTopic]: Table[T]["name"] };

const readers = new Map<string, (value: Uint8Array) => Decoded>(
  Object.entries(TOPIC_TABLE).flatMap(([topic, { name, schema, noun }]) => {
    if (topic === "deadLetter") return [];
    const read = schema === null ? decodeFrame : jsonReader(schema, noun);
    return [[name, (value) => ({ topic, data: read(value) }) as Decoded]];
  }),
);

function jsonReader(schema: TSchema, noun: string): (value: Uint8Array) => unknown {
  const read = createReader(schema, noun, interpreted);
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return (value) => {
    let json: unknown;
    try {
      json = JSON.parse(text.decode(value));
    } catch (cause) {
      throw new BedsideError("BAD_MESSAGE", `${noun}: not JSON (${value.length} bytes)`, { cause });
    }
    return read(json);
  };
}

/** A message's value as any Kafka client gives it, read and checked. Throws BAD_MESSAGE or BAD_FRAME, and BAD_ARGUMENT for another topic. */
export function decodeMessage(topic: string, value: Uint8Array): Decoded {
  const read = readers.get(topic);
  if (!read) throw new BedsideError("BAD_ARGUMENT", `no topic ${topic}: there are ${[...readers.keys()].join(", ")}`);
  return read(value);
}
