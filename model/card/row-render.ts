import { percentFigure } from "../../kit/figures.ts";
import type { RowFigures } from "../../scoring/rows.ts";
import { commandFact, countsFact, dataFact, renderCard, settingsFact, table } from "./render.ts";
import type { RowCard, RowFolds } from "./row-schema.ts";

/** The row model's card as Markdown. */
export function renderRowCard(card: RowCard): string {
  const { training, test } = card;
  const { before, after } = test.calibrationError;
  return renderCard(card, {
    about: "Classifies isolated rows of 187 samples, one heart beat each, as N, S, V, F or Q (ANSI/AAMI EC57).",
    hashOf: "rows.onnx",
    facts: [
      ["Input", `${card.rowLength} samples at 125 Hz from an R peak on, 0 to 1, padded with zeros (data/kachuee)`],
      ["Network", `CNN-LSTM, ${card.parameters} parameters, ${card.mflopPerRow.toFixed(2)} MFLOP a row`],
      dataFact(card),
      ["Split", training.split],
      countsFact("Rows of the fit", training.rows),
      commandFact(card),
      ["Seed, date", `${training.seed}, ${training.date}`],
      [
        "Epochs",
        `${training.epochs} run, weights of epoch ${training.bestEpochs} kept; ${training.minutes.toFixed(0)} minutes`,
      ],
      settingsFact(card),
    ],
    measured: [
      "## Test rows of the random split",
      test.remark,
      figuresTable(test.figures),
      confusionTable(test.figures),
      `Expected calibration error ${before.toFixed(4)}; after division of the logits by ${training.temperature.toFixed(2)}, which was fitted to the validation rows, ${after.toFixed(4)}.`,
      "## Folds of the random split",
      foldsSection(card.randomFolds),
      "## Folds of whole records",
      foldsSection(card.recordFolds),
      ...(card.recordFoldsWithSvdb
        ? ["## Folds of whole records, SVDB learned from too", foldsSection(card.recordFoldsWithSvdb)]
        : []),
    ],
  });
}

function foldsSection(folds: RowFolds | null): string {
  if (!folds) return "Not run with these settings.";
  const spread = ({ mean, sd }: RowFolds["accuracy"]): string => `${percentFigure(mean)} ± ${percentFigure(sd)} %`;
  return [
    folds.remark,
    `Accuracy ${spread(folds.accuracy)}, macro-F1 ${spread(folds.macroF1)} (mean ± sd of ${folds.folds.length} folds, ${folds.epochs} epochs each). Command: \`${folds.command}\`, ${folds.date}. All folds' rows together:`,
    figuresTable(folds.pooled),
    confusionTable(folds.pooled),
  ].join("\n\n");
}

function figuresTable({ rows, accuracy, macroF1, classes }: RowFigures): string {
  const lines = Object.entries(classes).map(([name, { se, ppv, f1, support }]) => [
    name,
    percentFigure(se),
    percentFigure(ppv),
    percentFigure(f1),
    String(support),
  ]);
  const head = `Accuracy **${percentFigure(accuracy)} %**, macro-F1 **${macroF1.toFixed(4)}**, ${rows} rows.`;
  return `${head}\n\n${table(["Class", "Se %", "+P %", "F1 %", "Rows"], lines)}`;
}

function confusionTable({ order, confusion }: RowFigures): string {
  const lines = confusion.map((row, k) => [`**${order[k]}**`, ...row.map(String)]);
  return table(["Reference ↓ prediction →", ...order], lines);
}
