import { JUDGED_CLASSES } from "../../contracts/beat.ts";
import { WINDOW_LENGTH } from "../../signal/events.ts";
import { momentsOf } from "../../signal/beat/moments.ts";
import { fitPca, scoresOf } from "../../model/augmentation/gmm/pca.ts";
import type { TrainingRecord } from "../../model/training/records/record.ts";
import { quantilesOf } from "./quantiles.ts";
import { type ClassSummary, type EdaReport, SHARES } from "./report.ts";

/** The beats of one class, gathered over records. */
export interface ClassBeats {
  readonly beatClass: (typeof JUDGED_CLASSES)[number];
  readonly windows: readonly Float32Array[];
  readonly rrMs: readonly number[];
  /** By name, one value a beat. */
  readonly features: Readonly<Record<string, readonly number[]>>;
  /** By name, of each window. */
  readonly moments: Readonly<Record<string, readonly number[]>>;
}

/** Beats by class (N S V F) of records heard; `names` are those of their features. */
export function gatherBeats(records: readonly TrainingRecord[], names: readonly string[]): ClassBeats[] {
  return JUDGED_CLASSES.map((beatClass, target) => {
    const windows: Float32Array[] = [];
    const rrMs: number[] = [];
    const features = Object.fromEntries(names.map((name) => [name, [] as number[]]));
    for (const record of records) {
      record.targets.forEach((label, beat) => {
        if (label !== target) return;
        windows.push(record.windows.subarray(beat * WINDOW_LENGTH, (beat + 1) * WINDOW_LENGTH));
        const rr = beat > 0 ? record.samples[beat] - record.samples[beat - 1] : NaN;
        rrMs.push((rr / record.samplingRateHz) * 1000);
        names.forEach((name, i) => features[name].push(record.features[beat * names.length + i]));
      });
    }
    const moments = windows.map((window) => momentsOf(window));
    return {
      beatClass,
      windows,
      rrMs,
      features,
      moments: {
        mean: moments.map(({ mean }) => mean),
        "standard deviation": moments.map(({ standardDeviation }) => standardDeviation),
        skewness: moments.map(({ skewness }) => skewness),
        kurtosis: moments.map(({ kurtosis }) => kurtosis),
      },
    };
  });
}

/** Mean beat with the band that holds 80 % of the beats at each sample, and quantiles of RR, features and moments. */
export function summarise({ beatClass, windows, rrMs, features, moments }: ClassBeats): ClassSummary {
  const columns = Array.from({ length: WINDOW_LENGTH }, (_, i) => Float64Array.from(windows, (window) => window[i]));
  const bands = columns.map((column) => quantilesOf(column, [0.1, 0.9]));
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / Math.max(1, column.length));
  const quantiles = (each: Readonly<Record<string, readonly number[]>>): ClassSummary["features"] =>
    Object.fromEntries(Object.entries(each).map(([name, values]) => [name, quantilesOf(values, SHARES)]));
  return {
    beatClass,
    beats: windows.length,
    shape: { mean, low: bands.map(([low]) => low ?? 0), high: bands.map(([, high]) => high ?? 0) },
    rrMs: quantilesOf(rrMs, SHARES),
    features: quantiles(features),
    moments: quantiles(moments),
  };
}

/** Windows of a class that the axes are fitted on at most: so that N does not drown the others. */
const PCA_LIMIT = 800;

/** Beats of all classes along the first two principal axes of their windows, evenly spaced ones of each class. */
export function scatterOf(classes: readonly ClassBeats[]): EdaReport["pca"] {
  const chosen = classes.map(({ windows }) => {
    const step = Math.max(1, windows.length / PCA_LIMIT);
    return Array.from({ length: Math.min(PCA_LIMIT, windows.length) }, (_, i) => windows[Math.floor(i * step)]);
  });
  const count = chosen.reduce((sum, own) => sum + own.length, 0);
  const rows = new Float32Array(count * WINDOW_LENGTH);
  chosen.flat().forEach((window, i) => rows.set(window, i * WINDOW_LENGTH));
  const pca = fitPca(rows, count, WINDOW_LENGTH);
  const whole = pca.variances.reduce((sum, value) => sum + value, 0);
  const scores = Array.from(scoresOf(pca, rows, 2), (score) => Number(score.toFixed(3)));
  let at = 0;
  const points = classes.map(({ beatClass }, c) => {
    const own = chosen[c].map(() => [scores[at++], scores[at++]] as const);
    return [beatClass, own] as const;
  });
  return { shares: [pca.variances[0] / whole, pca.variances[1] / whole], points: Object.fromEntries(points) };
}
