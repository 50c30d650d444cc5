import type { FigureSet, Summary } from "../../contracts/scoring.ts";
import { calibrationOf, riskCoverage } from "../calibration.ts";
import { falsePositiveRates, LEARNING_SECONDS, standardFigures } from "../ec57.ts";
import { figuresOf } from "../figures.ts";
import { type Confusion, sumConfusions } from "../score.ts";
import { averageFigures } from "./average.ts";
import { coveredOnly, coverageOf } from "./gate.ts";
import { figureIntervals, resampleFigures } from "./intervals.ts";
import type { ScoredRecord } from "./record.ts";

/** The sick-sinus record that decides the figures of S on DS2. */
const SET_APART = "mitdb/232";

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
  const others = records.filter(({ identity }) => identity !== SET_APART).map(({ confusion }) => confusion);
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
