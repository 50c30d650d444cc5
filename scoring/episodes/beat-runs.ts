import type { RhythmScoring } from "../../contracts/rhythm-scoring.ts";
import { ratio } from "../../kit/figures.ts";
import type { Reference, ScoredBeat } from "../reference.ts";
import { EPISODE_SLACK_SECONDS } from "./match.ts";

/** Runs by length: rows what is there, columns the longest of the other's within it; 6 stands for 6 and more. */
export type RunMatrix = readonly (readonly number[])[];

/** Of one record: where the annotators' runs are looked for among the beats found, and the other way about. */
export interface RunCounts {
  readonly sensitivity: RunMatrix;
  readonly predictivity: RunMatrix;
}

const LONGEST = 6;

interface Run {
  readonly from: number;
  readonly to: number;
  readonly beats: number;
}

/**
 * Run by run as EC57 and WFDB's rxr do it: ventricular and fusion beats in a row, other beats end them; each run of the one is given the longest
 * of the other that lies within 150 ms of it. Flutter and fibrillation are in no figure: their beats are not annotated.
 */
export function countRuns(
  { beats, flutter }: Reference,
  found: readonly ScoredBeat[],
  { samplingRateHz, skipSeconds = 0 }: { readonly samplingRateHz: number; readonly skipSeconds?: number },
): RunCounts {
  const slack = EPISODE_SLACK_SECONDS * samplingRateHz;
  const scored = (list: readonly ScoredBeat[]): readonly ScoredBeat[] =>
    list.filter(
      ({ sample }) =>
        sample >= skipSeconds * samplingRateHz && !flutter.some(({ from, to }) => sample >= from && sample <= to),
    );
  const [reference, test] = [scored(beats), scored(found)];
  return { sensitivity: against(reference, test, slack), predictivity: against(test, reference, slack) };
}

function against(here: readonly ScoredBeat[], there: readonly ScoredBeat[], slack: number): RunMatrix {
  const matrix = Array.from({ length: LONGEST + 1 }, () => Array.from({ length: LONGEST + 1 }, () => 0));
  let next = 0;
  for (const run of runsOf(here)) {
    while (next < there.length && there[next].sample < run.from - slack) next++;
    let end = next;
    while (end < there.length && there[end].sample <= run.to + slack) end++;
    const longest = Math.max(0, ...runsOf(there.slice(next, end)).map(({ beats }) => beats));
    matrix[Math.min(run.beats, LONGEST)][Math.min(longest, LONGEST)]++;
  }
  return matrix;
}

function runsOf(beats: readonly ScoredBeat[]): Run[] {
  const runs: Run[] = [];
  let begin = -1;
  for (let i = 0; i <= beats.length; i++) {
    const isVentricular = i < beats.length && (beats[i].beatClass === "V" || beats[i].beatClass === "F");
    if (isVentricular && begin < 0) begin = i;
    if (isVentricular || begin < 0) continue;
    runs.push({ from: beats[begin].sample, to: beats[i - 1].sample, beats: i - begin });
    begin = -1;
  }
  return runs;
}

/** Lengths of EC57's kinds of runs. */
const KINDS = { couplets: [2, 2], shortRuns: [3, 5], longRuns: [6, 6] } as const;

/** A run is found, or right, where the other's is of its kind's least length at least. */
export function runFigures(counts: readonly RunCounts[]): RhythmScoring["runsByBeats"] {
  const of = ([least, most]: readonly [number, number]): RhythmScoring["runsByBeats"]["couplets"] => {
    const cells = (which: keyof RunCounts, from: number): number =>
      counts.reduce(
        (sum, one) =>
          sum +
          one[which]
            .slice(least, most + 1)
            .flatMap((row) => row.slice(from))
            .reduce((a, b) => a + b, 0),
        0,
      );
    const [reference, found] = [cells("sensitivity", 0), cells("sensitivity", least)];
    const [raised, right] = [cells("predictivity", 0), cells("predictivity", least)];
    return { reference, found, se: ratio(found, reference), raised, right, ppv: ratio(right, raised) };
  };
  return { couplets: of(KINDS.couplets), shortRuns: of(KINDS.shortRuns), longRuns: of(KINDS.longRuns) };
}
