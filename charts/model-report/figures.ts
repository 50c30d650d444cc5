import type { Ablation, DriftFamily, Evaluation, Robustness } from "../../contracts/report.ts";
import { percent } from "../../kit/figures.ts";
import { barChart } from "../bars.ts";
import { lineChart } from "../lines.ts";
import { matrixChart } from "../matrix.ts";
import { type Axis, asPercent } from "../parts/plot.ts";
import { reliabilityChart } from "../reliability.ts";
import { two } from "./words.ts";

const NAMES: Readonly<Record<string, string>> = { O: "missed" };
const share = (label: string): Axis => ({ label, domain: [0, 1], format: asPercent });

/** Which beats were taken for which; null where only figures are known. */
export function confusionFigure({ figures, name }: Evaluation, width: number): string | null {
  const { order, confusion } = figures;
  if (!order || !confusion) return null;
  const rows = order
    .map((row, i) => ({ name: row, counts: confusion[i] ?? [] }))
    .filter(({ counts }) => counts.some((n) => n > 0));
  return matrixChart({
    title: `Which beats were taken for which: ${name}`,
    description: "Rows: the reference's class; columns: the class called; counts and shares of the row.",
    width: Math.min(width, 620),
    rows: rows.map((row) => (row.name === "O" ? "false" : row.name)),
    columns: order.map((column) => NAMES[column] ?? column),
    values: rows.map(({ counts }) => counts),
    rowLabel: "Reference",
    columnLabel: "Called",
  });
}

/** Se, +P and F1 of each class with their intervals. */
export function classFigure({ figures, intervals, name }: Evaluation, width: number): string {
  const classes = Object.keys(figures.classes);
  const series = (key: "se" | "ppv" | "f1", title: string) => ({
    name: title,
    values: classes.map((one) => figures.classes[one][key]),
    intervals: classes.map((one) => intervals?.classes[one]?.[key] ?? null),
  });
  return barChart({
    title: `Class by class: ${name}`,
    description: classes
      .map((one) => `${one}: Se ${percent(figures.classes[one].se)}, +P ${percent(figures.classes[one].ppv)}`)
      .join("; "),
    width: Math.min(width, 620),
    height: 330,
    categories: classes,
    series: [series("se", "Se (found)"), series("ppv", "+P (right when called)"), series("f1", "F1")],
    value: share(""),
    categoryLabel: intervals ? "whiskers: 95 % interval over records" : "",
    ...(width >= 480 && { text: (value: number) => String(Math.round(100 * value)) }),
  });
}

/** Whether probabilities are what they say; null where that was not measured. */
export function reliabilityFigure({ calibration }: Evaluation, width: number): string | null {
  if (!calibration || calibration.beats === 0) return null;
  return reliabilityChart({
    title: `Is its confidence what it says? ECE ${percent(calibration.ece)}`,
    width: Math.min(width, 440),
    height: 420,
    bins: calibration.bins,
  });
}

/** What is won by leaving the least sure beats uncalled; null where that was not measured. */
export function riskFigure({ riskCoverage }: Evaluation, width: number): string | null {
  if (!riskCoverage || riskCoverage.points.length === 0) return null;
  const points = riskCoverage.points.map(({ coverage, risk }) => [coverage, risk] as const);
  const most = Math.max(...points.map(([, risk]) => risk), 0.01);
  return lineChart({
    title: "What is wrong among the beats it is surest of",
    description: "Share of wrong calls over the share of beats that are called, the surest first.",
    width: Math.min(width, 530),
    height: 360,
    x: { ...share("Share of beats called, surest first"), domain: [0, 1] },
    y: { label: "Share of them wrong", domain: [0, most * 1.1], format: (value) => percent(value) },
    series: [{ name: "wrong", points, marks: false }],
  });
}

type NoisePoint = DriftFamily["points"][number];

const NOISES: Readonly<Record<string, string>> = {
  em: "em: electrodes moving",
  bw: "bw: baseline wander",
  ma: "ma: muscles",
};

/** What is drawn over growing recorded noise, a line a kind of it. */
interface OverNoise {
  readonly title: string;
  readonly y: Axis;
  /** Without noise; null where there is none. */
  readonly clean: number | null;
  readonly at: (point: NoisePoint) => number | null;
  readonly bandAt?: (point: NoisePoint) => readonly [low: number | null, high: number | null];
}

/** Null where nothing was measured with recorded noise. */
function overNoise({ families }: Robustness, width: number, drawn: OverNoise): string | null {
  const { title, y, clean, at, bandAt } = drawn;
  const noises = families.filter(({ family }) => family in NOISES);
  if (noises.length === 0) return null;
  const ends = noises.flatMap(({ points }) => points.map(({ severity }) => severity));
  const from = Math.max(...ends) + 6;
  return lineChart({
    title,
    width: Math.min(width, 530),
    height: 320,
    x: {
      label: "signal-to-noise ratio, dB",
      domain: [from, Math.min(...ends)],
      ticks: [from, ...new Set(ends)],
      format: (value) => (value === from ? "clean" : String(value)),
    },
    y,
    series: noises.map(({ family, points }) => ({
      name: NOISES[family],
      points: [[from, clean] as const, ...points.map((point) => [point.severity, at(point)] as const)],
      ...(bandAt && { band: points.map((point) => [point.severity, ...bandAt(point)] as const) }),
    })),
  });
}

/** F1 of a class as recorded noise grows; null where that was not measured. */
export const noiseFigure = (robustness: Robustness, beatClass: string, width: number): string | null =>
  overNoise(robustness, width, {
    title: `F1 of ${beatClass} as noise grows, ${robustness.records.length} records`,
    y: { label: "F1 where a beat is called", domain: [0, 1] },
    clean: robustness.clean.f1[beatClass] ?? null,
    at: ({ f1 }) => f1[beatClass] ?? null,
    bandAt: ({ intervals }) => intervals?.[beatClass] ?? [null, null],
  });

/** How many beats are called at all as recorded noise grows; null where that was not measured. */
export const coverageFigure = (robustness: Robustness, width: number): string | null =>
  overNoise(robustness, width, {
    title: "Beats called at all; the others are Q, rejected by the gate",
    y: share("Share of beats called"),
    clean: robustness.clean.coverage,
    at: ({ coverage }) => coverage,
  });

/** The mean F1 of each recipe of the training. */
export function ablationFigure({ rows }: Ablation, width: number): string | null {
  if (rows.length === 0) return null;
  return barChart({
    title: "Mean F1 of N, S and V by recipe, record-wise folds of DS1",
    width: Math.min(width, 760),
    categories: rows.map(({ recipe, isFloor }) => (isFloor ? `${recipe}, to be beaten` : recipe)),
    series: [{ name: "mean F1", values: rows.map(({ meanF1 }) => meanF1) }],
    value: { label: "mean F1", domain: [0, 1] },
    horizontal: true,
    text: two,
  });
}
