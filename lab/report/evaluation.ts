import {
  type Evaluation,
  ReportCalibrationSchema,
  ReportFiguresSchema,
  ReportIntervalsSchema,
  ReportRecordSchema,
  ReportRiskSchema,
} from "../../contracts/report.ts";
import type { LeftOut, OpeningFigures, Scoring, Summary } from "../../contracts/scoring.ts";
import { trim } from "./trim.ts";

const SETS = [
  { set: "DS2", who: "the hold-out: patients of whom nothing was used in training or choosing" },
  { set: "DS1", who: "the records that the model was trained on: it knows these patients, so the figures say little" },
] as const;
const SHOWN_NAMES = 8;
const COMMAND = "npm run evaluate -- --db data/files/mitdb/1.0.0";

/** How an evaluation found its beats, in its name. */
export const peaksOf = (annotated: boolean): string => (annotated ? "at the annotators' R peaks" : "R peaks as found");

/**
 * The evaluations of a scoring: each of de Chazal's sets that is whole or in part among its records, the hold-out first;
 * all records where none is.
 */
export function evaluationsOf(scoring: Scoring): Evaluation[] {
  const { model, records, annotatedPeaks, splits, perRecord, leftOut = [], ...all } = scoring;
  const without = leftOut.length === 0 ? "" : ` Left out, as they could not be scored: ${namesOf(leftOut)}.`;
  const peaks = peaksOf(annotatedPeaks);
  const rest = {
    hash: model.hash.slice(0, 12),
    command: `${COMMAND}${annotatedPeaks ? " --annotated-peaks" : ""} --json OUT`,
  };
  const rows = perRecord.map(({ record, beats, coverage, qrs }) =>
    trim(ReportRecordSchema, { record, accuracy: beats.accuracy, classes: beats.classes, coverage, qrs }),
  );
  const sets = SETS.flatMap(({ set, who }) => {
    const own = splits[set];
    if (!own) return [];
    return {
      name: `${set}, ${peaks}`,
      remark: `${own.records.length} records of ${set}, ${who}.${without}`,
      isHoldOut: set === "DS2",
      records: [...own.records],
      ...rest,
      ...summaryFigures(own),
      perRecord: rows.filter(({ record }) => own.records.includes(record)),
    };
  });
  if (sets.length > 0) return sets;
  return [
    {
      name: `All records, ${peaks}`,
      remark: `${records.length} records of another database.${without}`,
      isHoldOut: false,
      records: [...records],
      ...rest,
      ...summaryFigures(all),
      perRecord: rows,
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
