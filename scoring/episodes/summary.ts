import { median } from "d3";
import type { EpisodeRowFigures } from "../../contracts/rhythm-scoring.ts";
import { ratio } from "../../kit/figures.ts";
import { countInterval, shareInterval } from "./exact.ts";
import type { EpisodeCounts } from "./match.ts";

export type EpisodeFigures = Omit<EpisodeRowFigures, "name" | "label" | "kinds" | "containers" | "records">;

const SECONDS_AN_HOUR = 3600;

/** Gross figures: of the sum of the records' counts. */
export function episodeFigures(counts: readonly EpisodeCounts[]): EpisodeFigures {
  const sum = (of: (one: EpisodeCounts) => number): number => counts.reduce((total, one) => total + of(one), 0);
  const [reference, found] = [sum((one) => one.reference), sum((one) => one.found)];
  const [raised, right] = [sum((one) => one.raised), sum((one) => one.right)];
  const [referenceSeconds, foundSeconds] = [sum((one) => one.referenceSeconds), sum((one) => one.foundSeconds)];
  const [raisedSeconds, rightSeconds] = [sum((one) => one.raisedSeconds), sum((one) => one.rightSeconds)];
  const [tp, fn, fp, tn] = [0, 1, 2, 3].map((cell) => sum((one) => one.bySecond[cell]));
  const delays = counts.flatMap((one) => one.delays);
  const seconds = sum((one) => one.seconds);
  const hours = seconds / SECONDS_AN_HOUR;
  const [low, high] = countInterval(raised - right);
  return {
    seconds,
    episodes: {
      reference,
      found,
      se: ratio(found, reference),
      seInterval: tuple(shareInterval(found, reference)),
      raised,
      right,
      ppv: ratio(right, raised),
      ppvInterval: tuple(shareInterval(right, raised)),
    },
    duration: {
      referenceSeconds,
      foundSeconds,
      se: share(foundSeconds, referenceSeconds),
      raisedSeconds,
      rightSeconds,
      ppv: share(rightSeconds, raisedSeconds),
    },
    bySecond: {
      truePositives: tp,
      falseNegatives: fn,
      falsePositives: fp,
      trueNegatives: tn,
      se: ratio(tp, tp + fn),
      sp: ratio(tn, tn + fp),
      ppv: ratio(tp, tp + fp),
    },
    delaySeconds: { median: median(delays) ?? null, max: delays.length > 0 ? Math.max(...delays) : null },
    falsePerHour: ratio(raised - right, hours),
    falsePerHourInterval: hours > 0 ? [low / hours, high / hours] : null,
  };
}

/** Sums of many parts may be beyond the whole by their rounding. */
const share = (part: number, whole: number): number | null => ratio(Math.min(part, whole), whole);

const tuple = (interval: readonly [number, number] | null): [number, number] | null =>
  interval ? [interval[0], interval[1]] : null;
