import { type Static, Type } from "typebox";
import { type Immutable, nullable } from "./schema.ts";
import { byClass, share } from "./scoring.ts";

/** The recipe of the simple model that must be beaten. */
export const FLOOR_RECIPE = "floor";

const figures = Type.Object({ se: share, ppv: share, f1: share, support: Type.Integer({ minimum: 0 }) });
const FoldsSchema = Type.Object({
  classes: byClass(figures),
  meanF1: Type.Number({ description: "mean F1 of N, S and V; a class without figures counts as 0" }),
});

const databases = Type.Record(Type.String(), FoldsSchema);
const RowSchema = Type.Object({
  recipe: Type.String(),
  what: Type.String(),
  folds: FoldsSchema,
  databases: Type.Optional(databases),
  seeds: Type.Optional(Type.Array(databases, { description: "of a finalist, from the table's seed on" })),
  otherRhythms: nullable(FoldsSchema),
  delta: Type.Number({ description: "of the mean over the databases of their mean F1, against the first row's" }),
});

/** ablation.json of the live model's folder: what `npm run crossvalidate -- --model live` writes. */
export const AblationTableSchema = Type.Object({
  command: Type.String(),
  epochs: Type.Integer({ minimum: 1 }),
  seed: Type.Integer(),
  foldCount: Type.Integer({ minimum: 1 }),
  rows: Type.Array(RowSchema),
});
export type AblationRow = Immutable<Static<typeof RowSchema>>;
export type AblationTable = Immutable<Static<typeof AblationTableSchema>>;
