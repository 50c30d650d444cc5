import { type Calibration, calibrationOf, type RiskCoverage, riskCoverage } from "../calibration.ts";
import { falsePositiveRates, LEARNING_SECONDS, standardFigures } from "../ec57.ts";
import { type Figures, figuresOf, type ScoredClass } from "../figures.ts";
import { type Confusion, sumConfusions } from "../score.ts";
import { type AverageFigures, averageFigures } from "./average.ts";
import { coveredOnly, coverageOf } from "./gate.ts";
import { type FigureIntervals, figureIntervals, resampleFigures } from "./intervals.ts";
import type { ScoredRecord } from "./record.ts";

/** Figures of several records: gross ones with their intervals, and averages. */
export interface FigureSet extends Figures {
  readonly fpr: Readonly<Record<ScoredClass, number | null>>;
  readonly average: AverageFigures;
  readonly intervals: FigureIntervals;
}

/** All that is said of a set of records. Fractions 0 to 1, null where there is nothing to divide by. */
export interface Summary extends FigureSet {
  /** Without EC57's learning period; `standard`: V and S by the standard's own rules. */
  readonly ec57: FigureSet & {
    readonly skipSeconds: number;
    readonly standard: ReturnType<typeof standardFigures>;
  };
  /** Present where record 232, with most S beats of DS2, is among the records: the figures of the others. */
  readonly without232?: FigureSet;
  /** Rejection by the gate: figures where a beat is called, and those without rejection. */
  readonly gate: {
    readonly coverage: number | null;
    readonly covered: FigureSet;
    readonly ungated: FigureSet;
  };
  /** Of the beats found, by the model's probabilities; `covered`: of those that the gate did not reject. */
  readonly calibration: { readonly all: Calibration; readonly covered: Calibration };
  /** Of the beats that the gate did not reject. */
  readonly riskCoverage: RiskCoverage;
}

/** The sick-sinus record that decides the figures of S on DS2. */
const SET_APART = "232";

/** Gross, average and interval figures of records with these confusions. */
export function figureSet(confusions: readonly Confusion[]): FigureSet {
  const gross = sumConfusions(confusions);
  return {
    ...figuresOf(gross),
    fpr: falsePositiveRates(gross),
    average: averageFigures(confusions),
    intervals: figureIntervals(resampleFigures(confusions)),
  };
}

/** Sums up records. */
export function summarise(records: readonly ScoredRecord[]): Summary {
  const confusions = records.map(({ confusion }) => confusion);
  const learnt = records.map((record) => record.learnt);
  const others = records.filter(({ record }) => record !== SET_APART).map(({ confusion }) => confusion);
  const answers = records.flatMap((record) => record.answers);
  const covered = answers.filter(({ rejected }) => !rejected);
  return {
    ...figureSet(confusions),
    ec57: {
      skipSeconds: LEARNING_SECONDS,
      ...figureSet(learnt),
      standard: standardFigures(sumConfusions(learnt)),
    },
    ...(others.length < confusions.length && others.length > 0 && { without232: figureSet(others) }),
    gate: {
      coverage: coverageOf(sumConfusions(confusions)),
      covered: figureSet(confusions.map(coveredOnly)),
      ungated: figureSet(records.map(({ ungated }) => ungated)),
    },
    calibration: { all: calibrationOf(answers), covered: calibrationOf(covered) },
    riskCoverage: riskCoverage(covered),
  };
}
