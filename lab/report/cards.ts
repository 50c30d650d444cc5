import { Type } from "typebox";
import type { Evaluation, ModelReport, ReportOpening } from "../../contracts/report.ts";
import type { RowCard } from "../../model/card/row-schema.ts";
import type { Card } from "../../model/card/live-schema.ts";
import { summaryOf } from "./evaluation.ts";
import { at, part, withoutFolders } from "./parts.ts";

const trainingOf = ({ training }: Card | RowCard): Omit<ModelReport["training"], "beats"> => {
  const { date, command, seed, database, records } = training;
  return { date, command: withoutFolders(command), seed, database, records };
};

/** What the live model's card tells. Of the hold-out it has the last look at these very weights. */
export function liveReport(card: Card): ModelReport {
  const { name, hash, parameters, limits, training, folds, openings } = card;
  const own = openings.filter((opening) => opening.hash === hash && summaryOf(opening.figures)).at(-1);
  const evaluations: Evaluation[] = [];
  if (own) {
    const records = part(Type.Array(Type.String()), own.figures, "records") ?? [];
    const isAnnotated = own.command.includes("--annotated-peaks");
    const found = summaryOf(own.figures);
    if (found) {
      evaluations.push({
        name: `DS2, ${isAnnotated ? "at the annotators' R peaks" : "R peaks as found"}`,
        remark: `${records.length} records of DS2, the hold-out: patients of whom nothing was used in training or choosing.`,
        isHoldOut: true,
        command: withoutFolders(own.command),
        hash: hash.slice(0, 12),
        records,
        ...found,
      });
    }
  }
  if (folds.pooled) {
    evaluations.push({
      name: "DS1, record-wise folds",
      remark: folds.remark,
      isHoldOut: false,
      command: withoutFolders(training.command),
      hash: null,
      records: folds.each.flatMap(({ heldOut }) => heldOut),
      figures: { accuracy: null, macroF1: folds.pooled.meanF1, classes: folds.pooled.classes },
    });
  }
  return {
    name,
    hash: hash.slice(0, 12),
    parameters,
    limits,
    input:
      "One lead, beat by beat with the bed's history: a window of 187 samples at 125 Hz around the R peak and features of rhythm " +
      "and shape in, one of N S V F out. The dashboard's live beats come from it; its gate turns those that noise has spoilt into Q.",
    training: { ...trainingOf(card), beats: training.beats },
    evaluations,
    openings: openings.map(openingOf),
  };
}

function openingOf({ date, command, hash, figures }: Card["openings"][number]): ReportOpening {
  const found = summaryOf(figures)?.figures;
  const drifts = Object.keys((at(figures, "drift") as object | undefined) ?? {}).length;
  const percent = (value: number | null | undefined): string => (value == null ? "–" : `${(100 * value).toFixed(1)} %`);
  const classes = Object.entries(found?.classes ?? {}).map(
    ([name, { f1 }]) => `${name} ${f1 === null ? "–" : f1.toFixed(2)}`,
  );
  const summary = found
    ? `accuracy ${percent(found.accuracy)}; F1 ${classes.join(", ")}`
    : drifts > 0
      ? `replay with ${drifts} drifts`
      : "figures not read";
  return { date, command: withoutFolders(command), hash: hash.slice(0, 12), summary };
}

/** What the row model's card tells. */
export function rowsReport(card: RowCard): ModelReport {
  const { name, hash, parameters, limits, training, test, randomFolds, recordFolds } = card;
  const evaluations: Evaluation[] = [];
  const folds = (found: RowCard["randomFolds"], title: string, isHoldOut: boolean): void => {
    if (!found) return;
    const { accuracy, macroF1, pooled, remark, command } = found;
    evaluations.push({
      name: title,
      remark,
      isHoldOut,
      command: withoutFolders(command),
      hash: null,
      records: found.folds.flatMap(({ heldOut }) => heldOut),
      figures: pooled,
      spread: { folds: found.folds.length, accuracy, macroF1 },
    });
  };
  folds(recordFolds, "Other patients: folds of whole records", true);
  if (test.figures.rows > 0) {
    evaluations.push({
      name: "Same patients: random 80/20",
      remark: test.remark,
      isHoldOut: false,
      command: withoutFolders(training.command),
      hash: hash.slice(0, 12),
      records: [],
      figures: test.figures,
    });
  }
  folds(randomFolds, "Same patients: random folds", false);
  return {
    name,
    hash: hash.slice(0, 12),
    parameters,
    limits,
    input:
      "One isolated beat: a row of 187 values from 0 to 1 at 125 Hz, as in Kaggle's heartbeat files, in; one of N S V F Q out. " +
      "It knows nothing of the beats before. Uploaded CSV files go through it.",
    training: { ...trainingOf(card), beats: training.rows },
    evaluations,
  };
}
