import { type AblationTable, FLOOR_RECIPE } from "../../contracts/ablation.ts";
import type { DriftFigures, Replay } from "../../contracts/replay.ts";
import type { Ablation, DriftFamily, Robustness } from "../../contracts/report.ts";

/** The grid of a replay: drifts asked for as they are have no family, and stay out. */
export function robustnessOf({ command, model, records, clean, cells }: Replay): Robustness {
  const families = new Map<string, DriftFamily>();
  for (const drift of cells) {
    const { family, severity, unit } = drift;
    if (family === null || severity === null) continue;
    const known: DriftFamily = families.get(family) ?? { family, unit: unit ?? "", points: [] };
    const intervals = f1Of(drift.covered.intervals.classes);
    known.points.push({ severity, ...calledFigures(drift), intervals: mutable(intervals) });
    families.set(family, known);
  }
  return {
    command,
    hash: model.hash.slice(0, 12),
    records: [...records],
    clean: calledFigures(clean),
    families: [...families.values()],
  };
}

/** Where a beat is called. */
function calledFigures({ coverage, covered }: DriftFigures): Robustness["clean"] {
  const { accuracy, classes } = covered.beats;
  return { coverage, accuracy, f1: f1Of(classes) };
}

const f1Of = <T>(classes: Readonly<Record<string, { readonly f1: T }>>): Record<string, T> =>
  Object.fromEntries(Object.entries(classes).map(([name, { f1 }]) => [name, f1]));

const mutable = (
  each: Readonly<Record<string, readonly [number, number] | null>>,
): Record<string, [number, number] | null> =>
  Object.fromEntries(Object.entries(each).map(([name, ends]) => [name, ends && [...ends]]));

/** The table of what each ingredient of the training is worth. */
export const ablationOf = ({ command, rows }: AblationTable): Ablation => ({
  command,
  rows: rows.map(({ recipe, what, folds, delta }) => ({
    recipe,
    what,
    meanF1: folds.meanF1,
    f1: f1Of(folds.classes),
    delta,
    isFloor: recipe === FLOOR_RECIPE,
  })),
});
