import type { ModelReport, ReportFalseS } from "../../contracts/report.ts";
import { decimals, percent } from "../../kit/figures.ts";
import { paragraph } from "../page.ts";
import { dataTable } from "../table.ts";

/** How often a beat is called S where there is none, a table for each split; empty where it was not counted. */
export const falseSTables = ({ falseS = [], hash }: ModelReport): string =>
  falseS.map((split) => tableOf(split, hash)).join("");

function tableOf({ groups, isHoldOut, trainedOn, command, hash }: ReportFalseS, current: string): string {
  const who = isHoldOut ? "records that nothing was learned or chosen from" : "records that choices were made on";
  const learnt = trainedOn.length > 0 ? ` The model was trained on ${trainedOn.join(", ")}.` : "";
  const stale = hash === current.slice(0, hash.length) ? "" : ` Of other weights than those in use: ${hash}.`;
  const one = (value: number | null): string => decimals(value, 1);
  const table = dataTable({
    caption: `Beats called S where there is none: ${who}`,
    columns: ["Where", "Records", "Hours", "Called S", "False", "An hour", "95 % interval", "Records with any"],
    rows: groups.map(({ name, records, hours, calledS, falseS, perHour, interval, shareWithS }) => [
      name,
      records,
      hours.toFixed(2),
      calledS,
      falseS ?? "not known",
      one(perHour),
      interval ? interval.map(one).join(" to ") : "–",
      percent(shareWithS),
    ]),
  });
  const truths = groups.map(({ name, truth }) => `${name}: ${truth}`).join("; ");
  return table + paragraph(`How it is known what is false. ${truths}.${learnt}${stale} Made by \`${command}\`.`, "dim");
}
