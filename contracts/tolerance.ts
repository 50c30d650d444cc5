import type { TSchema } from "typebox";

/*
 * Strict out, tolerant in. What is written fits its schema to the letter; of what is read, the schema demands only what
 * this version needs:
 * - fields it does not know are carried through;
 * - a field whose schema has a `default` may be missing, and is read as that;
 * - of a list of words that may grow (`growing`), one it does not know is read as `unknownAs`, or kept where there is none.
 * All else is BAD_MESSAGE.
 */

/** The part of JSON Schema that the contracts use, with the keywords of this file. */
interface Schema {
  readonly type?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly default?: unknown;
  readonly growing?: boolean;
  readonly unknownAs?: string;
  readonly enum?: readonly unknown[];
}

/** Characters of a word that this version does not know. */
const MAX_WORD = 64;

/** What a reader demands: `schema` without what another version may do otherwise. */
export function tolerant(schema: TSchema): TSchema {
  return loosened(schema as Schema) as TSchema;
}

function loosened(schema: Schema): Schema {
  if (schema.growing) return { type: "string", maxLength: MAX_WORD };
  const { properties, items, anyOf, required = [] } = schema;
  if (anyOf) return { ...schema, anyOf: anyOf.map(loosened) };
  if (items) return { ...schema, items: loosened(items) };
  if (!properties) return { ...schema };
  const loose = Object.entries(properties).map(([name, property]) => [name, loosened(property)]);
  return {
    type: "object",
    properties: Object.fromEntries(loose),
    required: required.filter((name) => properties[name].default === undefined),
  };
}

/** Puts into a value what a tolerant reader reads where there is nothing, or a word it does not know. */
export type Complete = (value: unknown) => void;

/** Null where nothing of `schema` may be missing or unknown. `value` fits `tolerant(schema)`. */
export function completer(schema: TSchema): Complete | null {
  return complete(schema as Schema);
}

function complete({ properties, items, anyOf }: Schema): Complete | null {
  if (items) {
    const each = complete(items);
    return each && ((value) => (value as unknown[]).forEach(each));
  }
  if (anyOf) {
    // Of the contracts' unions, those of an object and null matter here.
    const [each] = anyOf.flatMap((one) => complete(one) ?? []);
    return each ? (value) => value !== null && each(value) : null;
  }
  const fields = Object.entries(properties ?? {}).flatMap(([name, property]) => fieldOf(name, property) ?? []);
  if (fields.length === 0) return null;
  return (value) => {
    for (const field of fields) field(value as Record<string, unknown>);
  };
}

function fieldOf(name: string, property: Schema): ((value: Record<string, unknown>) => void) | null {
  const { default: missing, unknownAs, enum: words } = property;
  if (missing !== undefined) {
    return (value) => {
      if (value[name] === undefined) value[name] = structuredClone(missing);
    };
  }
  if (unknownAs !== undefined && words) {
    const known = new Set(words);
    return (value) => {
      if (!known.has(value[name])) value[name] = unknownAs;
    };
  }
  const inner = complete(property);
  return inner && ((value) => value[name] !== undefined && inner(value[name]));
}
