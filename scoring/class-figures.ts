import { ratio } from "../kit/figures.ts";

/** Of one class; Se = TP / (TP + FN), +P = TP / (TP + FP): fractions, null where there is nothing to divide by. */
export interface ClassFigures {
  readonly se: number | null;
  readonly ppv: number | null;
  readonly f1: number | null;
  /** Of the reference, found or missed. */
  readonly support: number;
}

/** `hits` of the `support` in the reference and of the `called` in the prediction. */
export const classFigures = (hits: number, support: number, called: number): ClassFigures => ({
  se: ratio(hits, support),
  ppv: ratio(hits, called),
  f1: ratio(2 * hits, support + called),
  support,
});

/** Mean F1 of those classes that are in reference or prediction; null where none is. */
export function macroF1Of(classes: Readonly<Record<string, ClassFigures>>): number | null {
  const f1 = Object.values(classes).flatMap((figures) => figures.f1 ?? []);
  return ratio(sum(f1), f1.length);
}

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
