import { falsePositiveRates } from "../ec57.ts";
import { figuresOf, SCORED_CLASSES, type ScoredClass } from "../figures.ts";
import type { Confusion } from "../score.ts";

/** Means over records, each weighing the same; null where no record has the figure. */
export interface AverageFigures {
  readonly qrs: { readonly se: number | null; readonly ppv: number | null };
  readonly accuracy: number | null;
  readonly macroF1: number | null;
  readonly classes: Readonly<Record<ScoredClass, AverageClassFigures>>;
}

export interface AverageClassFigures {
  readonly se: number | null;
  readonly ppv: number | null;
  readonly f1: number | null;
  readonly fpr: number | null;
  /** Records with beats of the class: what `se` is a mean of. */
  readonly records: number;
}

/** EC57's average figures beside the gross ones: the mean of each figure over the records that have it. */
export function averageFigures(confusions: readonly Confusion[]): AverageFigures {
  const each = confusions.map(figuresOf);
  const rates = confusions.map(falsePositiveRates);
  const classFigures = (name: ScoredClass): AverageClassFigures => {
    const own = each.map(({ beats }) => beats.classes[name]);
    return {
      se: mean(own.map(({ se }) => se)),
      ppv: mean(own.map(({ ppv }) => ppv)),
      f1: mean(own.map(({ f1 }) => f1)),
      fpr: mean(rates.map((rate) => rate[name])),
      records: own.filter(({ support }) => support > 0).length,
    };
  };
  const classes = Object.fromEntries(SCORED_CLASSES.map((name) => [name, classFigures(name)]));
  return {
    qrs: { se: mean(each.map(({ qrs }) => qrs.se)), ppv: mean(each.map(({ qrs }) => qrs.ppv)) },
    accuracy: mean(each.map(({ beats }) => beats.accuracy)),
    macroF1: mean(each.map(({ beats }) => beats.macroF1)),
    classes: classes as AverageFigures["classes"],
  };
}

function mean(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length === 0 ? null : there.reduce((sum, value) => sum + value, 0) / there.length;
}
