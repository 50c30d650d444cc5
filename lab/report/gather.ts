import { readFile } from "node:fs/promises";
import { Value } from "typebox/value";
import { BedsideError } from "../../contracts/errors.ts";
import { type Report, ReportSchema } from "../../contracts/report.ts";
import type { RowCard } from "../../model/card/row-schema.ts";
import type { Card } from "../../model/card/live-schema.ts";
import { liveReport, rowsReport } from "./cards.ts";
import { evaluationsOf } from "./evaluation.ts";
import { ablationOf, robustnessOf } from "./robustness.ts";

/** A JSON file by its name; the name is for what goes wrong. */
export interface Source {
  readonly name: string;
  readonly value: unknown;
}

export interface Sources {
  readonly live: Card | null;
  readonly rows: RowCard | null;
  readonly evaluate: readonly Source[];
  readonly replay: Source | null;
  readonly ablation: Source | null;
  readonly command: string;
  readonly date: Date;
}

/** One report of all that was measured. An evaluation of a file stands in the place of the card's of the same name. */
export function gather({ live, rows, evaluate, replay, ablation, command, date }: Sources): Report {
  const own = live && liveReport(live);
  const measured = evaluate.flatMap(({ name, value }) => evaluationsOf(value, name));
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
      ...(replay && { robustness: robustnessOf(replay.value, replay.name) }),
      ...(ablation && { ablation: ablationOf(ablation.value, ablation.name) }),
    },
    rows: rows && rowsReport(rows),
  };
  const [fault] = Value.Errors(ReportSchema, report);
  if (fault) throw new BedsideError("BAD_ARGUMENT", `the report${fault.instancePath} ${fault.message}`);
  return report;
}

/** Reads a JSON file. Throws BAD_ARGUMENT with its name where it is not there or not JSON. */
export async function readSource(name: string): Promise<Source> {
  try {
    return { name, value: JSON.parse(await readFile(name, "utf8")) };
  } catch (cause) {
    throw new BedsideError("BAD_ARGUMENT", `${name} can't be read as JSON: give what the command wrote`, { cause });
  }
}
