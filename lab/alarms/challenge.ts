import {
  CHALLENGE_KINDS,
  type ChallengeFigures,
  type ChallengeKind,
  type ChallengeScore,
} from "../../contracts/challenge-score.ts";
import { CONDITION_KINDS, type ConditionKind } from "../../contracts/condition.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { CHALLENGE_ALARM_SECONDS, type ChallengeAlarm } from "../../data/challenge/alarms.ts";
import { ratio } from "../../kit/figures.ts";
import { shareInterval } from "../../scoring/episodes/exact.ts";
import type { ReplayedLog } from "./record-log.ts";

/** The condition of the same definition (Clifford et al., Computing in Cardiology 42:273-276, 2015, table 1). */
const KIND_OF: Readonly<Record<ChallengeKind, ConditionKind>> = {
  Asystole: "asystole",
  Bradycardia: "extreme-bradycardia",
  Tachycardia: "extreme-tachycardia",
  Ventricular_Flutter_Fib: "ventricular-fibrillation",
  Ventricular_Tachycardia: "ventricular-tachycardia",
};

/**
 * How long before the monitor's alarm a condition may have ended and raises it all the same, s: by the challenge's rules the event lies
 * in the last 10 s, and a monitor says that one is over a few seconds late at the most.
 */
const CHALLENGE_WINDOW_SECONDS = 10;
/** The challenge's price of a true alarm that is not raised, in false ones. */
const MISSED_PRICE = 5;

export type ChallengeRow = ChallengeScore["perRecord"][number];
type Counts = Pick<ChallengeFigures, "truePositives" | "falseNegatives" | "falsePositives" | "trueNegatives">;

/**
 * Whether the alarm of a record is raised by what was told of it up to then (the challenge's real-time rule): by a condition of its
 * kind, or by one that contains that, which is then told in its place.
 */
export function challengeRow({ record, kind, isTrue }: ChallengeAlarm, log: ReplayedLog): ChallengeRow {
  const kinds = withContaining(KIND_OF[kind]);
  const from = CHALLENGE_ALARM_SECONDS - CHALLENGE_WINDOW_SECONDS;
  const isRaised = log.conditions.some(
    (told) =>
      kinds.has(told.kind) &&
      told.toldSeconds <= CHALLENGE_ALARM_SECONDS &&
      (told.endSeconds === null || told.endSeconds > from),
  );
  return { record, kind, isTrue, isRaised };
}

export function challengeScore(
  facts: Pick<ChallengeScore, "command" | "split" | "policy" | "model">,
  rows: readonly ChallengeRow[],
  leftOut: readonly LeftOut[],
): ChallengeScore {
  return {
    version: 1,
    ...facts,
    decisionSeconds: CHALLENGE_ALARM_SECONDS,
    windowSeconds: CHALLENGE_WINDOW_SECONDS,
    all: figuresOf(rows),
    kinds: CHALLENGE_KINDS.map((kind) => ({ kind, ...figuresOf(rows.filter((row) => row.kind === kind)) })),
    perRecord: rows,
    leftOut,
  };
}

function figuresOf(rows: readonly ChallengeRow[]): ChallengeFigures {
  const count = (isTrue: boolean, isRaised: boolean): number =>
    rows.filter((row) => row.isTrue === isTrue && row.isRaised === isRaised).length;
  const counts: Counts = {
    truePositives: count(true, true),
    falseNegatives: count(true, false),
    falsePositives: count(false, true),
    trueNegatives: count(false, false),
  };
  const { truePositives, falseNegatives, falsePositives, trueNegatives } = counts;
  const right = truePositives + trueNegatives;
  return {
    ...counts,
    tpr: ratio(truePositives, truePositives + falseNegatives),
    tnr: ratio(trueNegatives, trueNegatives + falsePositives),
    score: ratio(right, right + falsePositives + MISSED_PRICE * falseNegatives),
    interval: {
      tpr: pair(shareInterval(truePositives, truePositives + falseNegatives)),
      tnr: pair(shareInterval(trueNegatives, trueNegatives + falsePositives)),
    },
  };
}

const pair = (interval: readonly [number, number] | null): [number, number] | null => interval && [...interval];

/** The kind, and all that contain it, at whatever remove. */
function withContaining(kind: ConditionKind): ReadonlySet<string> {
  const kinds = new Set<string>([kind]);
  for (const one of kinds) {
    for (const [outer, info] of Object.entries(CONDITION_KINDS)) {
      if ("contains" in info && (info.contains as readonly string[]).includes(one)) kinds.add(outer);
    }
  }
  return kinds;
}
