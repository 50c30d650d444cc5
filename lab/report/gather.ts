import { Value } from "typebox/value";
import type { AblationTable } from "../../contracts/ablation.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { type Report, ReportSchema } from "../../contracts/report.ts";
import type { PublicTools } from "../../contracts/public-tools.ts";
import type { ChallengeScore } from "../../contracts/challenge-score.ts";
import type { FalseS } from "../../contracts/false-s.ts";
import type { Replay } from "../../contracts/replay.ts";
import type { RhythmScoring } from "../../contracts/rhythm-scoring.ts";
import type { Scoring } from "../../contracts/scoring.ts";
import type { RowCard } from "../../model/card/row-schema.ts";
import type { Card } from "../../model/card/live-schema.ts";
import { liveReport, rowsReport } from "./cards.ts";
import { evaluationsOf } from "./evaluation.ts";
import { falseSOf } from "./false-s.ts";
import { generalisationOf } from "./generalisation.ts";
import { challengeReports, rhythmReports } from "./rhythms.ts";
import { ablationOf, robustnessOf } from "./robustness.ts";

export interface Sources {
  readonly live: Card | null;
  /** The same recipe trained on DS1 alone, as published: told beside the live model. */
  readonly protocol: Card | null;
  readonly rows: RowCard | null;
  /** Of either model, on any databases. */
  readonly evaluate: readonly Scoring[];
  readonly tools: readonly PublicTools[];
  /** Of the live model. */
  readonly falseS: readonly FalseS[];
  readonly rhythms: readonly RhythmScoring[];
  readonly challenge: readonly ChallengeScore[];
  readonly replay: Replay | null;
  readonly ablation: AblationTable | null;
  readonly command: string;
  readonly date: Date;
}

/**
 * One report of all that was measured. An evaluation that is given stands in the place of the card's of the same name; those of the
 * published protocol's model are told in the table of generalisation alone.
 */
export function gather(sources: Sources): Report {
  const { live, protocol, rows, evaluate, tools, falseS, rhythms, challenge, replay, ablation, command, date } =
    sources;
  const own = live && liveReport(live);
  const isOther = (hash: string): boolean =>
    hash === protocol?.hash.slice(0, hash.length) && hash !== live?.hash.slice(0, hash.length);
  const measured = evaluate.filter(({ model }) => !isOther(model.hash)).flatMap(evaluationsOf);
  const models = [live, protocol].filter((card) => card !== null);
  const known = new Set(measured.map(({ name }) => name));
  const report: Report = {
    version: 1,
    date: date.toISOString(),
    command,
    generalisation: generalisationOf({ evaluate, models, tools }),
    live: own && {
      ...own,
      evaluations: [...measured, ...own.evaluations.filter(({ name }) => !known.has(name))].toSorted(
        (a, b) => Number(b.isHoldOut) - Number(a.isHoldOut),
      ),
      ...(replay && { robustness: robustnessOf(replay) }),
      ...(ablation && { ablation: ablationOf(ablation) }),
      ...(falseS.length > 0 && { falseS: falseS.map(falseSOf) }),
      ...(rhythms.length > 0 && { rhythms: rhythmReports(rhythms) }),
      ...(challenge.length > 0 && { challenge: challengeReports(challenge) }),
    },
    rows: rows && rowsReport(rows),
  };
  const [fault] = Value.Errors(ReportSchema, report);
  if (fault) throw new BedsideError("BAD_ARGUMENT", `the report${fault.instancePath} ${fault.message}`);
  return report;
}
