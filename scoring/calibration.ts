import { BEAT_CLASSES, type Beat, type BeatClass } from "../contracts/beat.ts";
import { ratio } from "../kit/figures.ts";
import { figuresOf, SCORED_CLASSES, type ScoredClass } from "./figures.ts";
import { CONFUSION_ORDER } from "./score.ts";

export type Probabilities = Beat["probabilities"];

/** A beat of the reference that was found, and how probable the model thought each class it knows. */
export interface Answer<C extends BeatClass = ScoredClass> {
  readonly truth: NoInfer<C>;
  readonly probabilities: Readonly<Record<C, number>>;
}

/** Answers whose highest probability lies in (from, to]; confidence: their mean highest probability. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

export interface Calibration {
  /** Answers that this is made of. */
  readonly beats: number;
  /** Expected calibration error, 0 to 1; null without answers. */
  readonly ece: number | null;
  /** Mean squared distance of the probabilities from the truth, summed over the classes: 0 to 2. */
  readonly brier: number | null;
  readonly bins: readonly ReliabilityBin[];
}

const BINS = 15;

/** What a calibration is made of; sums of records are sums of these. */
export interface CalibrationSums {
  readonly beats: number;
  readonly squares: number;
  readonly bins: readonly { readonly count: number; readonly confidence: number; readonly right: number }[];
}

export function calibrationSums<C extends BeatClass>(answers: readonly Answer<C>[]): CalibrationSums {
  const names = answers.length > 0 ? classesIn(answers[0].probabilities) : [];
  const bins = Array.from({ length: BINS }, () => ({ count: 0, confidence: 0, right: 0 }));
  let squares = 0;
  for (const { truth, probabilities } of answers) {
    const called = mostProbable(probabilities);
    const confidence = probabilities[called];
    const bin = bins[Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1))];
    bin.count++;
    bin.confidence += confidence;
    if (called === truth) bin.right++;
    for (const name of names) squares += (probabilities[name] - (name === truth ? 1 : 0)) ** 2;
  }
  return { beats: answers.length, squares, bins };
}

/**
 * Whether probabilities are what they say: of the beats called with probability p, a share p should be right. Expected
 * calibration error over 15 bins of equal width of the highest probability (Guo et al., On calibration of modern neural
 * networks, ICML 2017, eq. 3); Brier's score as he defined it (Mon Weather Rev 78:1-3, 1950).
 */
export const calibrationOf = <C extends BeatClass>(answers: readonly Answer<C>[]): Calibration =>
  calibrationFrom([calibrationSums(answers)]);

/** The calibration of all answers that the sums are of. */
export function calibrationFrom(sums: readonly CalibrationSums[]): Calibration {
  const bins = Array.from({ length: BINS }, (_, i) => ({
    count: total(sums, ({ bins: own }) => own[i].count),
    confidence: total(sums, ({ bins: own }) => own[i].confidence),
    right: total(sums, ({ bins: own }) => own[i].right),
  }));
  const beats = total(sums, (one) => one.beats);
  const error = total(bins, ({ confidence, right }) => Math.abs(right - confidence));
  return {
    beats,
    ece: ratio(error, beats),
    brier: ratio(
      total(sums, ({ squares }) => squares),
      beats,
    ),
    bins: bins.map(({ count, confidence, right }, i) => ({
      from: i / BINS,
      to: (i + 1) / BINS,
      count,
      confidence: ratio(confidence, count),
      accuracy: ratio(right, count),
    })),
  };
}

/** What remains right when beats of a lower probability than `threshold` are not called. */
export interface RiskPoint {
  readonly threshold: number;
  /** Share of the answers that are called. */
  readonly coverage: number;
  /** Share of the called ones that are wrong. */
  readonly risk: number;
  /** F1 of each class among the called ones; null where there is none. */
  readonly f1: Readonly<Record<ScoredClass, number | null>>;
}

export interface RiskCoverage {
  /** Mean risk over all coverages (area under the curve); null without answers. */
  readonly area: number | null;
  /** From all to few; the thresholds are quantiles of the highest probability. */
  readonly points: readonly RiskPoint[];
}

const POINTS = 50;

/** The risk-coverage curve of abstaining by confidence (Geifman & El-Yaniv, NeurIPS 2017). */
export function riskCoverage(answers: readonly Answer[]): RiskCoverage {
  const sorted = answers
    .map(({ truth, probabilities }) => {
      const called = mostProbable(probabilities);
      return { truth, called, confidence: probabilities[called] };
    })
    .sort((a, b) => b.confidence - a.confidence);
  const confusion = CONFUSION_ORDER.map(() => CONFUSION_ORDER.map(() => 0));
  const steps = new Set(Array.from({ length: POINTS }, (_, i) => Math.ceil((sorted.length * (i + 1)) / POINTS)));
  const points: RiskPoint[] = [];
  let wrong = 0;
  let area = 0;
  let due = false;
  sorted.forEach(({ truth, called, confidence }, i) => {
    confusion[CONFUSION_ORDER.indexOf(truth)][CONFUSION_ORDER.indexOf(called)]++;
    if (called !== truth) wrong++;
    const count = i + 1;
    area += wrong / count;
    due ||= steps.has(count);
    // Beats of equal confidence are called together or not at all.
    if (!due || sorted[count]?.confidence === confidence) return;
    due = false;
    const { classes } = figuresOf(confusion).beats;
    const f1 = Object.fromEntries(SCORED_CLASSES.map((name) => [name, classes[name].f1]));
    points.unshift({
      threshold: confidence,
      coverage: count / sorted.length,
      risk: wrong / count,
      f1: f1 as RiskPoint["f1"],
    });
  });
  return { area: ratio(area, sorted.length), points };
}

/** The class of highest probability; of equal ones the first in N, S, V, F, Q. */
export const mostProbable = <C extends BeatClass>(probabilities: Readonly<Record<C, number>>): C =>
  classesIn(probabilities).reduce((best, name) => (probabilities[name] > probabilities[best] ? name : best));

/** The classes that have a probability, in the order of BEAT_CLASSES. */
export const classesIn = <C extends BeatClass>(probabilities: Readonly<Record<C, number>>): C[] =>
  BEAT_CLASSES.filter((name): name is C => name in probabilities);

const total = <T>(of: readonly T[], value: (one: T) => number): number => of.reduce((sum, one) => sum + value(one), 0);
