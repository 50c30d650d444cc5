import { Type, type Static, type TSchema } from "typebox";
import { ChallengeReportSchema, RhythmReportSchema } from "./rhythm-report.ts";
import { fraction, nullable } from "./schema.ts";

/** GET /api/report, and model/artifacts/report.json: what `npm run report` gathered. */
export const REPORT_PATH = "/api/report";

const count = Type.Integer({ minimum: 0 });
const share = nullable(fraction);
const names = Type.Array(Type.String());
const byName = <T extends TSchema>(value: T) => Type.Record(Type.String(), value);

/** Lower and upper end; null where there were too few records. */
const interval = nullable(Type.Tuple([Type.Number(), Type.Number()]));
const intervals = byName(Type.Object({ se: interval, ppv: interval, f1: interval }));

/** Se = TP / (TP + FN), +P = TP / (TP + FP); null where there is nothing to divide by. */
const ReportClassSchema = Type.Object({ se: share, ppv: share, f1: share, support: count });

export const ReportFiguresSchema = Type.Object({
  accuracy: share,
  macroF1: share,
  classes: byName(ReportClassSchema),
  order: Type.Optional(
    Type.Array(Type.String(), { description: "of the confusion; O: missed (column) or false (row)" }),
  ),
  confusion: Type.Optional(Type.Array(Type.Array(count), { description: "rows: reference; columns: called" })),
});

/** 95 % intervals over records, drawn with replacement. */
export const ReportIntervalsSchema = Type.Object({
  level: fraction,
  accuracy: interval,
  macroF1: interval,
  classes: intervals,
});

export const ReportCalibrationSchema = Type.Object({
  beats: count,
  ece: share,
  bins: Type.Array(Type.Object({ from: fraction, to: fraction, count, confidence: share, accuracy: share }), {
    description: "by the probability of the class called",
  }),
});

export const ReportRiskSchema = Type.Object({
  area: share,
  points: Type.Array(Type.Object({ threshold: fraction, coverage: fraction, risk: fraction })),
});

export const ReportRecordSchema = Type.Object({
  record: Type.String(),
  accuracy: share,
  coverage: Type.Optional(share),
  qrs: Type.Optional(Type.Object({ se: share, ppv: share })),
  classes: byName(ReportClassSchema),
});
export type ReportRecord = Static<typeof ReportRecordSchema>;

/** A record whose beats of S and V are most often missed or called falsely. */
export const ErrorRecordSchema = Type.Object({
  record: Type.String(),
  missed: byName(count),
  falselyCalled: byName(count),
});
export type ErrorRecord = Static<typeof ErrorRecordSchema>;

const Spread = Type.Object({ mean: Type.Number(), sd: Type.Number() });

/** One set of beats that a model was scored on. */
export const EvaluationSchema = Type.Object({
  name: Type.String({ description: "as in DS2, R peaks as found" }),
  remark: Type.String({ description: "on whom, and how" }),
  isHoldOut: Type.Boolean({ description: "patients of whom nothing was used in training or choosing" }),
  command: nullable(Type.String()),
  hash: nullable(
    Type.String({ description: "the model that was scored; null: models of the same recipe, as in folds" }),
  ),
  records: names,
  figures: ReportFiguresSchema,
  intervals: Type.Optional(ReportIntervalsSchema),
  qrs: Type.Optional(Type.Object({ se: share, ppv: share })),
  coverage: Type.Optional(share),
  covered: Type.Optional(ReportFiguresSchema),
  without232: Type.Optional(ReportFiguresSchema),
  calibration: Type.Optional(ReportCalibrationSchema),
  riskCoverage: Type.Optional(ReportRiskSchema),
  spread: Type.Optional(Type.Object({ folds: count, accuracy: Spread, macroF1: Spread })),
  perRecord: Type.Optional(Type.Array(ReportRecordSchema)),
  mostErrors: Type.Optional(
    Type.Object(
      {
        share: Type.Number({ minimum: 0, maximum: 1, description: "of all missed and false S and V of the set" }),
        records: Type.Array(ErrorRecordSchema),
      },
      { description: "the five records with most missed and falsely called S and V; S called V is one of each" },
    ),
  ),
});
export type Evaluation = Static<typeof EvaluationSchema>;

/** Figures where a beat is called, as a drift grows. */
export const DriftFamilySchema = Type.Object({
  family: Type.String({ description: "em, bw, ma: recorded noise, dB; wander, mV; gain, times" }),
  unit: Type.String(),
  points: Type.Array(
    Type.Object({
      severity: Type.Number(),
      coverage: share,
      accuracy: share,
      f1: byName(share),
      intervals: Type.Optional(byName(interval)),
    }),
  ),
});
export type DriftFamily = Static<typeof DriftFamilySchema>;

export const RobustnessSchema = Type.Object({
  command: nullable(Type.String()),
  hash: Type.String(),
  records: names,
  clean: Type.Object({ coverage: share, accuracy: share, f1: byName(share) }),
  families: Type.Array(DriftFamilySchema),
});
export type Robustness = Static<typeof RobustnessSchema>;

export const AblationSchema = Type.Object({
  command: nullable(Type.String()),
  rows: Type.Array(
    Type.Object({
      recipe: Type.String(),
      what: Type.String(),
      meanF1: nullable(Type.Number()),
      f1: byName(share),
      delta: nullable(Type.Number({ description: "of the mean F1, against the first row" })),
      isFloor: Type.Boolean({ description: "the simple model that must be beaten" }),
    }),
  ),
});
export type Ablation = Static<typeof AblationSchema>;

/** How often beats are called S where there is none (contracts/false-s.ts), of one split. */
export const ReportFalseSSchema = Type.Object({
  command: Type.String(),
  hash: Type.String(),
  isHoldOut: Type.Boolean(),
  trainedOn: names,
  groups: Type.Array(
    Type.Object({
      name: Type.String(),
      truth: Type.String({ description: "by which a beat called S is none" }),
      records: count,
      hours: Type.Number({ minimum: 0 }),
      calledS: count,
      falseS: nullable(count),
      perHour: nullable(Type.Number({ description: "false ones; called ones where it is not known which are" })),
      interval,
      shareWithS: share,
    }),
  ),
});
export type ReportFalseS = Static<typeof ReportFalseSSchema>;

/** One look at a hold-out. */
export const ReportOpeningSchema = Type.Object({
  date: Type.String(),
  command: Type.String(),
  split: Type.Optional(Type.String({ description: "that was looked at; DS2 where it is not said" })),
  hash: Type.String(),
  summary: Type.String(),
});
export type ReportOpening = Static<typeof ReportOpeningSchema>;

export const ModelReportSchema = Type.Object({
  name: Type.String(),
  hash: Type.String(),
  input: Type.String({ description: "what it is given and what it answers, in a sentence" }),
  parameters: count,
  training: Type.Object({
    date: Type.String(),
    command: Type.String(),
    seed: Type.Integer(),
    database: Type.String(),
    records: names,
    beats: byName(count),
  }),
  limits: names,
  evaluations: Type.Array(EvaluationSchema, { description: "those that tell most first" }),
  robustness: Type.Optional(RobustnessSchema),
  ablation: Type.Optional(AblationSchema),
  falseS: Type.Optional(Type.Array(ReportFalseSSchema)),
  rhythms: Type.Optional(Type.Array(RhythmReportSchema, { description: "hold-outs first" })),
  challenge: Type.Optional(Type.Array(ChallengeReportSchema, { description: "hold-outs first" })),
  openings: Type.Optional(Type.Array(ReportOpeningSchema)),
});
export type ModelReport = Static<typeof ModelReportSchema>;

const measured = Type.Object({ value: share, interval: Type.Optional(interval) });
/** One detector or classifier on one set of records; what it does not tell is not there. */
export const GeneralisationRowSchema = Type.Object({
  kind: Type.Union([Type.Literal("model"), Type.Literal("tool"), Type.Literal("published")], {
    description:
      "model: of this repository; tool: a public one, run on the same records; published: figures of a paper",
  }),
  name: Type.String(),
  remark: Type.String({ description: "what it learned from, the tool's version, or the paper" }),
  hash: nullable(Type.String()),
  command: nullable(Type.String()),
  qrs: Type.Optional(Type.Object({ se: measured, ppv: measured })),
  accuracy: Type.Optional(measured),
  classes: Type.Optional(byName(Type.Object({ se: measured, ppv: measured, f1: measured }))),
  coverage: Type.Optional(share),
  ece: Type.Optional(share),
});
export type GeneralisationRow = Static<typeof GeneralisationRowSchema>;

/** How far each holds up on patients of another database: a set of records each, none of them learned from. */
export const GeneralisationSchema = Type.Array(
  Type.Object({
    name: Type.String({ description: "as in DS2, SVDB report" }),
    remark: Type.String(),
    beats: byName(count),
    rows: Type.Array(GeneralisationRowSchema),
  }),
);
export type Generalisation = Static<typeof GeneralisationSchema>;

export const ReportSchema = Type.Object({
  version: Type.Literal(1),
  date: Type.String(),
  command: Type.String(),
  generalisation: Type.Optional(GeneralisationSchema),
  live: nullable(ModelReportSchema),
  rows: nullable(ModelReportSchema),
});
export type Report = Static<typeof ReportSchema>;
