import { BOOTSTRAP, type Draws, type Interval, intervalOf, resample } from "../bootstrap.ts";
import { falsePositiveRates } from "../ec57.ts";
import { figuresOf, SCORED_CLASSES, type ScoredClass } from "../figures.ts";
import { type Confusion, sumConfusions } from "../score.ts";
import { coverageOf } from "./gate.ts";

/** One value for each gross figure. */
export interface PerFigure<T> {
  readonly qrs: { readonly se: T; readonly ppv: T };
  readonly accuracy: T;
  readonly macroF1: T;
  readonly coverage: T;
  readonly classes: Readonly<Record<ScoredClass, { readonly se: T; readonly ppv: T; readonly f1: T; readonly fpr: T }>>;
}

/** Bootstrap intervals over records; null where there are too few records (bootstrap.ts). */
export interface FigureIntervals extends PerFigure<Interval | null> {
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

/** A difference of two figures, with its interval over records. */
export interface Difference {
  readonly value: number | null;
  readonly interval: Interval | null;
}

type Flat = Readonly<Record<string, number | null>>;

/** Gross figures of records, and the same of each resample of the records. */
export interface ResampledFigures {
  readonly gross: Flat;
  readonly draws: Readonly<Record<string, Draws>>;
}

/** Resamples records with these confusions. */
export const resampleFigures = (confusions: readonly Confusion[]): ResampledFigures => ({
  gross: flatten(sumConfusions(confusions)),
  draws: resample(confusions, (drawn) => flatten(sumConfusions(drawn))),
});

export function figureIntervals({ draws }: ResampledFigures): FigureIntervals {
  return { ...BOOTSTRAP, ...perFigure((name) => intervalOf(draws[name])) };
}

/**
 * What the gross figures of the same records are more (or less) in `after` than in `before`. Paired: each resample draws
 * the same records of both, so that what differs between records and not between the two does not widen the intervals.
 */
export function figureChanges(before: ResampledFigures, after: ResampledFigures): PerFigure<Difference> {
  return perFigure((name) => {
    const [from, to] = [before.gross[name], after.gross[name]];
    return {
      value: from === null || to === null ? null : to - from,
      interval: intervalOf(after.draws[name].map((value, i) => value - before.draws[name][i])),
    };
  });
}

const CLASS_NAMES = SCORED_CLASSES.map((name) => ({
  name,
  keys: [`${name}.se`, `${name}.ppv`, `${name}.f1`, `${name}.fpr`] as const,
}));

/** Called for every resample. */
function flatten(confusion: Confusion): Flat {
  const { qrs, beats } = figuresOf(confusion);
  const rates = falsePositiveRates(confusion);
  const flat: Record<string, number | null> = {
    "qrs.se": qrs.se,
    "qrs.ppv": qrs.ppv,
    accuracy: beats.accuracy,
    macroF1: beats.macroF1,
    coverage: coverageOf(confusion),
  };
  for (const { name, keys } of CLASS_NAMES) {
    const [se, ppv, f1, fpr] = keys;
    const figures = beats.classes[name];
    flat[se] = figures.se;
    flat[ppv] = figures.ppv;
    flat[f1] = figures.f1;
    flat[fpr] = rates[name];
  }
  return flat;
}

function perFigure<T>(of: (name: string) => T): PerFigure<T> {
  const classes = SCORED_CLASSES.map((name) => [
    name,
    { se: of(`${name}.se`), ppv: of(`${name}.ppv`), f1: of(`${name}.f1`), fpr: of(`${name}.fpr`) },
  ]);
  return {
    qrs: { se: of("qrs.se"), ppv: of("qrs.ppv") },
    accuracy: of("accuracy"),
    macroF1: of("macroF1"),
    coverage: of("coverage"),
    classes: Object.fromEntries(classes) as PerFigure<T>["classes"],
  };
}
