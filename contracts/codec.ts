import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { BedsideError } from "./errors.ts";
import { type EventEntry, EVENTS, TOPIC_TABLE, type TopicEvent } from "./topics.ts";

/** Turns one kind of event into bytes and back, checked against its schema at both edges. */
export interface Codec<T> {
  encode(value: T): Uint8Array;
  /** Throws BAD_MESSAGE that names the first field at fault. */
  decode(bytes: Uint8Array): T;
}

/** A codec of UTF-8 JSON for `schema`. */
export function jsonCodec<S extends TSchema>(schema: S, name: string): Codec<Static<S>> {
  const validator = Compile(schema);
  const check = (value: unknown): Static<S> => {
    if (validator.Check(value)) return value as Static<S>;
    const first = [...validator.Errors(value)][0];
    throw new BedsideError(
      "BAD_MESSAGE",
      `${name}${first?.instancePath ?? ""}: ${first?.message ?? "does not fit its schema"}`,
    );
  };
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  return {
    encode: (value) => encoder.encode(JSON.stringify(check(value))),
    decode: (bytes) => {
      let value: unknown;
      try {
        value = JSON.parse(decoder.decode(bytes));
      } catch (cause) {
        throw new BedsideError("BAD_MESSAGE", `${name}: not JSON (${bytes.length} bytes)`, { cause });
      }
      return check(value);
    },
  };
}

const codecs = new WeakMap<TSchema, Codec<unknown>>();

/** The codec of a topic's messages, made once. */
export function codecOf<S extends TSchema>({
  schema,
  noun,
}: {
  readonly schema: S;
  readonly noun: string;
}): Codec<Static<S>> {
  let codec = codecs.get(schema) as Codec<Static<S>> | undefined;
  if (!codec) codecs.set(schema, (codec = jsonCodec(schema, noun)) as Codec<unknown>);
  return codec;
}

/** An event's bytes, checked against its topic's schema. */
export function encodeEvent({ topic, data }: TopicEvent): Uint8Array {
  const codec: Codec<unknown> = codecOf(EVENTS[topic] as EventEntry);
  return codec.encode(data);
}

export const beatCodec = codecOf(TOPIC_TABLE.beats);
export const conditionCodec = codecOf(TOPIC_TABLE.conditions);
export const annotationCodec = codecOf(TOPIC_TABLE.annotations);
