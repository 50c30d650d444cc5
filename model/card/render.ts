import { percent, table } from "./markdown.ts";
import type { Card, Figures, Opening } from "./schema.ts";

/** The card as Markdown. */
export function renderCard(card: Card): string {
  const { training, folds } = card;
  const sections = [
    `# Model card: ${card.name}`,
    "Classifies heart beats of one ECG lead as N, S, V or F (ANSI/AAMI EC57). Not a medical device.",
    table(
      ["", ""],
      [
        ["Hash (SHA-256 of encode.onnx, step.onnx and gate.json)", `\`${card.hash}\``],
        ["Input", `${card.windowLength} samples at 125 Hz and ${card.featureNames.length} features a beat`],
        ["Network", `CNN to ${card.embeddingSize} values, LSTM of ${card.units} units, ${card.parameters} parameters`],
        ["Data", `${training.database}, ${training.records.length} records: ${training.records.join(" ")}`],
        [
          "Beats of the fit",
          Object.entries(training.beats)
            .map(([name, n]) => `${name} ${n}`)
            .join(", "),
        ],
        ["Command", `\`${training.command}\``],
        ["Seed, epochs, date", `${training.seed}, ${training.epochs}, ${training.date}`],
        [
          "Settings",
          Object.entries(training.settings)
            .map(([key, value]) => `${key} ${JSON.stringify(value)}`)
            .join("; "),
        ],
      ],
    ),
    `Features: ${card.featureNames.join(", ")}.`,
    "## Record-wise folds",
    folds.remark,
    folds.pooled === null ? "Not run." : foldTable(card),
    "## Limits",
    card.limits.map((limit) => `- ${limit}`).join("\n"),
    "## Openings of the hold-out",
    card.openings.length === 0
      ? "None: the hold-out has not been looked at with this model."
      : table(
          ["Date", "Command", "Hash", "Figures"],
          card.openings.map((opening) => [
            opening.date,
            `\`${opening.command}\``,
            `\`${opening.hash.slice(0, 12)}\``,
            openingFigures(opening.figures),
          ]),
        ),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The figures people ask for first; card.json has all of them. */
function openingFigures(figures: Opening["figures"]): string {
  const { beats } = figures as { beats?: { accuracy?: number; classes?: Record<string, { f1?: number | null }> } };
  const drifts = Object.keys((figures.drift as Record<string, unknown> | undefined) ?? {});
  if (!beats?.classes) return `clean and ${drifts.length} drifts, each in card.json`;
  const classes = Object.entries(beats.classes).map(([name, { f1 }]) => `${name} ${percent(f1 ?? null)}`);
  return `accuracy ${percent(beats.accuracy ?? null)} %; F1 % ${classes.join(", ")}`;
}

function foldTable({ folds }: Card): string {
  const row = (name: string, { classes, meanF1 }: Figures): string[] => [
    name,
    ...Object.values(classes).map(({ se, ppv, f1 }) => `${percent(se)} / ${percent(ppv)} / ${percent(f1)}`),
    percent(meanF1),
  ];
  const rows = folds.each.map(({ heldOut, figures }) => row(heldOut.join(" "), figures));
  if (folds.pooled) rows.push(row("all, pooled", folds.pooled));
  const heading = ["Held out", "N Se / +P / F1 %", "S", "V", "F", "mean F1 of N, S, V %"];
  const perEpoch = `Pooled mean F1 of N, S, V after each epoch: ${folds.perEpoch.map((value) => percent(value)).join(", ")}.`;
  return `${table(heading, rows)}\n\n${perEpoch}`;
}
