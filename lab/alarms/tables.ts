import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { ChallengeFigures, ChallengeScore } from "../../contracts/challenge-score.ts";
import { CONDITION_KINDS } from "../../contracts/condition.ts";
import { percentFigure } from "../../kit/figures.ts";
import { alignRight } from "../../scoring/tables.ts";
import type { ReplayedLog } from "./record-log.ts";

/** What was said of a record, a line each, in order. */
export function logTable({ record, seconds, conditions, steps }: ReplayedLog): string {
  const begins = conditions.map(({ priority, beginSeconds, toldSeconds, ...of }) => ({
    at: toldSeconds,
    words: `${subject(of)} (${priority}) begins, at ${clock(beginSeconds)}`,
  }));
  const ends = conditions.flatMap(({ priority, endSeconds, ...of }) =>
    endSeconds === null ? [] : { at: endSeconds, words: `${subject(of)} (${priority}) ends` },
  );
  const lives = steps.map((event) => ({ at: event.timeMs / 1000, words: `  ${stepWords(event)}` }));
  const lines = [...ends, ...begins, ...lives].toSorted((a, b) => a.at - b.at);
  return [`${record}, ${clock(seconds)}`, ...lines.map(({ at, words }) => `  ${clock(at)}  ${words}`)].join("\n");
}

const subject = ({ kind, lead }: { readonly kind: string; readonly lead: string }): string =>
  lead === "" ? kind : `${kind} of ${lead}`;

function stepWords({ step, alarm, by, reason }: AlarmEvent): string {
  const what = alarm ? `alarm ${subject(alarm)} (${alarm.priority}), ${alarm.id} version ${alarm.version}` : "bed";
  const because = [by === null ? "" : ` by ${by}`, reason === null ? "" : `: ${reason}`].join("");
  return `${what} ${step}${because}`;
}

/** Conditions of each kind, in all and by bed-hour. */
export function countTable(logs: readonly ReplayedLog[]): string {
  const hours = logs.reduce((sum, { seconds }) => sum + seconds, 0) / 3600;
  const rows = Object.entries(CONDITION_KINDS).flatMap(([kind, { priority }]) => {
    const each = logs.map(({ conditions }) => conditions.filter((one) => one.kind === kind).length);
    const count = each.reduce((sum, one) => sum + one, 0);
    if (count === 0) return [];
    return [[kind, priority, String(count), String(each.filter((one) => one > 0).length), (count / hours).toFixed(2)]];
  });
  const head = ["kind", "priority", "conditions", "in records", "an hour"];
  return `${logs.length} records, ${hours.toFixed(2)} bed-hours\n\n${alignRight([head, ...rows])}`;
}

/** True and false alarms of the challenge by kind, and each record that is wrong. */
export function challengeTable({ all, kinds, perRecord, windowSeconds, split }: ChallengeScore): string {
  const head = [`challenge-2015 ${split}`, "TP", "FN", "FP", "TN", "TPR %", "95 %", "TNR %", "95 %", "score %"];
  const rows = [...kinds.map(({ kind, ...figures }) => figureRow(kind, figures)), figureRow("all", all)];
  const wrong = perRecord.filter(({ isTrue, isRaised }) => isTrue !== isRaised);
  const listed = (words: string, isTrue: boolean): string[] =>
    kinds.flatMap(({ kind }) => {
      const names = wrong.filter((row) => row.kind === kind && row.isTrue === isTrue).map(({ record }) => record);
      return names.length === 0 ? [] : [`${words}, ${kind}: ${names.join(" ")}`];
    });
  return [
    alignRight([head, ...rows]),
    `Raised: a condition of the kind, or one that contains it, told by 5:00 and open in the ${windowSeconds} s before.`,
    [...listed("Missed", true), ...listed("False", false)].join("\n"),
  ].join("\n\n");
}

const figureRow = (name: string, figures: ChallengeFigures): string[] => [
  name,
  ...[figures.truePositives, figures.falseNegatives, figures.falsePositives, figures.trueNegatives].map(String),
  percentFigure(figures.tpr, 0),
  range(figures.interval.tpr),
  percentFigure(figures.tnr, 0),
  range(figures.interval.tnr),
  percentFigure(figures.score, 1),
];

const range = (interval: readonly [number, number] | null): string =>
  interval === null ? "–" : interval.map((end) => percentFigure(end, 0)).join("–");

/** Seconds as h:mm:ss.t. */
function clock(seconds: number): string {
  const tenths = Math.floor(seconds * 10 + 1e-6);
  const part = (unit: number, of: number): string => String(Math.floor(tenths / unit) % of).padStart(2, "0");
  return `${Math.floor(tenths / 36_000)}:${part(600, 60)}:${part(10, 60)}.${tenths % 10}`;
}
