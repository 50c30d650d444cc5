import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { AnnotationSchema } from "./annotation.ts";
import { BeatSchema } from "./beat.ts";
import { ConditionSchema } from "./condition.ts";
import { BedsideError } from "./errors.ts";

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

export const beatCodec = jsonCodec(BeatSchema, "beat");
export const conditionCodec = jsonCodec(ConditionSchema, "condition");
export const annotationCodec = jsonCodec(AnnotationSchema, "annotation");
