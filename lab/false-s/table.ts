import { type FalseS, S_TRUTHS } from "../../contracts/false-s.ts";
import { decimals, percentFigure } from "../../kit/figures.ts";
import { alignRight } from "../../scoring/tables.ts";
import { trainedOnNote } from "../evaluation/notes.ts";

/** A line for each group, and how it is known what is false. */
export function falseSTable({ split, groups, trainedOn }: FalseS): string {
  const one = (value: number | null): string => decimals(value, 1);
  const table = alignRight([
    [
      split,
      "records",
      "hours",
      "beats",
      "called S",
      "false",
      "S/h",
      "false/h",
      "95 %",
      "with S %",
      "ungated S/h",
      "false/h",
    ],
    ...groups.map(({ interval, ungated, ...group }) => [
      group.name,
      String(group.records),
      group.hours.toFixed(2),
      String(group.beats),
      String(group.calledS),
      group.falseS === null ? "–" : String(group.falseS),
      one(group.calledPerHour),
      one(group.falsePerHour),
      (interval.falsePerHour ?? interval.calledPerHour)?.map(one).join("–") ?? "–",
      percentFigure(group.shareWithS, 1),
      one(ungated.calledPerHour),
      one(ungated.falsePerHour),
    ]),
  ]);
  const truths = groups.map(({ name, truth }) => `  ${name}: ${S_TRUTHS[truth]}`).join("\n");
  const notes = trainedOn.length > 0 ? [trainedOnNote(trainedOn)] : [];
  return [table, `How it is known what is false\n${truths}`, ...notes].join("\n\n");
}
