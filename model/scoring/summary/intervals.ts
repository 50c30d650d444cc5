import { bootstrap, BOOTSTRAP, type Interval } from "../bootstrap.ts";
import { falsePositiveRates } from "../ec57.ts";
import { figuresOf, SCORED_CLASSES, type ScoredClass } from "../figures.ts";
import { type Confusion, sumConfusions } from "../score.ts";

/** Bootstrap intervals over records of gross figures; null where there are too few records (bootstrap.ts). */
export interface FigureIntervals {
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
  readonly qrs: { readonly se: Interval | null; readonly ppv: Interval | null };
  readonly accuracy: Interval | null;
  readonly macroF1: Interval | null;
  readonly classes: Readonly<Record<ScoredClass, ClassIntervals>>;
}

export interface ClassIntervals {
  readonly se: Interval | null;
  readonly ppv: Interval | null;
  readonly f1: Interval | null;
  readonly fpr: Interval | null;
}

/** A figure of a confusion by its name: `accuracy`, `macroF1`, `qrs.se`, `V.f1` … */
export type FlatFigures = Readonly<Record<string, number | null>>;

/** The gross figures of a confusion, each under one name. */
export function flatFigures(confusion: Confusion): FlatFigures {
  const { qrs, beats } = figuresOf(confusion);
  const rates = falsePositiveRates(confusion);
  const flat: Record<string, number | null> = {
    "qrs.se": qrs.se,
    "qrs.ppv": qrs.ppv,
    accuracy: beats.accuracy,
    macroF1: beats.macroF1,
  };
  for (const name of SCORED_CLASSES) {
    const { se, ppv, f1 } = beats.classes[name];
    Object.assign(flat, { [`${name}.se`]: se, [`${name}.ppv`]: ppv, [`${name}.f1`]: f1, [`${name}.fpr`]: rates[name] });
  }
  return flat;
}

/** Intervals of the gross figures of records with these confusions. */
export function figureIntervals(confusions: readonly Confusion[]): FigureIntervals {
  const of = bootstrap(confusions, (drawn) => flatFigures(sumConfusions(drawn)));
  const classes = SCORED_CLASSES.map((name) => [
    name,
    { se: of[`${name}.se`], ppv: of[`${name}.ppv`], f1: of[`${name}.f1`], fpr: of[`${name}.fpr`] },
  ]);
  return {
    ...BOOTSTRAP,
    qrs: { se: of["qrs.se"], ppv: of["qrs.ppv"] },
    accuracy: of["accuracy"],
    macroF1: of["macroF1"],
    classes: Object.fromEntries(classes) as FigureIntervals["classes"],
  };
}
