import {
  type Evaluation,
  ReportCalibrationSchema,
  ReportFiguresSchema,
  ReportIntervalsSchema,
  ReportRecordSchema,
  ReportRiskSchema,
} from "../../contracts/report.ts";
import type { LeftOut, OpeningFigures, Scoring, Summary } from "../../contracts/scoring.ts";
import { type Split, SPLITS } from "../../data/splits/splits.ts";
import { databaseOf } from "../redaction.ts";
import { mostErrors } from "./most-errors.ts";
import { trim } from "./trim.ts";

/** Hold-outs first. */
const SETS = SPLITS.toSorted((a, b) => Number(b.isHoldOut) - Number(a.isHoldOut));
const SHOWN_NAMES = 8;

/** How an evaluation found its beats, in its name. */
export const peaksOf = (annotated: boolean): string => (annotated ? "at the annotators' R peaks" : "R peaks as found");

/** Who a set's records are to the model. */
export function whoAre({ isHoldOut }: Split, trainedOn: number, records: number): string {
  if (isHoldOut) return "a hold-out: patients of whom nothing was used in training or choosing";
  if (trainedOn === records)
    return "which the model was trained on: it knows these patients, so the figures say little";
  if (trainedOn > 0) return `${trainedOn} of which the model was trained on: it knows these patients`;
  return "which this model was not trained on, and choices may have been made on";
}

/**
 * The evaluations of a scoring: each split that is whole or in part among its records, hold-outs first; all records where
 * none is.
 */
export function evaluationsOf(scoring: Scoring): Evaluation[] {
  const { model, database, records, annotatedPeaks, splits, perRecord, trainedOn, leftOut = [], ...all } = scoring;
  const without = leftOut.length === 0 ? "" : ` Left out, as they could not be scored: ${namesOf(leftOut)}.`;
  const peaks = peaksOf(annotatedPeaks);
  const rest = {
    hash: model.hash.slice(0, 12),
    command:
      scoring.command ??
      `npm run evaluate -- --db ${databaseOf(database)}${annotatedPeaks ? " --annotated-peaks" : ""} --json OUT`,
  };
  const rows = perRecord.map(({ record, beats, coverage, qrs }) =>
    trim(ReportRecordSchema, { record, accuracy: beats.accuracy, classes: beats.classes, coverage, qrs }),
  );
  const sets = SETS.flatMap((set) => {
    const own = splits[set.name];
    if (!own) return [];
    const known = own.records.filter((record) => trainedOn.includes(record)).length;
    const among = perRecord.filter(({ record }) => own.records.includes(record));
    const errors = mostErrors(among);
    return {
      name: `${set.name}, ${peaks}`,
      remark: `${own.records.length} records of ${set.name}, ${whoAre(set, known, own.records.length)}.${without}`,
      isHoldOut: set.isHoldOut,
      records: [...own.records],
      ...rest,
      ...summaryFigures(own),
      perRecord: rows.filter(({ record }) => own.records.includes(record)),
      ...(errors && { mostErrors: errors }),
    };
  });
  if (sets.length > 0) return sets;
  const errors = mostErrors(perRecord);
  return [
    {
      name: `All records, ${peaks}`,
      remark: `${records.length} records of another database.${without}`,
      isHoldOut: false,
      records: [...records],
      ...rest,
      ...summaryFigures(all),
      perRecord: rows,
      ...(errors && { mostErrors: errors }),
    },
  ];
}

function namesOf(leftOut: readonly LeftOut[]): string {
  const names = leftOut.slice(0, SHOWN_NAMES).map(({ record }) => record);
  return `${names.join(", ")}${leftOut.length > SHOWN_NAMES ? ` and ${leftOut.length - SHOWN_NAMES} more` : ""}`;
}

type Figures = Pick<Evaluation, "figures" | "qrs" | "coverage" | "covered" | "without232">;

function summaryFigures(summary: Summary): Figures & Partial<Evaluation> {
  const { figures, ...others } = openingFigures(summary);
  return {
    figures,
    intervals: trim(ReportIntervalsSchema, summary.intervals),
    ...others,
    calibration: trim(ReportCalibrationSchema, summary.calibration.covered),
    riskCoverage: trim(ReportRiskSchema, summary.riskCoverage),
  };
}

/** The figures that a look at the hold-out leaves in the model's card. */
export function openingFigures({ qrs, beats, gate, without232 }: Omit<OpeningFigures, "records">): Figures {
  return {
    figures: trim(ReportFiguresSchema, beats),
    qrs: { se: qrs.se, ppv: qrs.ppv },
    ...(gate && { coverage: gate.coverage, covered: trim(ReportFiguresSchema, gate.covered.beats) }),
    ...(without232 && { without232: trim(ReportFiguresSchema, without232.beats) }),
  };
}
