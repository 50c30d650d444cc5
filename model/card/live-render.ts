import { FalseSOpeningSchema, falseSInShort } from "../../contracts/false-s.ts";
import { Value } from "typebox/value";
import { RhythmOpeningSchema, rhythmsInShort } from "../../contracts/rhythm-scoring.ts";
import { OpeningFiguresSchema } from "../../contracts/scoring.ts";
import { decimals, percentFigure } from "../../kit/figures.ts";
import { shortHash } from "./files.ts";
import type { Card, FoldFigures, Opening } from "./live-schema.ts";
import { commandFact, countsFact, dataFact, renderCard, settingsFact, table } from "./render.ts";

/** The live model's card as Markdown. */
export function renderLiveCard(card: Card): string {
  const { training, folds } = card;
  return renderCard(card, {
    about: "Classifies heart beats of one ECG lead as N, S, V or F (ANSI/AAMI EC57).",
    hashOf: "encode.onnx, step.onnx and gate.json",
    facts: [
      ["Input", `${card.windowLength} samples at 125 Hz and ${card.featureNames.length} features a beat`],
      ["Network", `CNN to ${card.embeddingSize} values, LSTM of ${card.units} units, ${card.parameters} parameters`],
      dataFact(card),
      countsFact("Beats of the fit", training.beats),
      commandFact(card),
      ["Seed, epochs, date", `${training.seed}, ${training.epochs}, ${training.date}`],
      settingsFact(card),
    ],
    measured: [
      `Features: ${card.featureNames.join(", ")}.`,
      "## Record-wise folds",
      folds.remark,
      folds.pooled === null ? "Not run." : foldTable(card),
    ],
    behind: [
      "## On patients it has not seen",
      holdOutTable(card),
      "## Openings of hold-outs",
      openingsTable(card.openings),
    ],
  });
}

/** The last look of these weights at each hold-out, at the R peaks that they found. */
function holdOutTable({ hash, openings }: Card): string {
  const last = new Map<string, string[]>();
  for (const { hash: scored, split = "DS2", figures } of openings) {
    if (scored !== hash || !Value.Check(OpeningFiguresSchema, figures) || figures.annotatedPeaks) continue;
    const { records, qrs, beats, gate, calibration } = figures;
    const classes = Object.values(beats.classes).map(({ se, ppv, f1, support }) =>
      support === 0 ? "no such beat" : inThree(se, ppv, f1),
    );
    const found = `${percentFigure(qrs.se)} / ${percentFigure(qrs.ppv)}`;
    const called = percentFigure(gate?.coverage, 1);
    const ece = decimals(calibration?.covered.ece, 3);
    last.set(split, [split, `${records.length}`, found, percentFigure(beats.accuracy, 1), ...classes, called, ece]);
  }
  if (last.size === 0) return "Not measured: `npm run evaluate -- --split svdb-report --log-opening` does it.";
  const heading = [
    "Hold-out",
    "Records",
    "QRS Se / +P %",
    "Accuracy %",
    "N Se / +P / F1 %",
    "S",
    "V",
    "F",
    "Called %",
    "ECE",
  ];
  return table(heading, [...last.values()]);
}

const inThree = (...figures: readonly (number | null)[]): string =>
  figures.map((figure) => percentFigure(figure, 1)).join(" / ");

function openingsTable(openings: readonly Opening[]): string {
  if (openings.length === 0) return "None: no hold-out has been looked at with this model.";
  return table(
    ["Date", "Hold-out", "Command", "Hash", "Figures"],
    openings.map(({ date, split, command, hash, figures }) => [
      date,
      split ?? "DS2",
      `\`${command}\``,
      `\`${shortHash(hash)}\``,
      openingFigures(figures),
    ]),
  );
}

/** The figures people ask for first; card.json has all of them. */
function openingFigures(figures: Opening["figures"]): string {
  if (Value.Check(FalseSOpeningSchema, figures)) return falseSInShort(figures);
  if (Value.Check(RhythmOpeningSchema, figures)) return rhythmsInShort(figures);
  const { challenge } = figures as { challenge?: { all?: { score?: number; tpr?: number; tnr?: number } } };
  if (challenge?.all) {
    const { score, tpr, tnr } = challenge.all;
    return `score ${percentFigure(score, 1)} %; true alarms raised ${percentFigure(tpr, 1)} %, false ones not ${percentFigure(tnr, 1)} %`;
  }
  const { beats } = figures as { beats?: { accuracy?: number; classes?: Record<string, { f1?: number | null }> } };
  const drifts = Object.keys((figures.drift as Record<string, unknown> | undefined) ?? {});
  if (!beats?.classes) return `clean and ${drifts.length} drifts, each in card.json`;
  const classes = Object.entries(beats.classes).map(([name, { f1 }]) => `${name} ${percentFigure(f1, 1)}`);
  return `accuracy ${percentFigure(beats.accuracy, 1)} %; F1 % ${classes.join(", ")}`;
}

function foldTable({ folds }: Card): string {
  const row = (name: string, { classes, meanF1 }: FoldFigures): string[] => [
    name,
    ...Object.values(classes).map(({ se, ppv, f1 }) => inThree(se, ppv, f1)),
    percentFigure(meanF1, 1),
  ];
  const rows = folds.each.map(({ heldOut, figures }) => row(heldOut.join(" "), figures));
  for (const [database, figures] of Object.entries(folds.databases ?? {}))
    rows.push(row(`all of ${database}`, figures));
  if (folds.pooled) rows.push(row("all, pooled", folds.pooled));
  const heading = ["Held out", "N Se / +P / F1 %", "S", "V", "F", "mean F1 of N, S, V %"];
  const several = Object.keys(folds.databases ?? {}).length > 1;
  const perDatabase = several ? "Mean over the databases of the mean F1 of N, S, V" : "Pooled mean F1 of N, S, V";
  const perEpoch = `${perDatabase} after each epoch: ${folds.perEpoch.map((value) => percentFigure(value, 1)).join(", ")}.`;
  return `${table(heading, rows)}\n\n${perEpoch}`;
}
