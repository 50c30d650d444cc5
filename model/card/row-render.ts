import { percent, table } from "./markdown.ts";
import type { RowCard, RowCardFigures, RowFolds } from "./row-schema.ts";

/** The row model's card as Markdown. */
export function renderRowCard(card: RowCard): string {
  const { training, test } = card;
  const sections = [
    `# Model card: ${card.name}`,
    "Classifies isolated rows of 187 samples, one heart beat each, as N, S, V, F or Q (ANSI/AAMI EC57). Not a medical device.",
    table(
      ["", ""],
      [
        ["Hash (SHA-256 of rows.onnx)", `\`${card.hash}\``],
        ["Input", `${card.rowLength} samples at 125 Hz from an R peak on, 0 to 1, padded with zeros (data/kachuee)`],
        ["Network", `CNN-LSTM, ${card.parameters} parameters, ${card.mflopPerRow.toFixed(2)} MFLOP a row`],
        ["Data", `${training.database}, ${training.records.length} records: ${training.records.join(" ")}`],
        ["Split", training.split],
        [
          "Rows of the fit",
          Object.entries(training.rows)
            .map(([name, n]) => `${name} ${n}`)
            .join(", "),
        ],
        ["Command", `\`${training.command}\``],
        ["Seed, date", `${training.seed}, ${training.date}`],
        [
          "Epochs",
          `${training.epochs} run, weights of epoch ${training.bestEpochs} kept; ${training.minutes.toFixed(0)} minutes`,
        ],
        [
          "Settings",
          Object.entries(training.settings)
            .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
            .join("; "),
        ],
      ],
    ),
    "## Test rows of the random split",
    test.remark,
    figuresTable(test.figures),
    confusionTable(test.figures),
    `Expected calibration error ${test.calibrationError.before.toFixed(4)}; after division of the logits by ${training.temperature.toFixed(2)}, which was fitted to the validation rows, ${test.calibrationError.after.toFixed(4)}.`,
    "## Folds of the random split",
    foldsSection(card.randomFolds),
    "## Folds of whole records",
    foldsSection(card.recordFolds),
    "## Limits",
    card.limits.map((limit) => `- ${limit}`).join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

function foldsSection(folds: RowFolds | null): string {
  if (!folds) return "Not run with these settings.";
  const spread = ({ mean, sd }: RowFolds["accuracy"]): string => `${percent(mean, 2)} ± ${percent(sd, 2)} %`;
  return [
    folds.remark,
    `Accuracy ${spread(folds.accuracy)}, macro-F1 ${spread(folds.macroF1)} (mean ± sd of ${folds.folds.length} folds, ${folds.epochs} epochs each). Command: \`${folds.command}\`, ${folds.date}. All folds' rows together:`,
    figuresTable(folds.pooled),
    confusionTable(folds.pooled),
  ].join("\n\n");
}

function figuresTable({ rows, accuracy, macroF1, classes }: RowCardFigures): string {
  const lines = Object.entries(classes).map(([name, { se, ppv, f1, support }]) => [
    name,
    percent(se, 2),
    percent(ppv, 2),
    percent(f1, 2),
    String(support),
  ]);
  const head = `Accuracy **${percent(accuracy, 2)} %**, macro-F1 **${macroF1.toFixed(4)}**, ${rows} rows.`;
  return `${head}\n\n${table(["Class", "Se %", "+P %", "F1 %", "Rows"], lines)}`;
}

function confusionTable({ order, confusion }: RowCardFigures): string {
  const lines = confusion.map((row, k) => [`**${order[k]}**`, ...row.map(String)]);
  return table(["Reference ↓ prediction →", ...order], lines);
}
