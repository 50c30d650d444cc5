import type { RecordFigures, RunFigures, RunVariant } from "../../contracts/replay.ts";
import { calibrationFrom } from "../../scoring/calibration.ts";
import { figuresOf, SCORED_CLASSES, type ScoredClass } from "../../scoring/figures.ts";
import { type Confusion, sumConfusions } from "../../scoring/score.ts";
import { coveredOnly, coverageOf } from "../../scoring/summary/gate.ts";
import {
  figureChanges,
  figureIntervals,
  type ResampledFigures,
  resampleFigures,
} from "../../scoring/summary/intervals.ts";
import type { RecordPass } from "./replay-record.ts";

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

function recordFigures({ record, mitdb, confusion }: RecordPass): RecordFigures {
  const { qrs, beats } = figuresOf(confusion);
  const { classes } = figuresOf(coveredOnly(confusion)).beats;
  const each = <T>(of: (name: ScoredClass) => T): Readonly<Record<ScoredClass, T>> =>
    Object.fromEntries(SCORED_CLASSES.map((name) => [name, of(name)])) as Record<ScoredClass, T>;
  return {
    record,
    mitdb,
    se: qrs.se,
    ppv: qrs.ppv,
    accuracy: beats.accuracy,
    coverage: coverageOf(confusion),
    f1: each((name) => classes[name].f1),
    support: each((name) => beats.classes[name].support),
  };
}
