import type { DriftFigures, DriftResult, Replay } from "../../contracts/replay.ts";
import type { InjectionKind } from "../../contracts/drift.ts";
import type { LineSeries } from "../../charts/lines.ts";
import { smallMultiples } from "../../charts/multiples.ts";
import { paragraph, reportPage, type Section } from "../../charts/page.ts";
import type { Axis } from "../../charts/parts/plot.ts";
import { SCORED_CLASSES, type ScoredClass } from "../../scoring/figures.ts";
import { trainedOnNote } from "../evaluation/notes.ts";
import { driftTables, recoveryTable, recordTable } from "./page-tables.ts";

/** One self-contained HTML document of a replay: curves over severity for a grid, tables for every replay. */
export function replayPage(replay: Replay): string {
  const { records, model, cells } = replay;
  return reportPage({
    title: "Replay with injected drift",
    subtitle: `${records.length} records of ${replay.database}, model ${model.name} ${model.hash}, ${cells.length} drifts`,
    sections: [
      { heading: "What this is", html: about(replay) },
      ...FAMILIES.flatMap((family) => curves(replay, family)),
      { heading: "Every drift", html: driftTables(replay) },
      ...(replay.clean.after ? [{ heading: "Behind the drift", html: recoveryTable(replay) }] : []),
      { heading: "Record by record", html: recordTable(replay) },
    ],
  });
}

interface Family {
  readonly kinds: readonly InjectionKind[];
  readonly heading: string;
  readonly axis: Axis;
  /** Where the clean run stands on the axis. */
  readonly clean: number;
}

const FAMILIES: readonly Family[] = [
  {
    kinds: ["em", "bw", "ma"],
    heading: "Recorded noise",
    axis: {
      label: "signal-to-noise ratio, dB",
      domain: [30, -6],
      ticks: [30, 18, 6, -6],
      format: (value) => (value === 30 ? "clean" : String(value)),
    },
    clean: 30,
  },
  {
    kinds: ["wander"],
    heading: "Wander",
    axis: {
      label: "wander, mV from peak to peak",
      domain: [0, 4],
      ticks: [0, 1, 2, 4],
      format: (value) => String(value),
    },
    clean: 0,
  },
  {
    kinds: ["gain"],
    heading: "Gain",
    axis: {
      label: "amplitude times",
      domain: [0.25, 4],
      ticks: [0.25, 0.5, 1, 2, 4],
      scale: "log",
      format: (value) => String(value),
    },
    clean: 1,
  },
];

const SHARE: Axis = { label: "", domain: [0, 1], ticks: [0, 0.5, 1], format: (value) => String(value) };

function about({ stretch, noise, seed, command, trainedOn }: Replay): string {
  const to = stretch.toSeconds === null ? "its end" : `${stretch.toSeconds} s`;
  return [
    `Each record runs through the live pipeline's stages once without drift and once with each drift. Scored is every record
     from ${stretch.fromSeconds} s to ${to}, of the clean run too: beat by beat within 150 ms (EC57), missed and false beats counted.`,
    `A beat whose reading noise has spoilt, as the model's gate judges, is rejected (class Q). "Where called" leaves such beats out and stands beside the
     share of beats that are called; "nothing rejected" takes the model's most probable class of every beat.`,
    `Bands and brackets are 95 % intervals by 2000 resamples of the records; changes against the clean run are paired, of the
     same resamples.`,
    `Noise: ${noise}; signal-to-noise ratio as NSTDB defines it. Seed ${seed}.`,
    ...(trainedOn.length > 0 ? [trainedOnNote(trainedOn)] : []),
    `Made by \`${command}\``,
  ]
    .map((text) => paragraph(text.replace(/\s+/g, " ")))
    .join("");
}

function curves({ clean, cells }: Replay, family: Family): Section[] {
  const { kinds, heading, axis } = family;
  const present = kinds
    .map((kind) => ({ kind, own: cells.filter((run) => run.family === kind) }))
    .filter(({ own }) => own.length > 0);
  if (present.length === 0) return [];
  const overall = smallMultiples({
    title: "All beats: right, and called at all",
    x: axis,
    y: SHARE,
    columns: present.length,
    width: Math.max(560, 340 * present.length),
    panels: present.map(({ kind, own }) => ({ title: kind, series: overallSeries(along(clean, own, family)) })),
  });
  const classes = smallMultiples({
    title: "F1 of each class",
    x: axis,
    y: SHARE,
    columns: SCORED_CLASSES.length,
    width: 1020,
    legend: [
      { name: "where called, with its interval", colour: "V" },
      { name: "nothing rejected", colour: "V", dashed: true },
    ],
    panels: present.flatMap(({ kind, own }) =>
      SCORED_CLASSES.map((name) => ({
        title: present.length > 1 ? `${kind}: ${name}` : name,
        series: classSeries(along(clean, own, family), name),
      })),
    ),
  });
  return [{ heading, html: overall + classes }];
}

type Along = readonly { readonly at: number; readonly run: DriftFigures }[];

/** The clean run and a family's runs along its axis. */
function along(clean: DriftFigures, runs: readonly DriftResult[], family: Family): Along {
  const points = runs.map((run): Along[number] => ({ at: run.severity ?? 0, run }));
  return [{ at: family.clean, run: clean }, ...points].toSorted((a, b) => a.at - b.at);
}

const overallSeries = (runs: Along): LineSeries[] => [
  {
    name: "right where called",
    points: runs.map(({ at, run }) => [at, run.covered.beats.accuracy]),
    band: runs.map(({ at, run }) => [at, ...ends(run.covered.intervals.accuracy)]),
  },
  {
    name: "right with nothing rejected",
    points: runs.map(({ at, run }) => [at, run.ungated.beats.accuracy]),
    dashed: true,
  },
  {
    name: "share called",
    points: runs.map(({ at, run }) => [at, run.coverage]),
    band: runs.map(({ at, run }) => [at, ...ends(run.intervals.coverage)]),
  },
];

const classSeries = (runs: Along, name: ScoredClass): LineSeries[] => [
  {
    name: "where called",
    colour: name,
    points: runs.map(({ at, run }) => [at, run.covered.beats.classes[name].f1]),
    band: runs.map(({ at, run }) => [at, ...ends(run.covered.intervals.classes[name].f1)]),
  },
  {
    name: "nothing rejected",
    colour: name,
    points: runs.map(({ at, run }) => [at, run.ungated.beats.classes[name].f1]),
    dashed: true,
    marks: false,
  },
];

const ends = (interval: readonly [number, number] | null): readonly [number | null, number | null] =>
  interval ?? [null, null];
