import { bootstrap, BOOTSTRAP, type Interval } from "../bootstrap.ts";
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

/** Intervals of the gross figures of records with these confusions. */
export function figureIntervals(confusions: readonly Confusion[]): FigureIntervals {
  const intervals = bootstrap(confusions, (drawn) => flatten(sumConfusions(drawn)));
  return { ...BOOTSTRAP, ...perFigure((name) => intervals[name]) };
}

/**
 * What the gross figures of the same records are more (or less) in `after` than in `before`. Paired: each resample draws
 * a record's both confusions, so that what differs between records and not between the two does not widen the intervals.
 */
export function figureChanges(before: readonly Confusion[], after: readonly Confusion[]): PerFigure<Difference> {
  const pairs = before.map((confusion, i) => [confusion, after[i]] as const);
  const changes = (drawn: readonly (readonly [Confusion, Confusion])[]): Flat => {
    const from = flatten(sumConfusions(drawn.map(([first]) => first)));
    const to = flatten(sumConfusions(drawn.map(([, second]) => second)));
    return Object.fromEntries(Object.entries(to).map(([name, value]) => [name, difference(value, from[name])]));
  };
  const values = changes(pairs);
  const intervals = bootstrap(pairs, changes);
  return perFigure((name) => ({ value: values[name], interval: intervals[name] }));
}

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
  for (const name of SCORED_CLASSES) {
    const { se, ppv, f1 } = beats.classes[name];
    Object.assign(flat, { [`${name}.se`]: se, [`${name}.ppv`]: ppv, [`${name}.f1`]: f1, [`${name}.fpr`]: rates[name] });
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

const difference = (to: number | null, from: number | null): number | null =>
  to === null || from === null ? null : to - from;
