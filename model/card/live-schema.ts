import { Type, type Static } from "typebox";
import { cardSchema, ClassFiguresSchema, count, names, sha256Text } from "./schema.ts";

export const FiguresSchema = Type.Object({
  classes: Type.Object({ N: ClassFiguresSchema, S: ClassFiguresSchema, V: ClassFiguresSchema, F: ClassFiguresSchema }),
  meanF1: Type.Number({ description: "mean F1 of N, S and V; a class without figures counts as 0" }),
});
export type FoldFigures = Static<typeof FiguresSchema>;

const OpeningSchema = Type.Object({
  date: Type.String({ format: "date-time" }),
  command: Type.String(),
  split: Type.Optional(Type.String({ description: "that was looked at; DS2 where it is not said" })),
  hash: sha256Text,
  figures: Type.Record(Type.String(), Type.Unknown()),
});
/** One look at a hold-out. */
export type Opening = Static<typeof OpeningSchema>;

/** The hash is of encode.onnx, step.onnx and, where there is one, gate.json. */
export const CardSchema = cardSchema(
  {
    name: Type.String({ minLength: 1 }),
    classes: Type.Tuple([Type.Literal("N"), Type.Literal("S"), Type.Literal("V"), Type.Literal("F")]),
    windowLength: Type.Integer({ minimum: 1 }),
    embeddingSize: Type.Integer({ minimum: 1 }),
    units: Type.Integer({ minimum: 1, description: "of the LSTM; the state is twice that" }),
    featureNames: names,
    folds: Type.Object({
      remark: Type.String(),
      pooled: Type.Union([FiguresSchema, Type.Null()]),
      databases: Type.Optional(
        Type.Record(Type.String(), FiguresSchema, { description: "of the held-out records of each database" }),
      ),
      each: Type.Array(Type.Object({ heldOut: names, figures: FiguresSchema })),
      perEpoch: Type.Array(Type.Number(), {
        description: "mean over the databases of their mean F1 of N, S and V, after each epoch",
      }),
    }),
    openings: Type.Array(OpeningSchema),
  },
  { beats: Type.Object({ N: count, S: count, V: count, F: count }) },
);
/** The live model's card. */
export type Card = Static<typeof CardSchema>;
