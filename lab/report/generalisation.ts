import type { PublicTools } from "../../contracts/public-tools.ts";
import type { Generalisation, GeneralisationRow } from "../../contracts/report.ts";
import type { FigureSet, Scoring, Summary } from "../../contracts/scoring.ts";
import { databaseInWords, identityNamed } from "../../data/identity/identity.ts";
import { SPLITS } from "../../data/splits/splits.ts";
import type { Card } from "../../model/card/live-schema.ts";
import { SCORED_CLASSES } from "../../scoring/figures.ts";
import { databaseOf } from "../redaction.ts";
import { PUBLISHED } from "./published.ts";

export interface GeneralisationSources {
  readonly evaluate: readonly Scoring[];
  /** The product's model and, where there is one, that of the published protocol (NAMES). */
  readonly models: readonly Card[];
  readonly tools: readonly PublicTools[];
}

type Set = Generalisation[number];

const NAMES = ["Model in use", "Published protocol"] as const;

/** The sets that nobody learned from, in this order; other databases, whose records are of no split, follow. */
const HOLD_OUTS = SPLITS.filter(({ isHoldOut }) => isHoldOut);

/**
 * A set of records each, with what every model finds in it at its own R peaks, then public tools that were run on it, then published
 * figures. Of a model's several looks at one set the last is told. Sets that no model was scored on are left out.
 */
export function generalisationOf({ evaluate, models, tools }: GeneralisationSources): Generalisation {
  const sets = new Map<string, Set>();
  const asFound = evaluate.filter(({ annotatedPeaks }) => !annotatedPeaks);
  for (const scoring of asFound) {
    for (const { name, remark, summary, figures } of setsOf(scoring)) {
      const set = sets.get(name) ?? { name, remark, beats: supportOf(figures), rows: [] };
      const row = modelRow(scoring, models, figures, summary);
      set.rows = [...set.rows.filter(({ hash }) => hash !== row.hash), row];
      sets.set(name, set);
    }
  }
  const order = [...HOLD_OUTS.flatMap(({ name }) => [name, without232(name)]), ...sets.keys()];
  const place = (hash: string | null): number => models.findIndex((card) => short(card.hash) === hash) >>> 0;
  return [...new Set(order)].flatMap((name) => {
    const set = sets.get(name);
    if (!set) return [];
    const rows = set.rows.toSorted((a, b) => place(a.hash) - place(b.hash));
    return { ...set, rows: [...rows, ...toolRows(tools, name), ...(PUBLISHED[name] ?? [])] };
  });
}

interface ScoredSet {
  readonly name: string;
  readonly remark: string;
  readonly figures: FigureSet;
  /** What is told of the whole set alone. */
  readonly summary: Summary | null;
}

function setsOf(scoring: Scoring): ScoredSet[] {
  const { splits, records, database: folder } = scoring;
  if (Object.keys(splits).length === 0) {
    const name = databaseOf(folder).replace(/^data\/files\//, "");
    return [{ name, remark: `${records.length} records of another database`, figures: scoring, summary: scoring }];
  }
  return HOLD_OUTS.flatMap(({ name, database, records: all }) => {
    const split = splits[name];
    if (!split) return [];
    const part = split.records.length < all.length ? ` of ${all.length}` : "";
    const remark = `${split.records.length}${part} records of ${databaseInWords(database)}, patients of whom nothing was used in training or choosing`;
    const others = split.without232 && {
      name: without232(name),
      remark: "the same without the patient who has most of its S beats",
      figures: split.without232,
      summary: null,
    };
    return [{ name, remark, figures: split, summary: split }, ...(others ? [others] : [])];
  });
}

const without232 = (name: string): string => `${name} without record 232`;

const supportOf = ({ beats }: FigureSet): Set["beats"] =>
  Object.fromEntries(SCORED_CLASSES.map((name) => [name, beats.classes[name].support]));

const short = (hash: string): string => hash.slice(0, 12);

function modelRow(
  { model, command }: Scoring,
  models: readonly Card[],
  { qrs, beats, intervals }: FigureSet,
  summary: Summary | null,
): GeneralisationRow {
  const hash = short(model.hash);
  const place = models.findIndex((one) => short(one.hash) === hash);
  const both = (value: number | null, interval: readonly [number, number] | null) => ({
    value,
    interval: interval && ([...interval] as [number, number]),
  });
  const classes = SCORED_CLASSES.map((name) => {
    const { se, ppv, f1 } = beats.classes[name];
    const own = intervals.classes[name];
    return [name, { se: both(se, own.se), ppv: both(ppv, own.ppv), f1: both(f1, own.f1) }];
  });
  return {
    kind: "model",
    name: place < 0 ? "other weights" : NAMES[place],
    remark: place < 0 ? hash : trainedOnInWords(models[place]),
    hash,
    command: command ?? null,
    qrs: { se: both(qrs.se, intervals.qrs.se), ppv: both(qrs.ppv, intervals.qrs.ppv) },
    accuracy: both(beats.accuracy, intervals.accuracy),
    classes: Object.fromEntries(classes),
    ...(summary && { coverage: summary.gate.coverage, ece: summary.calibration.covered.ece }),
  };
}

/** What a model learned from, as "trained on DS1 and SVDB development". */
function trainedOnInWords({ training }: Card): string {
  const known = training.records.map(identityNamed);
  const of = SPLITS.filter(({ database, records }) =>
    records.some((record) => known.includes(`${database}/${record}`)),
  );
  return `trained on ${of.map(({ name }) => name).join(" and ")}${of.length === 1 ? " alone" : ""}`;
}

const toolRows = (tools: readonly PublicTools[], set: string): GeneralisationRow[] =>
  tools.flatMap(({ command, results }) =>
    results
      .filter(({ split }) => split === set)
      .map(({ tool, version, qrs }) => ({
        kind: "tool" as const,
        name: tool,
        remark: `version ${version}, QRS alone`,
        hash: null,
        command,
        qrs: { se: { value: qrs.se }, ppv: { value: qrs.ppv } },
      })),
  );
