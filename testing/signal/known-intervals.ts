import { wavesAt } from "../../data/synthetic/heart/morphology.ts";

/** What the generator's sinus beat has at a heart rate, by its waves alone: ms and mV. */
export interface KnownIntervals {
  readonly qrsMs: number;
  readonly qtMs: number;
  /** 60 ms behind the end of the QRS. */
  readonly stMv: number;
}

const STEP_S = 0.0005;
/** Q, R and S end where together they are below this, mV. */
const QRS_MV = 0.02;

/** By another way than what is measured: QRS by its height, T by the tangent at the formula's steepest fall. */
export function knownIntervals(bpm: number): KnownIntervals {
  const waves = wavesAt("sinus", bpm);
  const sum =
    (from: number, to: number) =>
    (at: number): number =>
      waves
        .slice(from, to)
        .reduce(
          (mV, { limbMv, shiftS, widthS }) => mV + limbMv * Math.exp(-((at - shiftS) ** 2) / (2 * widthS ** 2)),
          0,
        );
  const [qrs, t, all] = [sum(1, 4), sum(4, waves.length), sum(0, waves.length)];
  const times = (from: number, to: number): number[] =>
    Array.from({ length: Math.round((to - from) / STEP_S) }, (_, i) => from + i * STEP_S);
  const within = times(-0.15, 0.15).filter((at) => Math.abs(qrs(at)) >= QRS_MV);
  const [onset, j] = [within[0], within[within.length - 1]];
  const slope = (at: number): number => (t(at + STEP_S) - t(at - STEP_S)) / (2 * STEP_S);
  const fall = times(0.1, 0.7).reduce((steepest, at) => (slope(at) < slope(steepest) ? at : steepest));
  const end = fall - t(fall) / slope(fall);
  return { qrsMs: (j - onset) * 1000, qtMs: (end - onset) * 1000, stMv: all(j + 0.06) };
}
