import { Type } from "typebox";
import { BedsideError } from "../../contracts/errors.ts";
import {
  type Ablation,
  type DriftFamily,
  ReportFiguresSchema,
  ReportIntervalsSchema,
  type Robustness,
} from "../../contracts/report.ts";
import { fraction, nullable } from "../../contracts/schema.ts";
import { at, part, when, withoutFolders } from "./parts.ts";

const Share = nullable(fraction);
const Names = Type.Array(Type.String());
const Cells = Type.Array(Type.Object({ family: nullable(Type.String()), severity: nullable(Type.Number()) }));

/** The grid in a file of `npm run replay -- --grid --json`. Throws BAD_ARGUMENT where it is no such file. */
export function robustnessOf(replay: unknown, name: string): Robustness {
  const hash = part(Type.String(), replay, "model", "hash");
  const records = part(Names, replay, "records");
  const cells = part(Cells, replay, "cells");
  const clean = figuresIn(at(replay, "clean"));
  if (hash === undefined || !records || !cells || !clean) {
    throw new BedsideError("BAD_ARGUMENT", `${name} is not what npm run replay -- --json writes`);
  }
  const families = new Map<string, DriftFamily>();
  cells.forEach(({ family, severity }, i) => {
    const cell = (at(replay, "cells") as readonly unknown[])[i];
    const figures = figuresIn(cell);
    if (family === null || severity === null || !figures) return;
    const known = families.get(family) ?? { family, unit: part(Type.String(), cell, "unit") ?? "", points: [] };
    const intervals = part(ReportIntervalsSchema, cell, "covered", "intervals")?.classes;
    const ofF1 = intervals && Object.fromEntries(Object.entries(intervals).map(([key, { f1 }]) => [key, f1]));
    known.points.push({ severity, ...figures, ...when("intervals", ofF1) });
    families.set(family, known);
  });
  const command = part(Type.String(), replay, "command");
  return {
    command: command === undefined ? null : withoutFolders(command),
    hash: hash.slice(0, 12),
    records,
    clean,
    families: [...families.values()],
  };
}

/** Where a beat is called. */
function figuresIn(run: unknown): Robustness["clean"] | undefined {
  const figures = part(ReportFiguresSchema, run, "covered", "beats");
  if (!figures) return undefined;
  const { accuracy, classes } = figures;
  const f1 = Object.fromEntries(Object.entries(classes).map(([name, own]) => [name, own.f1]));
  return { coverage: part(Share, run, "coverage") ?? null, accuracy, f1 };
}

const Rows = Type.Array(Type.Object({ recipe: Type.String() }));
const F1s = Type.Record(Type.String(), Type.Object({ f1: Share }));

/** The table of what each ingredient of the training is worth. Throws BAD_ARGUMENT where the file has none. */
export function ablationOf(ablation: unknown, name: string): Ablation {
  const rows = part(Rows, ablation, "rows");
  if (!rows) throw new BedsideError("BAD_ARGUMENT", `${name} has no rows of an ablation`);
  const command = part(Type.String(), ablation, "command");
  return {
    command: command === undefined ? null : withoutFolders(command),
    rows: rows.map(({ recipe }, i) => {
      const row = (at(ablation, "rows") as readonly unknown[])[i];
      const what = part(Type.String(), row, "what") ?? "";
      const f1 = part(F1s, row, "folds", "classes") ?? {};
      return {
        recipe,
        what,
        meanF1: part(Type.Number(), row, "folds", "meanF1") ?? null,
        f1: Object.fromEntries(Object.entries(f1).map(([key, own]) => [key, own.f1])),
        delta: part(Type.Number(), row, "delta") ?? part(Type.Number(), row, "delta", "meanF1") ?? null,
        isFloor: /floor|forest|logistic|boost/i.test(`${recipe} ${what}`),
      };
    }),
  };
}
