import { Type, type TSchema } from "typebox";

/** Pieces that the message schemas share. */
const MAX_IDENTIFIER = 64;
const IDENTIFIER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
export const identifier = Type.String({ minLength: 1, maxLength: MAX_IDENTIFIER, pattern: IDENTIFIER.source });
export const isIdentifier = (text: string): boolean => text.length <= MAX_IDENTIFIER && IDENTIFIER.test(text);
export const sampleIndex = Type.Integer({ minimum: 0, description: "index within the epoch, at samplingRateHz" });
export const unixMs = Type.Number({ description: "event time: epochStartMs + sample / samplingRateHz, Unix ms" });
export const fraction = Type.Number({ minimum: 0, maximum: 1 });

/**
 * A list of words that later versions may add to: who reads one it does not know reads `unknownAs`, or keeps the word
 * where there is none (tolerance.ts).
 */
export const growing = <const T extends string>(
  words: readonly T[],
  options: { readonly unknownAs?: NoInfer<T>; readonly description?: string } = {},
) => Type.Enum([...words], { ...options, growing: true });

export const nullable = <T extends TSchema>(
  schema: T,
  options: { readonly default?: null; readonly description?: string } = {},
) => Type.Union([schema, Type.Null()], options);

/** A schema's type, for what is made once and then only read. */
export type Immutable<T> = T extends object ? { readonly [K in keyof T]: Immutable<T[K]> } : T;
