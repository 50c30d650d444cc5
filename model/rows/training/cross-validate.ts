import { readFile } from "node:fs/promises";
import { writeWhole } from "../../../kit/atomic-write.ts";
import type { RowSet } from "../../../data/kachuee/dataset.ts";
import { apart, patientParts, randomParts } from "../../../data/kachuee/split.ts";
import type { RowFolds } from "../../card/row-schema.ts";
import { loadTensorflow } from "../../tensorflow/load.ts";
import { type RowFigures, rowFigures } from "../../../scoring/rows.ts";
import { fitFile } from "../../fitting/checkpoint.ts";
import { ROW_SHAPE } from "../network/shape.ts";
import { fitRows, scoreRows } from "./fit.ts";
import { rowTrainingSettings } from "./settings.ts";
import { SPLIT_SEED } from "./train.ts";

/** Rows are held out at random, patients in all folds, or by whole patients. */
export type FoldKind = "random" | "records";

export interface CrossValidateRowsOptions {
  readonly set: RowSet;
  readonly kind: FoldKind;
  readonly epochs: number;
  readonly seed: number;
  readonly command: string;
  /** `done`: share of all folds, 0 to 1. */
  readonly onStep: (what: string, loss: number, done: number) => void;
  readonly onFold: (figures: RowFigures) => void;
}

/** Folds of either kind. */
const ROW_FOLDS = 5;

const REMARKS: Readonly<Record<FoldKind, string>> = {
  random:
    "Each fifth of the rows, stratified, held out once; patients are in all folds. All epochs are run, nothing is chosen by the held-out rows.",
  records:
    "The patient-wise figure: a fifth of the 47 patients, all their records, held out once each. All epochs are run, nothing is chosen by the held-out rows. " +
    "Paced beats (Q) are four patients', most F two patients': a fold without them in training cannot find them.",
};

/** Trains on all folds but one and scores the one, for each. A fold that is done is kept, and one that was cut off goes on. */
export async function crossValidateRows(options: CrossValidateRowsOptions): Promise<RowFolds> {
  const { set, kind, epochs, seed } = options;
  const parts = kind === "random" ? randomParts(set.labels, SPLIT_SEED) : patientParts(set.records, ROW_FOLDS);
  const settings = rowTrainingSettings(epochs);
  const folds: RowFolds["folds"] = [];
  for (const fold of parts.keys()) {
    const { train, test } = apart(parts, fold);
    const heldOut = kind === "records" ? [...new Set(Array.from(test, (index) => set.records[index]))] : [];
    const file = fitFile("rows", { shape: ROW_SHAPE, settings, seed, kind, fold, rows: set.count });
    const figuresFile = `${file}.figures.json`;
    let figures = await readFigures(figuresFile);
    if (!figures) {
      const what = `fold ${fold + 1}/${parts.length}`;
      const { weights } = await fitRows({
        tf: loadTensorflow(),
        shape: ROW_SHAPE,
        settings,
        seed: seed + fold,
        ...set,
        train,
        validation: new Uint32Array(),
        file,
        onStep: (loss, epoch, step, steps) =>
          options.onStep(what, loss, (fold + (epoch + step / steps) / epochs) / parts.length),
      });
      const scored = await scoreRows(ROW_SHAPE, weights, set.rows, set.labels, test);
      if (!scored) throw new RangeError(`${what} has no rows`);
      figures = scored;
      await writeWhole(figuresFile, JSON.stringify(figures));
    }
    folds.push({ heldOut, figures });
    options.onFold(figures);
  }
  return summary(options, folds);
}

function summary({ kind, epochs, command }: CrossValidateRowsOptions, folds: RowFolds["folds"]): RowFolds {
  const confusions = folds.map(({ figures }) => figures.confusion);
  const pooled = confusions[0].map((row, r) =>
    row.map((_, c) => confusions.reduce((sum, confusion) => sum + confusion[r][c], 0)),
  );
  return {
    remark: REMARKS[kind],
    command,
    date: new Date().toISOString(),
    epochs,
    folds,
    accuracy: spread(folds.map(({ figures }) => figures.accuracy)),
    macroF1: spread(folds.map(({ figures }) => figures.macroF1)),
    pooled: rowFigures(pooled),
  };
}

function spread(values: readonly number[]): RowFolds["accuracy"] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}

async function readFigures(file: string): Promise<RowFigures | null> {
  const text = await readFile(file, "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as RowFigures);
}
