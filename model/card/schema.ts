import { type TProperties, Type, type Static } from "typebox";
import { fraction, nullable } from "../../contracts/schema.ts";

export const sha256Text = Type.String({ pattern: "^[0-9a-f]{64}$" });
export const names = Type.Array(Type.String());
export const count = Type.Integer({ minimum: 0 });

/** A class's figures; null where nothing was counted. */
export const ClassFiguresSchema = Type.Object({
  se: nullable(fraction),
  ppv: nullable(fraction),
  f1: nullable(fraction),
  support: count,
});

/** A card's schema: what the card of every model says, and what a kind of model adds to it and to its training. */
export const cardSchema = <C extends TProperties, T extends TProperties>(card: C, training: T) =>
  Type.Object({
    version: Type.Literal(1),
    hash: Type.String({
      pattern: "^[0-9a-f]{64}$",
      description: "SHA-256 over the files that answer, one after the other",
    }),
    parameters: count,
    training: Type.Object({
      date: Type.String({ format: "date-time" }),
      command: Type.String(),
      seed: Type.Integer(),
      epochs: count,
      database: Type.String(),
      records: names,
      settings: Type.Record(Type.String(), Type.Unknown()),
      ...training,
    }),
    limits: names,
    files: Type.Record(Type.String(), sha256Text),
    ...card,
  });

const CardSchema = cardSchema({ name: Type.String() }, {});
/** What a model's folder says of its model, whatever its kind: where it comes from, what it must not be used for. */
export type AnyCard = Static<typeof CardSchema>;
