import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { BedsideError } from "./errors.ts";
import { check, createReader, type Validator } from "./reader.ts";
import { type EventEntry, EVENTS, TOPIC_TABLE, type TopicEvent } from "./topics.ts";

/** Turns one kind of message into bytes and back. */
export interface Codec<T> {
  /** Throws BAD_MESSAGE, naming the first field at fault, unless `value` fits its schema to the letter. */
  encode(value: T): Uint8Array;
  /** Reads tolerantly (tolerance.ts). Throws BAD_MESSAGE that names the first field at fault, or what is larger than 128 KiB. */
  decode(bytes: Uint8Array): T;
}

/** The largest that is written is a condition with 64 beats' ids: 20 KB. */
const MAX_BYTES = 128 * 1024;

const encoder = new TextEncoder();
/** A byte order mark is no JSON: who passes bytes on would pass it into the middle of a text. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A codec of UTF-8 JSON for `schema`. */
function jsonCodec<S extends TSchema>(schema: S, noun: string): Codec<Static<S>> {
  let strict: Validator | undefined;
  const read = createReader(schema, noun, Compile);
  return {
    encode: (value) => {
      strict ??= Compile(schema);
      check(strict, noun, value);
      return encoder.encode(JSON.stringify(value));
    },
    decode: (bytes) => read(parse(bytes, noun)),
  };
}

function parse(bytes: Uint8Array, noun: string): unknown {
  if (bytes.length > MAX_BYTES) {
    throw new BedsideError("BAD_MESSAGE", `${noun}: has ${bytes.length} bytes, at most ${MAX_BYTES} are taken`);
  }
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw new BedsideError("BAD_MESSAGE", `${noun}: not JSON (${bytes.length} bytes)`, { cause });
  }
}

const codecs = new WeakMap<TSchema, Codec<unknown>>();

/** The codec of a topic's messages, made once. */
export function codecOf<S extends TSchema>(row: { readonly schema: S; readonly noun: string }): Codec<Static<S>> {
  let codec = codecs.get(row.schema) as Codec<Static<S>> | undefined;
  if (!codec) codecs.set(row.schema, (codec = jsonCodec(row.schema, row.noun)) as Codec<unknown>);
  return codec;
}

/** An event's bytes, checked against its topic's schema. */
export function encodeEvent({ topic, data }: TopicEvent): Uint8Array {
  const codec: Codec<unknown> = codecOf(EVENTS[topic] as EventEntry);
  return codec.encode(data);
}

export const beatCodec = codecOf(TOPIC_TABLE.beats);
export const rhythmCodec = codecOf(TOPIC_TABLE.rhythms);
export const conditionCodec = codecOf(TOPIC_TABLE.conditions);
export const annotationCodec = codecOf(TOPIC_TABLE.annotations);
export const alarmCodec = codecOf(TOPIC_TABLE.alarms);
export const commandCodec = codecOf(TOPIC_TABLE.commands);
export const proofCodec = codecOf(TOPIC_TABLE.proofs);
export const simulationCodec = codecOf(TOPIC_TABLE.simulation);
export const admissionCodec = codecOf(TOPIC_TABLE.admissions);
