import { readFile } from "node:fs/promises";
import { writeWhole } from "../../../kit/atomic-write.ts";
import { countRows } from "../../../data/kachuee/counts.ts";
import { joinRowSets, type RowSet } from "../../../data/kachuee/dataset.ts";
import { apart, patientParts, randomParts, type Split } from "../../../data/kachuee/split.ts";
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
  /** Rows of other patients that each fold learns from too; none of them is ever held out. */
  readonly added?: RowSet | undefined;
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

const addedRemark = (set: RowSet): string => {
  const { N, S, V, F, Q } = countRows(set);
  return (
    ` The same patients are held out as without SVDB; each fold learns besides from ${set.count} rows of ${new Set(set.records).size} records of ` +
    `SVDB's development half, of their first lead (N ${N}, S ${S}, V ${V}, F ${F}, Q ${Q}).`
  );
};

/** The folds of a set, and in the training part of each the `added` rows that stand behind the set's own. */
export function rowFolds({ count, labels, records }: RowSet, kind: FoldKind, added: number): Split[] {
  const parts = kind === "random" ? randomParts(labels, SPLIT_SEED) : patientParts(records, ROW_FOLDS);
  const behind = Array.from({ length: added }, (_, index) => count + index);
  return parts.map((_, fold) => {
    const { train, test } = apart(parts, fold);
    return { train: Uint32Array.from([...train, ...behind]), test };
  });
}

/** Trains on all folds but one and scores the one, for each. A fold that is done is kept, and one that was cut off goes on. */
export async function crossValidateRows(options: CrossValidateRowsOptions): Promise<RowFolds> {
  const { set, added, kind, epochs, seed } = options;
  const { rows, labels, records } = added ? joinRowSets([set, added]) : set;
  const parts = rowFolds(set, kind, added?.count ?? 0);
  const settings = rowTrainingSettings(epochs);
  const folds: RowFolds["folds"] = [];
  for (const [fold, { train, test }] of parts.entries()) {
    const heldOut = kind === "records" ? [...new Set(Array.from(test, (index) => records[index]))] : [];
    const learned = added ? { added: [...new Set(added.records)] } : {};
    const file = fitFile("rows", { shape: ROW_SHAPE, settings, seed, kind, fold, rows: set.count, ...learned });
    const figuresFile = `${file}.figures.json`;
    let figures = await readFigures(figuresFile);
    if (!figures) {
      const what = `fold ${fold + 1}/${parts.length}`;
      const { weights } = await fitRows({
        tf: loadTensorflow(),
        shape: ROW_SHAPE,
        settings,
        seed: seed + fold,
        rows,
        labels,
        train,
        validation: new Uint32Array(),
        file,
        onStep: (loss, epoch, step, steps) =>
          options.onStep(what, loss, (fold + (epoch + step / steps) / epochs) / parts.length),
      });
      const scored = await scoreRows(ROW_SHAPE, weights, rows, labels, test);
      if (!scored) throw new RangeError(`${what} has no rows`);
      figures = scored;
      await writeWhole(figuresFile, JSON.stringify(figures));
    }
    folds.push({ heldOut, figures });
    options.onFold(figures);
  }
  return summary(options, folds);
}

function summary({ added, kind, epochs, command }: CrossValidateRowsOptions, folds: RowFolds["folds"]): RowFolds {
  const confusions = folds.map(({ figures }) => figures.confusion);
  const pooled = confusions[0].map((row, r) =>
    row.map((_, c) => confusions.reduce((sum, confusion) => sum + confusion[r][c], 0)),
  );
  return {
    remark: added ? REMARKS[kind] + addedRemark(added) : REMARKS[kind],
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
