import { Type, type Static } from "typebox";
import { ClassFiguresSchema, count, names, sha256Text } from "./common.ts";

export const FiguresSchema = Type.Object({
  classes: Type.Object({ N: ClassFiguresSchema, S: ClassFiguresSchema, V: ClassFiguresSchema, F: ClassFiguresSchema }),
  meanF1: Type.Number({ description: "mean F1 of N, S and V; a class without figures counts as 0" }),
});
export type Figures = Static<typeof FiguresSchema>;

const OpeningSchema = Type.Object({
  date: Type.String({ format: "date-time" }),
  command: Type.String(),
  hash: sha256Text,
  figures: Type.Record(Type.String(), Type.Unknown()),
});
/** One look at DS2, the hold-out. */
export type Opening = Static<typeof OpeningSchema>;

export const CardSchema = Type.Object({
  version: Type.Literal(1),
  name: Type.String({ minLength: 1 }),
  hash: Type.String({
    pattern: "^[0-9a-f]{64}$",
    description: "SHA-256 over encode.onnx, step.onnx and, where there is one, gate.json",
  }),
  classes: Type.Tuple([Type.Literal("N"), Type.Literal("S"), Type.Literal("V"), Type.Literal("F")]),
  windowLength: Type.Integer({ minimum: 1 }),
  embeddingSize: Type.Integer({ minimum: 1 }),
  units: Type.Integer({ minimum: 1, description: "of the LSTM; the state is twice that" }),
  featureNames: names,
  parameters: count,
  training: Type.Object({
    date: Type.String({ format: "date-time" }),
    command: Type.String(),
    seed: Type.Integer(),
    epochs: count,
    database: Type.String(),
    records: names,
    beats: Type.Object({ N: count, S: count, V: count, F: count }),
    settings: Type.Record(Type.String(), Type.Unknown()),
  }),
  folds: Type.Object({
    remark: Type.String(),
    pooled: Type.Union([FiguresSchema, Type.Null()]),
    each: Type.Array(Type.Object({ heldOut: names, figures: FiguresSchema })),
    perEpoch: Type.Array(Type.Number(), { description: "pooled mean F1 of N, S and V after each epoch" }),
  }),
  limits: names,
  files: Type.Record(Type.String(), sha256Text),
  openings: Type.Array(OpeningSchema),
});
/** What a model's folder says of its model: where it comes from, what it reached, what it must not be used for. */
export type Card = Static<typeof CardSchema>;
