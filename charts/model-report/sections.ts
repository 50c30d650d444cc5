import type { Ablation, Evaluation, ModelReport, Report, Robustness } from "../../contracts/report.ts";
import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { decimals, grouped, percent } from "../../kit/figures.ts";
import { paragraph, type Section, sideBySide } from "../page.ts";
import { dataTable } from "../table.ts";
import { CHOICE_HEADING, choiceHtml } from "./choice.ts";
import { GENERALISATION_WORDS, generalisationTable } from "./generalisation.ts";
import { falseSTables } from "./false-s.ts";
import {
  ablationFigure,
  classFigure,
  confusionFigure,
  coverageFigure,
  noiseFigure,
  reliabilityFigure,
  riskFigure,
} from "./figures.ts";
import { errorTable, recordTable } from "./records.ts";
import { RHYTHMS_HEADING, rhythmTables } from "./rhythms.ts";
import {
  wordOf,
  headline,
  range,
  two,
  TRUST_RULE,
  NO_INTERVALS,
  verdictsOf,
  warnings,
  leadingEvaluation,
} from "./words.ts";

/** A part that was not measured, and the command that does it. */
export const missing = (what: string, command: string): string =>
  paragraph(
    `${what}: not measured, or not in this report. \`${command}\` measures it; give its file to \`npm run report\`.`,
    "missing",
  );

const list = (items: readonly string[]): string => items.map((item) => paragraph(`• ${item}`)).join("");

/** Width of a chart in a report's page, px: two stand beside one another. */
const WIDTH = 530;

/** The whole report as a page's sections. */
export function reportSections(report: Report): Section[] {
  const { generalisation, live, rows } = report;
  return [
    ...(live && rows ? [{ heading: CHOICE_HEADING, html: choiceHtml(report) }] : []),
    ...(live
      ? modelSections(live, "Live model", { heading: "Database by database", html: generalisationHtml(generalisation) })
      : []),
    ...(rows ? modelSections(rows, "Model of uploaded rows") : []),
    { heading: "Words", html: words },
  ];
}

function modelSections(model: ModelReport, title: string, ...afterSummary: readonly Section[]): Section[] {
  const sections: (Section | null)[] = [
    { heading: title, html: summary(model) },
    ...afterSummary,
    ...model.evaluations.map((evaluation) => ({
      heading: `${title}: ${evaluation.name}`,
      html: evaluationHtml(evaluation),
    })),
    model.name === "live" ? { heading: RHYTHMS_HEADING, html: rhythmsHtml(model) } : null,
    model.name === "live" ? { heading: "Noise", html: robustnessHtml(model.robustness) } : null,
    model.name === "live" ? { heading: "False S in atrial fibrillation", html: falseSHtml(model) } : null,
    model.name === "live" ? { heading: "What each ingredient is worth", html: ablationHtml(model.ablation) } : null,
    { heading: `${title}: limits and origin`, html: originHtml(model) },
  ];
  return sections.flatMap((section) => section ?? []);
}

function summary(model: ModelReport): string {
  const evaluation = leadingEvaluation(model);
  return [
    paragraph(model.input, "dim"),
    paragraph(headline(model)),
    evaluation
      ? verdictTable(evaluation, model.name)
      : missing("How good it is", "npm run evaluate -- --db data/files/mitdb/1.0.0 --json OUT"),
    "<h3>What must not be trusted</h3>",
    list(warnings(model)),
  ].join("");
}

/** How far the models hold up on patients of other databases. */
export const generalisationHtml = (generalisation: Report["generalisation"]): string =>
  generalisation && generalisation.length > 0
    ? paragraph(GENERALISATION_WORDS, "dim") + generalisationTable(generalisation)
    : missing(
        "How it holds up on patients of other databases",
        "npm run evaluate -- --db data/files/svdb/1.0.0 --split svdb-report --json OUT",
      );

/** Each class's verdict and figures. */
function verdictTable(evaluation: Evaluation, model: string): string {
  return (
    dataTable({
      caption: evaluation.name,
      columns: ["Class", "Rely on it?", "F1", "95 % interval", "Se", "+P", "Beats"],
      rows: verdictsOf(evaluation).map(({ beatClass, word, f1, interval, se, ppv, support }) => [
        `${beatClass} ${wordOf(beatClass, model)}`,
        word,
        two(f1),
        range(interval) || "–",
        percent(se),
        percent(ppv),
        support,
      ]),
    }) + paragraph(evaluation.intervals ? TRUST_RULE : NO_INTERVALS, "dim")
  );
}

function evaluationHtml(evaluation: Evaluation): string {
  const {
    remark,
    command,
    hash,
    spread,
    coverage,
    covered,
    without232,
    perRecord,
    qrs,
    figures,
    intervals,
    mostErrors,
  } = evaluation;
  const facts = [
    figures.accuracy === null
      ? ""
      : `Accuracy ${percent(figures.accuracy)}${intervals?.accuracy ? ` (${range(intervals.accuracy, percent)})` : ""}`,
    spread
      ? `mean of ${spread.folds} folds: accuracy ${percent(spread.accuracy.mean)} ± ${percent(spread.accuracy.sd)}, macro-F1 ${decimals(spread.macroF1.mean, 3)} ± ${decimals(spread.macroF1.sd, 3)}`
      : "",
    `mean F1 ${two(figures.macroF1)}`,
    qrs ? `beats found ${percent(qrs.se, 2)}, right when found ${percent(qrs.ppv, 2)}` : "",
    coverage == null
      ? ""
      : `called at all ${percent(coverage)}${covered ? `, of those right ${percent(covered.accuracy)}` : ""}`,
    without232 ? `F1 of S without record 232 ${two(without232.classes["S"]?.f1)}` : "",
  ];
  return [
    paragraph(remark, "dim"),
    paragraph(`${facts.filter(Boolean).join("; ")}.`),
    sideBySide(
      confusionFigure(evaluation, WIDTH) ?? paragraph("The confusion matrix was not kept.", "missing"),
      classFigure(evaluation, WIDTH),
    ),
    evaluation.calibration || evaluation.riskCoverage
      ? sideBySide(reliabilityFigure(evaluation, WIDTH) ?? "", riskFigure(evaluation, WIDTH) ?? "")
      : "",
    mostErrors ? errorTable(mostErrors) : "",
    perRecord ? recordTable(perRecord) : "",
    command === null ? "" : paragraph(`Made by \`${command}\`${hash ? `, model ${hash}` : ""}.`, "dim"),
  ].join("");
}

function robustnessHtml(robustness: Robustness | undefined): string {
  if (!robustness) return missing("How it holds up in noise", "npm run replay -- --split ds2 --grid --json OUT");
  const charts = ["V", "S", "N", "F"].map((name) => noiseFigure(robustness, name, WIDTH) ?? "");
  return [
    paragraph(
      "Records replayed through the live pipeline with recorded noise added (NSTDB; the halves of its recordings that training has not heard), " +
        "wander and changes of gain. Figures where a beat is called.",
      "dim",
    ),
    sideBySide(...charts, coverageFigure(robustness, WIDTH) ?? ""),
    driftTable(robustness),
    robustness.command ? paragraph(`Made by \`${robustness.command}\`, model ${robustness.hash}.`, "dim") : "",
  ].join("");
}

/** How often beats are called S where there is none. */
export const falseSHtml = (model: ModelReport): string =>
  falseSTables(model) ||
  missing("How often a beat is called S in atrial fibrillation, where there is none", "npm run false-s -- --json OUT");

/** What the monitor finds of rhythms, and which alarms it raises. */
export const rhythmsHtml = (model: ModelReport): string =>
  rhythmTables(model) ||
  missing("Which rhythms it finds, and how often it cries wolf", "npm run evaluate -- --rhythms --json OUT");

/** Every drift of the grid in figures. */
export function driftTable({ clean, families }: Robustness): string {
  const row = (name: string, figures: Robustness["clean"]): string[] => [
    name,
    percent(figures.coverage),
    percent(figures.accuracy),
    ...JUDGED_CLASSES.map((one) => two(figures.f1[one])),
  ];
  return dataTable({
    caption: "Every drift",
    columns: ["Drift", "Called", "Right", ...JUDGED_CLASSES.map((name) => `F1 of ${name}`)],
    rows: [
      row("none", clean),
      ...families.flatMap(({ family, unit, points }) =>
        points.map((point) => row(`${family} ${point.severity} ${unit}`.trim(), point)),
      ),
    ],
  });
}

function ablationHtml(ablation: Ablation | undefined): string {
  if (!ablation)
    return missing("What each ingredient of the training is worth, and the floor to beat", "npm run crossvalidate");
  return [ablationFigure(ablation, 760) ?? "", ablationTable(ablation)].join("");
}

/** The ablation in figures. */
export const ablationTable = ({ rows, command }: Ablation): string =>
  dataTable({
    columns: [
      "Recipe",
      "What it is",
      "Mean F1",
      "Change",
      ...JUDGED_CLASSES.map((name, k) => (k === 0 ? `F1 of ${name}` : name)),
    ],
    rows: rows.map(({ recipe, what, meanF1, delta, f1, isFloor }) => [
      recipe,
      isFloor ? `to be beaten: ${what}` : what,
      decimals(meanF1, 3),
      delta === null ? "–" : `${delta < 0 ? "−" : "+"}${Math.abs(delta).toFixed(3)}`,
      ...JUDGED_CLASSES.map((name) => two(f1[name])),
    ]),
  }) + (command ? paragraph(`Made by \`${command}\`.`, "dim") : "");

function originHtml(model: ModelReport): string {
  return [list(model.limits), originTable(model), model.openings ? openingTable(model) : ""].join("");
}

/** Where the model comes from. */
export function originTable({ hash, parameters, training }: ModelReport): string {
  const beats = Object.entries(training.beats).map(([name, n]) => `${name} ${grouped(n)}`);
  return dataTable({
    columns: ["", ""],
    rows: [
      ["Hash", hash],
      ["Parameters", grouped(parameters)],
      ["Trained", training.date.slice(0, 10)],
      ["Data", training.database],
      ["Records", training.records.length > 0 ? `${training.records.length}: ${training.records.join(" ")}` : "–"],
      ["Beats", beats.join(", ")],
      ["Command", training.command],
      ["Seed", String(training.seed)],
    ],
  });
}

/** Every look at a hold-out, this model's and its forerunners'. */
export const openingTable = ({ openings = [], hash }: ModelReport): string =>
  openings.length === 0
    ? paragraph("No hold-out was ever looked at with this model.")
    : dataTable({
        caption: "Every look at a hold-out: the more there were, the less it is one",
        columns: ["Date", "Hold-out", "Command", "Weights", "What it said"],
        rows: openings.map((one) => [
          one.date.slice(0, 10),
          one.split ?? "DS2",
          one.command,
          one.hash === hash ? `${one.hash} (these)` : one.hash,
          one.summary,
        ]),
      });

/** The field's words, for who meets them here. */
export const WORDS: readonly (readonly [string, string])[] = [
  ["Se, sensitivity", "of the beats that are of a class, the share that was called so"],
  ["+P, positive predictivity", "of the beats called so, the share that is"],
  ["F1", "harmonic mean of the two; missed and false beats count as errors"],
  [
    "DS1, DS2",
    "de Chazal's division of MIT-BIH: different patients; DS2 is the hold-out. A record is known by its samples: a renamed copy is one of them, a resampled or cut one is not",
  ],
  [
    "SVDB report",
    "a quarter of MIT-BIH's Supraventricular Arrhythmia Database, kept for reports alone by a hash of each record's name; the others, SVDB development, may be learned from",
  ],
  ["95 % interval", "records drawn with replacement: what another set of such patients might give"],
  ["ECE", "mean distance of confidence from the share that was right"],
  [
    "Q",
    "live: the gate holds the reading for spoilt by noise, and paced beats are called N or V; rows: paced or unclassifiable",
  ],
];

const words = dataTable({ columns: ["Word", "What it says"], rows: WORDS.map((row) => [...row]) });
