import type { ChallengeScore } from "../../contracts/challenge-score.ts";
import type { ChallengeReport, RhythmReport } from "../../contracts/rhythm-report.ts";
import type { RhythmScoring } from "../../contracts/rhythm-scoring.ts";
import { databaseOf } from "../redaction.ts";

const SHOWN_HASH = 12;

/** What `npm run evaluate -- --rhythms` found of each set of records, hold-outs first. */
export const rhythmReports = (scorings: readonly RhythmScoring[]): RhythmReport[] => holdOutsFirst(scorings.map(ofSet));

/** What `npm run alarms` scored of the challenge of 2015, its report half first. */
export const challengeReports = (scores: readonly ChallengeScore[]): ChallengeReport[] =>
  scores
    .map(({ command, model, split, policy, decisionSeconds, windowSeconds, all, kinds }): ChallengeReport => ({
      command,
      hash: model.slice(0, SHOWN_HASH),
      split,
      policy,
      decisionSeconds,
      windowSeconds,
      all: whole(all),
      kinds: kinds.map(whole),
    }))
    .toSorted((a, b) => Number(b.split === "report") - Number(a.split === "report"));

const whole = <T extends { interval: ChallengeScore["all"]["interval"] }>(figures: T) => ({
  ...figures,
  interval: { tpr: pair(figures.interval.tpr), tnr: pair(figures.interval.tnr) },
});

function ofSet({ command, database, split, model, policy, records, rPeaksAlone, rows }: RhythmScoring): RhythmReport {
  return {
    command: command ?? `npm run evaluate -- --db ${databaseOf(database)} --rhythms --json OUT`,
    hash: model.hash.slice(0, SHOWN_HASH),
    name: split ?? `All of ${databaseOf(database)}`,
    isHoldOut: split === "DS2" || (split?.endsWith("report") ?? false),
    policy,
    records: records.length,
    hours: Math.max(0, ...rows.map(({ seconds }) => seconds)) / 3600,
    rPeaksAlone: rPeaksAlone.length > 0,
    rows: rows
      .filter(({ episodes }) => episodes.reference + episodes.raised > 0)
      .map(({ label, episodes, duration, bySecond, delaySeconds, falsePerHour, falsePerHourInterval }) => ({
        label,
        episodes: { ...episodes, seInterval: pair(episodes.seInterval), ppvInterval: pair(episodes.ppvInterval) },
        duration,
        bySecond,
        delaySeconds,
        falsePerHour,
        falsePerHourInterval: pair(falsePerHourInterval),
      })),
  };
}

const pair = (interval: readonly [number, number] | null): [number, number] | null => interval && [...interval];

const holdOutsFirst = <T extends { isHoldOut: boolean }>(sets: readonly T[]): T[] =>
  sets.toSorted((a, b) => Number(b.isHoldOut) - Number(a.isHoldOut));
