import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import type { Generalisation, GeneralisationRow } from "../../contracts/report.ts";
import { decimals, grouped, percentFigure } from "../../kit/figures.ts";
import { paragraph } from "../page.ts";
import { escapeText, tag } from "../svg.ts";
import { two } from "./words.ts";

type Set = Generalisation[number];
type Measured = NonNullable<GeneralisationRow["accuracy"]>;
type Write = (value: number | null) => string;

/** Below so many beats a class's figures are those of a few moments of a patient or two. */
const FEW_BEATS = 50;
const HEADS = ["", "Beats found", "Right", ...JUDGED_CLASSES];

/** Said above the table. */
export const GENERALISATION_WORDS =
  "Each database's hold-out, at the R peaks that are found; missed, false and rejected beats count as errors. In small figures the 95 % interval over " +
  "records: what other patients might give. Called: the share of beats that the gate lets through; ECE is of those.";

/** One table: a set of records a group, a model or tool a row, classes in columns; then where the figures come from. */
export function generalisationTable(generalisation: Generalisation): string {
  const head = HEADS.map((name) => (name === "" ? tag("td", {}) : tag("th", { scope: "col" }, escapeText(name))));
  const groups = generalisation.map((set) =>
    tag("tbody", {}, groupHead(set), ...set.rows.map((row) => line(row, set))),
  );
  const table = tag(
    "table",
    { class: "generalisation" },
    tag(
      "caption",
      {},
      "Of each class F1, then Se and +P in %; beats found: Se and +P, and the share that is right, in %",
    ),
    tag("thead", {}, tag("tr", {}, ...head)),
    ...groups,
  );
  const label = "Figures by database and model";
  return (
    tag("div", { class: "table", tabindex: 0, role: "region", "aria-label": label }, table) + sources(generalisation)
  );
}

function groupHead({ name, remark, beats }: Set): string {
  const counts = JUDGED_CLASSES.map((one) => (beats[one] ? `${grouped(beats[one])} ${one}` : `no ${one}`));
  const text = `${escapeText(name)} ${small(`${remark}; ${counts.join(", ")}`)}`;
  return tag("tr", { class: "set" }, tag("th", { scope: "rowgroup", colspan: HEADS.length }, text));
}

function line(row: GeneralisationRow, { beats }: Set): string {
  const { kind, name, remark, qrs, accuracy, classes, coverage, ece } = row;
  const about = kind === "published" ? "published" : remark;
  const cells: (readonly string[])[] = [
    qrs ? [named("Se", qrs.se, hundredths), named("+P", qrs.ppv, hundredths)] : [],
    accuracy
      ? [
          tag("b", {}, tenths(accuracy.value)) + ends(accuracy, tenths),
          ...(coverage === undefined ? [] : [`called ${tenths(coverage)}`]),
          ...(ece === undefined ? [] : [`ECE ${decimals(ece, 3)}`]),
        ]
      : [],
    ...JUDGED_CLASSES.map((one) => {
      const own = classes?.[one];
      if (!own || !beats[one]) return [];
      const f1 = tag("b", {}, two(own.f1.value)) + ends(own.f1, two);
      const few = beats[one] < FEW_BEATS ? [small(`${beats[one]} beats alone`)] : [];
      return [f1, named("Se", own.se), named("+P", own.ppv), ...few];
    }),
  ];
  return tag(
    "tr",
    { class: kind },
    tag("th", { scope: "row" }, escapeText(name), ...(about === "" ? [] : [tag("div", {}, small(about))])),
    ...cells.map((texts, i) => cell(HEADS[i + 1], texts)),
  );
}

/** A cell of lines; on a narrow screen, where rows are stacked, it says its head itself. */
function cell(head: string, texts: readonly string[]): string {
  if (texts.length === 0) return tag("td", { class: "none" }, "–");
  return tag("td", { "data-head": head }, ...texts.map((text) => tag("div", {}, text)));
}

const whole: Write = (value) => percentFigure(value, 0);
const tenths: Write = (value) => percentFigure(value, 1);
const hundredths: Write = (value) => percentFigure(value, 2);

const small = (text: string): string => tag("small", {}, escapeText(text));

/** "Se 62", with its interval. */
const named = (name: string, measured: Measured, write = whole): string =>
  `${name} ${write(measured.value)}${ends(measured, write)}`;

function ends({ interval }: Measured, write: Write): string {
  return interval ? ` ${small(`${write(interval[0])}–${write(interval[1])}`)}` : "";
}

/** The papers and the commands that the rows come from, each once. */
function sources(generalisation: Generalisation): string {
  const rows = generalisation.flatMap((set) => set.rows);
  const papers = rows.flatMap(({ kind, remark }) => (kind === "published" ? remark : []));
  const commands = rows.flatMap(({ command, hash }) =>
    command === null ? [] : `\`${command}\`${hash === null ? "" : `, model ${hash}`}`,
  );
  const lines = [
    ...[...new Set(papers)].map((paper) => `Published figures: ${paper}.`),
    ...(commands.length > 0 ? [`Made by ${[...new Set(commands)].join("; ")}.`] : []),
  ];
  return lines.map((text) => paragraph(text, "dim")).join("");
}
