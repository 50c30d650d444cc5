import { Value } from "typebox/value";
import { FalseSOpeningSchema, falseSInShort } from "../../contracts/false-s.ts";
import { ReplayOpeningFiguresSchema } from "../../contracts/replay.ts";
import type { Evaluation, ModelReport, ReportOpening } from "../../contracts/report.ts";
import { RhythmOpeningSchema, rhythmsInShort } from "../../contracts/rhythm-scoring.ts";
import { OpeningFiguresSchema } from "../../contracts/scoring.ts";
import { decimals, percent } from "../../kit/figures.ts";
import type { RowCard } from "../../model/card/row-schema.ts";
import type { Card } from "../../model/card/live-schema.ts";
import { identityNamed } from "../../data/identity/identity.ts";
import { SPLITS } from "../../data/splits/splits.ts";
import { openingFigures, peaksOf, whoAre } from "./evaluation.ts";

const trainingOf = ({ training }: Card | RowCard): Omit<ModelReport["training"], "beats"> => {
  const { date, command, seed, database, records } = training;
  return { date, command: command, seed, database, records };
};

/** What the live model's card tells. Of each hold-out it has the last look at these very weights. */
export function liveReport(card: Card): ModelReport {
  const { name, hash, parameters, limits, training, folds, openings } = card;
  const evaluations = SPLITS.flatMap((split): Evaluation[] => {
    for (const { command, split: looked = "DS2", hash: scored, figures } of openings.toReversed()) {
      if (looked !== split.name || scored !== hash || !Value.Check(OpeningFiguresSchema, figures)) continue;
      const { records } = figures;
      return [
        {
          name: `${split.name}, ${peaksOf(figures.annotatedPeaks ?? false)}`,
          remark: `${records.length} records of ${split.name}, ${whoAre(split, 0, records.length)}.`,
          isHoldOut: true,
          command,
          hash: hash.slice(0, 12),
          records,
          ...openingFigures(figures),
        },
      ];
    }
    return [];
  });
  const heldOut = folds.each.flatMap((fold) => fold.heldOut.map(identityNamed));
  for (const [database, { meanF1, classes }] of Object.entries(foldsByDatabase(folds))) {
    evaluations.push({
      name: `${SPLITS.find((split) => split.database === database)?.name ?? database}, record-wise folds`,
      remark: folds.remark,
      isHoldOut: false,
      command: training.command,
      hash: null,
      records: heldOut.filter((identity) => identity.startsWith(`${database}/`)),
      figures: { accuracy: null, macroF1: meanF1, classes },
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

/** Figures of the folds by database; a card that tells none was trained on MIT-BIH alone. */
const foldsByDatabase = ({ databases, pooled }: Card["folds"]): NonNullable<Card["folds"]["databases"]> =>
  databases ?? (pooled ? { mitdb: pooled } : {});

const openingOf = ({ date, command, split = "DS2", hash, figures }: Card["openings"][number]): ReportOpening => ({
  date,
  command,
  split,
  hash: hash.slice(0, 12),
  summary: inShort(figures),
});

function inShort(figures: unknown): string {
  if (Value.Check(OpeningFiguresSchema, figures)) {
    const { accuracy, classes } = figures.beats;
    const f1 = Object.entries(classes).map(([name, own]) => `${name} ${decimals(own.f1, 2)}`);
    return `accuracy ${percent(accuracy)}; F1 ${f1.join(", ")}`;
  }
  if (Value.Check(FalseSOpeningSchema, figures)) return falseSInShort(figures);
  if (Value.Check(RhythmOpeningSchema, figures)) return rhythmsInShort(figures);
  if (!Value.Check(ReplayOpeningFiguresSchema, figures)) return "figures not read";
  return `replay with ${Object.keys(figures.drift).length} drifts`;
}

/** What the row model's card tells. */
export function rowsReport(card: RowCard): ModelReport {
  const { name, hash, parameters, limits, training, test, randomFolds, recordFolds, recordFoldsWithSvdb } = card;
  const evaluations: Evaluation[] = [];
  const folds = (found: RowCard["randomFolds"] | undefined, title: string, isHoldOut: boolean): void => {
    if (!found) return;
    const { accuracy, macroF1, pooled, remark, command } = found;
    evaluations.push({
      name: title,
      remark,
      isHoldOut,
      command: command,
      hash: null,
      records: found.folds.flatMap(({ heldOut }) => heldOut),
      figures: pooled,
      spread: { folds: found.folds.length, accuracy, macroF1 },
    });
  };
  folds(recordFolds, "Other patients: folds of whole records", true);
  folds(recordFoldsWithSvdb, "Other patients: the same folds, SVDB learned from too", true);
  if (test.figures.rows > 0) {
    evaluations.push({
      name: "Same patients: random 80/20",
      remark: test.remark,
      isHoldOut: false,
      command: training.command,
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
