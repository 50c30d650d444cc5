import { calibrationFrom } from "../../scoring/calibration.ts";
import { type Figures, figuresOf, SCORED_CLASSES, type ScoredClass } from "../../scoring/figures.ts";
import { type Confusion, sumConfusions } from "../../scoring/score.ts";
import { coveredOnly, coverageOf } from "../../scoring/summary/gate.ts";
import {
  type Difference,
  figureChanges,
  type FigureIntervals,
  figureIntervals,
  type PerFigure,
  type ResampledFigures,
  resampleFigures,
} from "../../scoring/summary/intervals.ts";
import type { RecordPass } from "./replay-record.ts";

/** Gross figures of a run with their intervals over records, and what they are more or less than in the clean run. */
export interface RunVariant extends Figures {
  readonly intervals: FigureIntervals;
  /** Paired by record and resample; null in the clean run. */
  readonly change: PerFigure<Difference> | null;
}

/** What a pass over the records is worth. Fractions 0 to 1, null where there is nothing to divide by. */
export interface RunFigures extends RunVariant {
  /** Of the reference's beats that were found, the share that the gate did not reject (Q). */
  readonly coverage: number | null;
  /** Where a beat is called; in the figures above a rejected beat is an error. */
  readonly covered: RunVariant;
  /** Nothing rejected: the model's most probable class of every beat. */
  readonly ungated: RunVariant;
  /** Of beats found; `covered`: of those not rejected. */
  readonly calibration: {
    readonly ece: number | null;
    readonly brier: number | null;
    readonly covered: { readonly ece: number | null; readonly brier: number | null };
  };
  readonly perRecord: readonly RecordFigures[];
}

export interface RecordFigures {
  readonly record: string;
  readonly se: number | null;
  readonly ppv: number | null;
  readonly accuracy: number | null;
  readonly coverage: number | null;
  /** Where a beat is called. */
  readonly f1: Readonly<Record<ScoredClass, number | null>>;
  readonly support: Readonly<Record<ScoredClass, number>>;
}

/** The confusions of a pass over records, resampled: what another pass is compared with. */
export type ResampledPass = Readonly<Record<Way, ResampledFigures>>;

/** A beat that the gate rejects is an error, is left out, or is called all the same. */
type Way = "gross" | "covered" | "ungated";

const WAYS: Readonly<Record<Way, (pass: RecordPass) => Confusion>> = {
  gross: ({ confusion }) => confusion,
  covered: ({ confusion }) => coveredOnly(confusion),
  ungated: ({ ungated }) => ungated,
};

export const resamplePass = (records: readonly RecordPass[]): ResampledPass => ({
  gross: resampleFigures(records.map(WAYS.gross)),
  covered: resampleFigures(records.map(WAYS.covered)),
  ungated: resampleFigures(records.map(WAYS.ungated)),
});

/** The figures of a pass over records; `clean`: the same records' without drift, null for the clean run itself. */
export function runFigures(
  records: readonly RecordPass[],
  clean: ResampledPass | null,
  own = resamplePass(records),
): RunFigures {
  const variant = (way: Way): RunVariant => ({
    ...figuresOf(sumConfusions(records.map(WAYS[way]))),
    intervals: figureIntervals(own[way]),
    change: clean && figureChanges(clean[way], own[way]),
  });
  const all = calibrationFrom(records.map(({ calibration }) => calibration));
  const covered = calibrationFrom(records.map(({ coveredCalibration }) => coveredCalibration));
  return {
    ...variant("gross"),
    coverage: coverageOf(sumConfusions(records.map(({ confusion }) => confusion))),
    covered: variant("covered"),
    ungated: variant("ungated"),
    calibration: { ece: all.ece, brier: all.brier, covered: { ece: covered.ece, brier: covered.brier } },
    perRecord: records.map(recordFigures),
  };
}

function recordFigures({ record, confusion }: RecordPass): RecordFigures {
  const { qrs, beats } = figuresOf(confusion);
  const { classes } = figuresOf(coveredOnly(confusion)).beats;
  const each = <T>(of: (name: ScoredClass) => T): Readonly<Record<ScoredClass, T>> =>
    Object.fromEntries(SCORED_CLASSES.map((name) => [name, of(name)])) as Record<ScoredClass, T>;
  return {
    record,
    se: qrs.se,
    ppv: qrs.ppv,
    accuracy: beats.accuracy,
    coverage: coverageOf(confusion),
    f1: each((name) => classes[name].f1),
    support: each((name) => beats.classes[name].support),
  };
}
