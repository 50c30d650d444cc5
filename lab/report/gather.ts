import { Value } from "typebox/value";
import type { AblationTable } from "../../contracts/ablation.ts";
import { BedsideError } from "../../contracts/errors.ts";
import { type Report, ReportSchema } from "../../contracts/report.ts";
import type { Replay } from "../../contracts/replay.ts";
import type { Scoring } from "../../contracts/scoring.ts";
import type { RowCard } from "../../model/card/row-schema.ts";
import type { Card } from "../../model/card/live-schema.ts";
import { liveReport, rowsReport } from "./cards.ts";
import { evaluationsOf } from "./evaluation.ts";
import { ablationOf, robustnessOf } from "./robustness.ts";

export interface Sources {
  readonly live: Card | null;
  readonly rows: RowCard | null;
  readonly evaluate: readonly Scoring[];
  readonly replay: Replay | null;
  readonly ablation: AblationTable | null;
  readonly command: string;
  readonly date: Date;
}

/** One report of all that was measured. An evaluation that is given stands in the place of the card's of the same name. */
export function gather({ live, rows, evaluate, replay, ablation, command, date }: Sources): Report {
  const own = live && liveReport(live);
  const measured = evaluate.flatMap(evaluationsOf);
  const known = new Set(measured.map(({ name }) => name));
  const report: Report = {
    version: 1,
    date: date.toISOString(),
    command,
    live: own && {
      ...own,
      evaluations: [...measured, ...own.evaluations.filter(({ name }) => !known.has(name))].toSorted(
        (a, b) => Number(b.isHoldOut) - Number(a.isHoldOut),
      ),
      ...(replay && { robustness: robustnessOf(replay) }),
      ...(ablation && { ablation: ablationOf(ablation) }),
    },
    rows: rows && rowsReport(rows),
  };
  const [fault] = Value.Errors(ReportSchema, report);
  if (fault) throw new BedsideError("BAD_ARGUMENT", `the report${fault.instancePath} ${fault.message}`);
  return report;
}
