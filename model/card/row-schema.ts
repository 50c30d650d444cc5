import { Type, type Static, type TSchema } from "typebox";
import { BEAT_CLASSES } from "../../contracts/beat.ts";
import { fraction, nullable } from "../../contracts/schema.ts";
import { cardSchema, ClassFiguresSchema, count, names } from "./schema.ts";

const byClass = <T extends TSchema>(value: T) => Type.Object({ N: value, S: value, V: value, F: value, Q: value });
const CLASSES = Type.Tuple([
  Type.Literal("N"),
  Type.Literal("S"),
  Type.Literal("V"),
  Type.Literal("F"),
  Type.Literal("Q"),
]);

/** Figures over rows of five classes (scoring/rows.ts). */
const RowFiguresSchema = Type.Object({
  rows: count,
  accuracy: fraction,
  macroF1: Type.Number({ minimum: 0, maximum: 1, description: "mean F1 of the classes in reference or prediction" }),
  order: Type.Array(Type.Enum([...BEAT_CLASSES])),
  confusion: Type.Array(Type.Array(count), { description: "rows: reference; columns: prediction; both in order" }),
  classes: byClass(ClassFiguresSchema),
});

const Spread = Type.Object({ mean: Type.Number(), sd: Type.Number({ description: "of the folds, n − 1" }) });

/** Folds each held out once from a training of their own. */
const FoldsSchema = Type.Object({
  remark: Type.String(),
  command: Type.String(),
  date: Type.String({ format: "date-time" }),
  epochs: count,
  folds: Type.Array(Type.Object({ heldOut: names, figures: RowFiguresSchema })),
  accuracy: Spread,
  macroF1: Spread,
  pooled: RowFiguresSchema,
});
export type RowFolds = Static<typeof FoldsSchema>;

/** The hash is of rows.onnx; `training.epochs` are those of the schedule that were run. */
export const RowCardSchema = cardSchema(
  {
    name: Type.Literal("rows"),
    classes: CLASSES,
    rowLength: Type.Integer({ minimum: 1, description: "samples at 125 Hz" }),
    mflopPerRow: Type.Number({ minimum: 0, description: "millions of floating-point operations a row" }),
    test: Type.Object({
      remark: Type.String(),
      figures: RowFiguresSchema,
      calibrationError: Type.Object(
        { before: fraction, after: fraction },
        { description: "expected calibration error on the test rows, before and after the temperature" },
      ),
    }),
    randomFolds: nullable(FoldsSchema),
    recordFolds: nullable(FoldsSchema),
    recordFoldsWithSvdb: Type.Optional(FoldsSchema),
  },
  {
    bestEpochs: Type.Integer({ minimum: 0, description: "epochs after which the weights were kept" }),
    rows: byClass(count),
    split: Type.String(),
    temperature: Type.Number({ minimum: 0, description: "that the logits are divided by, within the network" }),
    minutes: Type.Number({ minimum: 0 }),
    log: Type.Array(
      Type.Object({
        epoch: count,
        loss: Type.Number(),
        validation: nullable(Type.Object({ accuracy: fraction, macroF1: fraction })),
        seconds: Type.Number(),
      }),
    ),
  },
);
/** The row model's card. */
export type RowCard = Static<typeof RowCardSchema>;
