import { BedsideError } from "../../contracts/errors.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { halfOf } from "../../data/splits/halves.ts";
import { checkNames } from "../evaluation/choose-records.ts";

/** What `npm run alarms` is given. */
export interface AlarmOptions {
  readonly db?: string;
  readonly record?: string;
  readonly records?: string[];
  readonly split?: "development" | "report";
  readonly policy?: string[];
  readonly against?: string;
  readonly commands?: string;
  readonly frameMs?: number;
  readonly jobs: number;
  readonly json?: string;
  readonly scoreJson?: string;
  readonly logOpening: boolean;
}

/** One policy, or two to compare. */
export function policyNames({ policy, against }: AlarmOptions, usual: string): readonly [string, string?] {
  const [first, second, ...more] = [...(policy ?? [usual]), ...(against === undefined ? [] : [against])];
  if (more.length === 0) return [first, second];
  throw new BedsideError("BAD_ARGUMENT", "give two policies at most: --policy and --against");
}

/** Throws BAD_ARGUMENT where options don't go together. `isChallenge`: the folder has the challenge's labels. */
export function checkTogether(
  { record, records, split, commands, scoreJson, logOpening: log }: AlarmOptions,
  isChallenge: boolean,
  isComparison: boolean,
): void {
  const bad = (message: string): never => {
    throw new BedsideError("BAD_ARGUMENT", message);
  };
  if ([record, records, split].filter((given) => given !== undefined).length > 1) {
    bad("give --record, --records or --split: one of the three");
  }
  if (commands !== undefined && record === undefined) bad("--commands are for one bed: give its --record");
  if (isComparison && (commands !== undefined || scoreJson !== undefined || log)) {
    bad("two policies are compared without --commands, --score-json and --log-opening: these are of one");
  }
  if (!isChallenge && split !== undefined) bad("--split is of the challenge of 2015: --db names no folder with ALARMS");
  if (!isChallenge && scoreJson !== undefined) bad("--score-json needs labels: --db names no folder with ALARMS");
}

/** Records of the challenge that have no label are left out where they are to be counted. */
export async function chooseAlarmRecords(
  db: string,
  { record, records, split }: AlarmOptions,
  labelled: ReadonlySet<string> | null,
): Promise<{ readonly records: readonly string[]; readonly without: readonly LeftOut[] }> {
  const named = record === undefined ? records : [record];
  const there = await checkNames(db, named ?? []);
  const names = [...new Set(named ?? there)].filter(
    (name) => split === undefined || halfOf("challenge-2015", name) === split,
  );
  if (names.length === 0) throw new BedsideError("UNKNOWN_RECORD", `${db} has no record of the ${split} half`);
  const unlabelled = labelled && record === undefined ? names.filter((name) => !labelled.has(name)) : [];
  return {
    records: names.filter((name) => !unlabelled.includes(name)),
    without: unlabelled.map((name) => ({
      record: name,
      code: "BAD_RECORD",
      reason: `${db}/ALARMS has no line for it`,
    })),
  };
}
