import { type Static, Type } from "typebox";
import { ChallengeScoreSchema } from "./challenge-score.ts";
import { RhythmScoringSchema } from "./rhythm-scoring.ts";

const { label, episodes, duration, bySecond, delaySeconds, falsePerHour, falsePerHourInterval } =
  RhythmScoringSchema.properties.rows.items.properties;
const { command, split, policy, decisionSeconds, windowSeconds, all, kinds } = ChallengeScoreSchema.properties;
const count = Type.Integer({ minimum: 0 });

/** What was found of one set of records' episodes, in the report of the models. */
export const RhythmReportSchema = Type.Object({
  command,
  hash: Type.String(),
  name: Type.String({ description: "as in CUDB report" }),
  isHoldOut: Type.Boolean({ description: "no limit was chosen by them" }),
  policy,
  records: count,
  hours: Type.Number({ minimum: 0 }),
  rPeaksAlone: Type.Boolean({ description: "R peaks were given, there are no signals" }),
  rows: Type.Array(
    Type.Object({ label, episodes, duration, bySecond, delaySeconds, falsePerHour, falsePerHourInterval }),
    { description: "kinds of which there was an episode, or a condition" },
  ),
});
export type RhythmReport = Static<typeof RhythmReportSchema>;

/** What was raised where monitors raised their alarms, in the report of the models. */
export const ChallengeReportSchema = Type.Object({
  command,
  hash: Type.String(),
  split,
  policy,
  decisionSeconds,
  windowSeconds,
  all,
  kinds,
});
export type ChallengeReport = Static<typeof ChallengeReportSchema>;
