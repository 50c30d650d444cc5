import { type Static, type TSchema, Type } from "typebox";
import { fraction, type Immutable, nullable } from "./schema.ts";

/** What `npm run evaluate -- --json` writes, and what its parts are. Fractions are null where there is nothing to divide by. */

const count = Type.Integer({ minimum: 0 });
const names = Type.Array(Type.String());
export const share = nullable(fraction);
/** One value for each class that is scored. */
export const byClass = <T extends TSchema>(value: T) => Type.Object({ N: value, S: value, V: value, F: value });

/** Lower and upper end; null where there were too few records. */
export const IntervalSchema = nullable(Type.Tuple([Type.Number(), Type.Number()]));

const qrs = Type.Object(
  { truePositives: count, falseNegatives: count, falsePositives: count, se: share, ppv: share },
  { description: "detection: Se = TP / (TP + FN), +P = TP / (TP + FP)" },
);
const order = Type.Tuple(
  [Type.Literal("N"), Type.Literal("S"), Type.Literal("V"), Type.Literal("F"), Type.Literal("Q"), Type.Literal("O")],
  { description: "of the confusion; O: missed (column) or false (row)" },
);
const beats = Type.Object({
  accuracy: share,
  macroF1: nullable(Type.Number({ minimum: 0, maximum: 1, description: "of the classes in reference or prediction" })),
  order,
  confusion: Type.Array(Type.Array(count), { description: "rows: reference; columns: called" }),
  classes: byClass(Type.Object({ se: share, ppv: share, f1: share, support: count })),
});
/** Detection and classification, over all beats of some records (gross). */
export const figures = { qrs, beats };

/** One value for each gross figure. */
export const perFigure = <T extends TSchema>(value: T) => ({
  qrs: Type.Object({ se: value, ppv: value }),
  accuracy: value,
  macroF1: value,
  coverage: value,
  classes: byClass(Type.Object({ se: value, ppv: value, f1: value, fpr: value })),
});

/** Bootstrap intervals over records. */
export const intervals = Type.Object({ level: fraction, resamples: count, seed: count, ...perFigure(IntervalSchema) });

const average = Type.Object(
  {
    qrs: Type.Object({ se: share, ppv: share }),
    accuracy: share,
    macroF1: share,
    classes: byClass(Type.Object({ se: share, ppv: share, f1: share, fpr: share, records: count })),
  },
  { description: "means over the records that have the figure" },
);
const figureSet = { ...figures, fpr: byClass(share), average, intervals };
const FigureSetSchema = Type.Object(figureSet, { description: "gross figures with their intervals, and averages" });

const standard = Type.Object({ se: share, ppv: share, fpr: share });
const bin = Type.Object({ from: fraction, to: fraction, count, confidence: share, accuracy: share });
export const brier = nullable(Type.Number({ minimum: 0, maximum: 2 }));
const calibration = Type.Object({ beats: count, ece: share, brier, bins: Type.Array(bin) });
const riskPoint = Type.Object({ threshold: fraction, coverage: fraction, risk: fraction, f1: byClass(share) });

const summary = {
  ...figureSet,
  ec57: Type.Object(
    { skipSeconds: Type.Number(), ...figureSet, standard: Type.Object({ V: standard, S: standard }) },
    { description: "without EC57's learning period; standard: V and S by the standard's own rules" },
  ),
  without232: Type.Optional(FigureSetSchema),
  gate: Type.Object(
    { coverage: share, covered: FigureSetSchema, ungated: FigureSetSchema },
    { description: "rejection: where a beat is called, and with nothing rejected" },
  ),
  calibration: Type.Object(
    { all: calibration, covered: calibration },
    { description: "of the beats found; covered: of those that the gate did not reject" },
  ),
  riskCoverage: Type.Object(
    { area: share, points: Type.Array(riskPoint) },
    { description: "of the beats not rejected" },
  ),
};
const SummarySchema = Type.Object(summary);

/** A record that is in no figure. */
const LeftOutSchema = Type.Object({
  record: Type.String(),
  code: Type.String({ description: "of contracts/errors.ts" }),
  reason: Type.String({ description: "one line with the place and the remedy" }),
});
export type LeftOut = Immutable<Static<typeof LeftOutSchema>>;
/** Of a run over records; results of before it was written have none. */
export const leftOut = Type.Optional(Type.Array(LeftOutSchema, { description: "records that could not be scored" }));

/** Which of MIT-BIH's records a record is by its samples, whatever it is called; null: none of them. */
export const mitdb = Type.Optional(nullable(Type.String()));
/** Which known recording a record is by its samples, as in mitdb/101, svdb/802; null: none of them. */
const identity = Type.Optional(nullable(Type.String()));

export const ScoringSchema = Type.Object({
  command: Type.Optional(Type.String({ description: "that made it, without folders of a machine" })),
  database: Type.String(),
  records: names,
  toleranceMs: Type.Number({ minimum: 0 }),
  skipSeconds: Type.Number({ minimum: 0 }),
  annotatedPeaks: Type.Boolean({ description: "beats were classified at the reference's R peaks" }),
  trainedOn: Type.Array(Type.String(), { description: "of the records: their figures say nothing of other patients" }),
  model: Type.Object({ name: Type.String(), hash: Type.String({ minLength: 1 }) }),
  ...summary,
  perRecord: Type.Array(Type.Object({ record: Type.String(), identity, mitdb, ...figures, coverage: share })),
  leftOut,
  splits: Type.Record(Type.String(), Type.Object({ records: names, ...summary }), {
    description:
      "DS1, DS2, SVDB development, SVDB report, as far as their records are among these by their samples, each once",
  }),
});

/** What one look at a hold-out leaves in the model's card, under the names above. */
export const OpeningFiguresSchema = Type.Object({
  records: names,
  annotatedPeaks: Type.Optional(Type.Boolean()),
  ...figures,
  without232: Type.Optional(Type.Object({ beats })),
  gate: Type.Optional(Type.Object({ coverage: share, covered: Type.Object({ beats }) })),
  calibration: Type.Optional(Type.Object({ covered: Type.Object({ ece: share, brier }) })),
});

export type FigureSet = Immutable<Static<typeof FigureSetSchema>>;
/** All that is said of a set of records. */
export type Summary = Immutable<Static<typeof SummarySchema>>;
export type Scoring = Immutable<Static<typeof ScoringSchema>>;
export type OpeningFigures = Immutable<Static<typeof OpeningFiguresSchema>>;
