import type { TSchema } from "typebox";

type Json = Readonly<Record<string, unknown>>;

/** Keywords of tolerance.ts, as documents have what is nobody else's. */
const OWN = new Map([
  ["growing", "x-growing"],
  ["unknownAs", "x-unknown-as"],
]);

/** Schemas as plain JSON for a document: each that has a name stands once among its components, and is referred to. */
export class PlainSchemas {
  /** By name, what belongs into `components.schemas`. */
  readonly named: Record<string, unknown> = {};

  of(schema: TSchema): unknown {
    return this.plain(JSON.parse(JSON.stringify(schema)));
  }

  private plain(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.plain(one));
    if (value === null || typeof value !== "object") return value;
    const { $id, ...schema } = value as Json;
    if (typeof $id !== "string") return this.members(schema);
    if (!($id in this.named)) {
      // A place is kept: it may refer to itself.
      this.named[$id] = {};
      this.named[$id] = this.members(schema);
    }
    return { $ref: `#/components/schemas/${$id}` };
  }

  private members(schema: Json): Json {
    return Object.fromEntries(Object.entries(schema).map(([key, value]) => [OWN.get(key) ?? key, this.plain(value)]));
  }
}
