import { type Static, Type } from "typebox";
import { INJECTION_KINDS, type InjectionKind } from "./drift.ts";
import { type Immutable, nullable } from "./schema.ts";
import { brier, byClass, figures, intervals, IntervalSchema, leftOut, mitdb, perFigure, share } from "./scoring.ts";

/** What `npm run replay -- --json` writes. Fractions are null where there is nothing to divide by. */

const names = Type.Array(Type.String());
const difference = Type.Object({ value: nullable(Type.Number()), interval: IntervalSchema });
const variant = {
  ...figures,
  intervals,
  change: nullable(
    Type.Object(perFigure(difference), {
      description: "against the clean run, paired by record and resample; null in the clean run",
    }),
  ),
};
const VariantSchema = Type.Object(variant);

const RecordSchema = Type.Object({
  record: Type.String(),
  mitdb,
  se: share,
  ppv: share,
  accuracy: share,
  coverage: share,
  f1: byClass(share),
  support: byClass(Type.Integer({ minimum: 0 })),
});

const run = {
  ...variant,
  coverage: nullable(
    Type.Number({ minimum: 0, maximum: 1, description: "of the beats found, the share not rejected" }),
  ),
  covered: VariantSchema,
  ungated: VariantSchema,
  calibration: Type.Object({ ece: share, brier, covered: Type.Object({ ece: share, brier }) }),
  perRecord: Type.Array(RecordSchema),
};
const RunSchema = Type.Object(run, {
  description: "a rejected beat is an error; covered: where a beat is called; ungated: with nothing rejected",
});
const driftRun = { ...run, after: Type.Optional(RunSchema) };
const DriftRunSchema = Type.Object(driftRun, {
  description: "after: what follows the drift, where it ends before the records do",
});
const DriftSchema = Type.Object({
  drift: Type.String({ description: "in the grammar of contracts/drift.ts" }),
  family: nullable(Type.Enum(Object.keys(INJECTION_KINDS) as InjectionKind[])),
  severity: nullable(Type.Number({ description: "in the family's unit" })),
  unit: nullable(Type.String()),
  detectors: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  ...driftRun,
});

export const ReplaySchema = Type.Object({
  version: Type.Literal(1),
  command: Type.String(),
  database: Type.String(),
  records: names,
  seed: Type.Integer(),
  toleranceMs: Type.Number({ minimum: 0 }),
  stretch: Type.Object(
    { fromSeconds: Type.Number(), toSeconds: nullable(Type.Number()) },
    { description: "what is scored, of the clean run too; null: to each record's end" },
  ),
  noise: Type.String({ description: "what noise comes from, so that it is not the training's" }),
  model: Type.Object({ name: Type.String(), hash: Type.String({ minLength: 1 }) }),
  trainedOn: names,
  leftOut,
  clean: DriftRunSchema,
  cells: Type.Array(DriftSchema, { description: "the grid, or the drifts asked for" }),
});

const short = Type.Object({ called: share, accuracy: share, f1: Type.Record(Type.String(), share) });
/** What a replay of the hold-out leaves in the model's card, by drift. */
export const ReplayOpeningFiguresSchema = Type.Object({
  records: names,
  clean: short,
  drift: Type.Record(Type.String(), short),
});
export type ReplayOpeningFigures = Immutable<Static<typeof ReplayOpeningFiguresSchema>>;

/** Gross figures of a run with their intervals over records, and what they are more or less than in the clean run. */
export type RunVariant = Immutable<Static<typeof VariantSchema>>;
/** What a pass over the records is worth. */
export type RunFigures = Immutable<Static<typeof RunSchema>>;
export type RecordFigures = Immutable<Static<typeof RecordSchema>>;
export type DriftFigures = Immutable<Static<typeof DriftRunSchema>>;
export type DriftResult = Immutable<Static<typeof DriftSchema>>;
export type Replay = Immutable<Static<typeof ReplaySchema>>;
