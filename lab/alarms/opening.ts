import type { ChallengeFigures, ChallengeOpening, ChallengeScore } from "../../contracts/challenge-score.ts";
import type { Opening } from "../../model/card/live-schema.ts";

export const CHALLENGE_HOLD_OUT = "challenge-2015 report";

/** What a look at the challenge's report half leaves in the model's card; null where it was not looked at. */
export function challengeOpening(
  { command, split, all, kinds }: ChallengeScore,
  date: Date,
): (Omit<Opening, "hash"> & { readonly figures: ChallengeOpening }) | null {
  if (split === "development") return null;
  const short = (figures: ChallengeFigures): ChallengeOpening["challenge"]["all"] => ({
    truePositives: figures.truePositives,
    falseNegatives: figures.falseNegatives,
    falsePositives: figures.falsePositives,
    trueNegatives: figures.trueNegatives,
    tpr: figures.tpr,
    tnr: figures.tnr,
    score: figures.score,
  });
  return {
    date: date.toISOString(),
    command,
    split: CHALLENGE_HOLD_OUT,
    figures: {
      challenge: { all: short(all), kinds: kinds.map((figures) => ({ kind: figures.kind, ...short(figures) })) },
    },
  };
}
