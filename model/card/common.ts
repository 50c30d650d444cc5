import { Type, type Static } from "typebox";
import { fraction, nullable } from "../../contracts/schema.ts";

/** Pieces that the cards of all models share. */
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
export type ClassFigures = Static<typeof ClassFiguresSchema>;

/** What the reading of any model's files needs of its card. */
export interface FileHashes {
  readonly files: Readonly<Record<string, string>>;
}
