import { msg } from "@lit/localize";
import { priorityShort } from "../../words/conditions.ts";
import type { Trend, TrendPoint } from "../../../contracts/history.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** What one may look at, and as what it is chosen. */
export const SPANS = [
  { ms: MINUTE_MS, words: () => msg("1 min") },
  { ms: 10 * MINUTE_MS, words: () => msg("10 min") },
  { ms: HOUR_MS, words: () => msg("1 h") },
  { ms: 6 * HOUR_MS, words: () => msg("6 h") },
  { ms: 24 * HOUR_MS, words: () => msg("24 h") },
  { ms: 7 * 24 * HOUR_MS, words: () => msg("7 days") },
] as const;

/** Steps at round times, ms; the shortest is what is kept. */
const STEPS_MS = [10, 30, 60, 300, 600, 1800, 3600, 7200].map((seconds) => seconds * SECOND_MS);
const MOST_POINTS = 400;

/** The shortest step that shows a span in no more points than a screen has room for. */
export const stepFor = (spanMs: number): number =>
  STEPS_MS.find((step) => spanMs / step <= MOST_POINTS) ?? STEPS_MS[STEPS_MS.length - 1];

export interface Line {
  readonly name: () => string;
  /** A variable of styles/page.css. */
  readonly colour: string;
  readonly of: (point: TrendPoint, stepMs: number) => number | null;
  readonly kind?: "line" | "bars";
  readonly width?: number;
}

export interface PanelOf {
  readonly title: () => string;
  readonly unit: () => string;
  /** Values that the axis always shows. */
  readonly shows: readonly [number, number];
  readonly lines: readonly Line[];
}

/** From less signal no count a minute is told: one beat of half a second would be 120. */
const LEAST_SIGNAL_MS = 5000;
const perMinute = (count: number, { signalMs }: TrendPoint): number | null =>
  signalMs >= LEAST_SIGNAL_MS ? (count * MINUTE_MS) / signalMs : null;
const share = (part: number, whole: number): number | null => (whole > 0 ? (100 * part) / whole : null);
/** Of the time with signal. Fibrillation of which more time went by than there was signal may have lain in it or beside it. */
const burden = ({ conditionMs, signalMs }: TrendPoint, stepMs: number): number | null => {
  const fibrillationMs = conditionMs["atrial-fibrillation"] ?? 0;
  if (signalMs > 0 && fibrillationMs >= stepMs) return 100;
  return fibrillationMs > signalMs ? null : share(fibrillationMs, signalMs);
};
const beatsOf = ({ beats }: TrendPoint): number => Object.values(beats).reduce((sum, count) => sum + count, 0);

/** What is shown of a bed, from top to bottom. A value that can't be known at a time is null there, and the line is broken. */
export const PANELS: readonly PanelOf[] = [
  {
    title: () => msg("Heart rate"),
    unit: () => "/min",
    shows: [40, 120],
    lines: [
      { name: () => msg("highest"), colour: "--chart-2", of: ({ maxBpm }) => maxBpm, width: 1 },
      { name: () => msg("mean"), colour: "--trace", of: ({ heartRateBpm }) => heartRateBpm, width: 2 },
      { name: () => msg("lowest"), colour: "--chart-1", of: ({ minBpm }) => minBpm, width: 1 },
    ],
  },
  {
    title: () => msg("Ventricular and early beats"),
    unit: () => "/min",
    shows: [0, 5],
    lines: [
      { name: () => "V (PVC)", colour: "--beat-V", of: (point) => perMinute(point.beats.V, point), width: 2 },
      { name: () => "S", colour: "--beat-S", of: (point) => perMinute(point.beats.S, point), width: 1 },
    ],
  },
  {
    title: () => msg("Atrial fibrillation"),
    unit: () => msg("% of time"),
    shows: [0, 100],
    lines: [
      {
        name: () => msg("burden"),
        colour: "--chart-5",
        of: burden,
        width: 2,
      },
    ],
  },
  {
    title: () => msg("Signal and trust"),
    unit: () => "%",
    shows: [0, 100],
    lines: [
      {
        name: () => msg("signal there"),
        colour: "--chart-1",
        of: ({ signalMs }, stepMs) => Math.min(100, (100 * signalMs) / stepMs),
        width: 1,
      },
      { name: () => msg("quality"), colour: "--good", of: ({ quality }) => quality && 100 * quality, width: 2 },
      { name: () => msg("rejected"), colour: "--poor", of: (point) => share(point.beats.Q, beatsOf(point)), width: 1 },
    ],
  },
  {
    title: () => msg("Alarms raised"),
    unit: () => "",
    shows: [0, 2],
    lines: (["high", "medium", "low"] as const).map((priority) => ({
      name: () => priorityShort(priority),
      colour: `--${priority}`,
      of: ({ alarms }) => alarms[priority] || null,
      kind: "bars",
    })),
  },
];

/** A panel's columns: times in s, then each line's values; a step without signal is a gap. */
export function columnsOf(
  panel: PanelOf,
  { stepMs, points }: Trend,
  fromMs: number,
  toMs: number,
): [number[], ...(number | null)[][]] {
  const first = Math.floor(fromMs / stepMs);
  const count = Math.max(0, Math.ceil(toMs / stepMs) - first);
  const byStep = new Map(points.map((point) => [Math.floor(point.timeMs / stepMs), point]));
  const steps = Array.from({ length: count }, (_, i) => first + i);
  return [
    steps.map((step) => (step * stepMs) / SECOND_MS),
    ...panel.lines.map(({ of }) =>
      steps.map((step) => {
        const point = byStep.get(step);
        return point ? of(point, stepMs) : null;
      }),
    ),
  ];
}
