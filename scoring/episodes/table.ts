import type { EpisodeRowFigures, RhythmScoring } from "../../contracts/rhythm-scoring.ts";
import { decimals, percentFigure } from "../../kit/figures.ts";
import { alignRight } from "../tables.ts";

type Interval = EpisodeRowFigures["falsePerHourInterval"];

const range = (interval: Interval, text: (value: number) => string): string =>
  interval ? `${text(interval[0])}–${text(interval[1])}` : "–";
const share = (value: number): string => percentFigure(value, 0);

/** A line for each kind of episode: by episode with exact intervals, by duration, delay, false ones an hour. */
export function episodeTable(rows: readonly EpisodeRowFigures[]): string {
  return alignRight([
    ["episodes", "found", "Se %", "95 %", "right", "+P %", "95 %", "false/h", "95 %", "delay s", "max"],
    ...rows.map(({ label, episodes, delaySeconds, falsePerHour, falsePerHourInterval }) => [
      label,
      `${episodes.found}/${episodes.reference}`,
      percentFigure(episodes.se, 1),
      range(episodes.seInterval, share),
      `${episodes.right}/${episodes.raised}`,
      percentFigure(episodes.ppv, 1),
      range(episodes.ppvInterval, share),
      decimals(falsePerHour, 2),
      range(falsePerHourInterval, (value) => decimals(value, 2)),
      decimals(delaySeconds.median, 1),
      decimals(delaySeconds.max, 1),
    ]),
  ]);
}

/** By time: what of the episodes' duration is covered, and second by second. */
export function durationTable(rows: readonly EpisodeRowFigures[]): string {
  return alignRight([
    ["time", "records", "h", "reference s", "Se %", "raised s", "+P %", "by second: Se %", "Sp %", "+P %"],
    ...rows.map(({ label, records, seconds, duration, bySecond }) => [
      label,
      String(records.length),
      decimals(seconds / 3600, 1),
      decimals(duration.referenceSeconds, 0),
      percentFigure(duration.se, 1),
      decimals(duration.raisedSeconds, 0),
      percentFigure(duration.ppv, 1),
      percentFigure(bySecond.se, 1),
      percentFigure(bySecond.sp, 2),
      percentFigure(bySecond.ppv, 1),
    ]),
  ]);
}

/** Runs by the beats (EC57). */
export function runTable({ couplets, shortRuns, longRuns }: RhythmScoring["runsByBeats"]): string {
  const line = (name: string, run: RhythmScoring["runsByBeats"]["couplets"]): string[] => [
    name,
    `${run.found}/${run.reference}`,
    percentFigure(run.se, 1),
    `${run.right}/${run.raised}`,
    percentFigure(run.ppv, 1),
  ];
  return alignRight([
    ["runs by beats", "found", "Se %", "right", "+P %"],
    line("2 (couplets)", couplets),
    line("3 to 5", shortRuns),
    line("6 and more", longRuns),
  ]);
}
