import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";
import type { Immutable } from "../../contracts/schema.ts";

/** What the schema names of a value, and nothing beside. */
export const trim = <S extends TSchema>(schema: S, value: Immutable<Static<S>>): Static<S> =>
  Value.Clean(schema, structuredClone(value)) as Static<S>;
