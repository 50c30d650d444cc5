import type { ModelReport } from "../../contracts/report.ts";
import type { ChallengeReport, RhythmReport } from "../../contracts/rhythm-report.ts";
import { decimals, percent, percentFigure } from "../../kit/figures.ts";
import { paragraph } from "../page.ts";
import { dataTable } from "../table.ts";

export const RHYTHMS_HEADING = "Rhythms and alarms";

/** Said above the tables. */
const WORDS =
  "Conditions of the monitor against annotated episodes and labelled alarms. An episode is found where the condition is open at some time of it; one that is raised is right where it " +
  "overlaps an episode. By time: of the episodes' duration, and of the condition's. In brackets 95 % intervals, exact: few cases say little.";

type Interval = readonly [number, number] | null;

/** What the monitor finds of rhythms, and which alarms it raises; empty where neither was measured. */
export const rhythmTables = ({ rhythms = [], challenge = [], hash }: ModelReport): string =>
  rhythms.length + challenge.length === 0
    ? ""
    : [
        paragraph(WORDS, "dim"),
        ...challenge.map((one) => challengeTable(one, hash)),
        ...rhythms.map((set) => episodeTable(set, hash)),
      ].join("");

function challengeTable(score: ChallengeReport, current: string): string {
  const { split, policy, decisionSeconds, windowSeconds, all, kinds, command, hash } = score;
  const minutes = decimals(decisionSeconds / 60, 0);
  const rows = [...kinds, { ...all, kind: "All" }].map(
    ({ kind, truePositives, falseNegatives, falsePositives, trueNegatives, tpr, tnr, interval, score: share }) => [
      kind.replaceAll("_", " "),
      shareOf(truePositives, truePositives + falseNegatives, tpr, interval.tpr),
      shareOf(trueNegatives, trueNegatives + falsePositives, tnr, interval.tnr),
      percent(share),
    ],
  );
  const half = split === "all" ? "all records" : `${split} half`;
  return (
    dataTable({
      caption: `Alarms of bedside monitors, PhysioNet/CinC Challenge 2015, ${half}`,
      columns: ["The monitor's alarm", "True ones raised", "False ones kept silent", "Score"],
      rows,
    }) +
    paragraph(
      `${whoseLimits(split === "report")} Raised: a condition of the kind, or one that contains it, told by minute ${minutes} and open within ${windowSeconds} s before it. ` +
        `Score: (TP + TN) / (TP + TN + FP + 5 FN). ${origin(policy, command, hash, current)}`,
      "dim",
    )
  );
}

function episodeTable(set: RhythmReport, current: string): string {
  const { name, isHoldOut, records, hours, rPeaksAlone, rows, policy, command, hash } = set;
  const seconds = (value: number | null): string => decimals(value, 1);
  const peaks = rPeaksAlone ? " Their R peaks alone are given: there are no signals." : "";
  return (
    dataTable({
      caption: `${name}: ${records} records, ${decimals(hours, 1)} hours`,
      columns: [
        "Episodes",
        "Found",
        "Right of raised",
        "By time: Se, +P",
        "By second: Se, Sp",
        "Delay, s: median, most",
        "False an hour",
      ],
      rows: rows.map(({ label, episodes, duration, bySecond, delaySeconds, falsePerHour, falsePerHourInterval }) => [
        label,
        shareOf(episodes.found, episodes.reference, episodes.se, episodes.seInterval),
        shareOf(episodes.right, episodes.raised, episodes.ppv, episodes.ppvInterval),
        unbroken(`${percent(duration.se)}, ${percent(duration.ppv)}`),
        unbroken(`${percent(bySecond.se)}, ${percent(bySecond.sp)}`),
        delaySeconds.median === null ? "–" : unbroken(`${seconds(delaySeconds.median)}, ${seconds(delaySeconds.max)}`),
        unbroken(`${decimals(falsePerHour, 2)}${ends(falsePerHourInterval, (value) => decimals(value, 2))}`),
      ]),
    }) + paragraph(`${whoseLimits(isHoldOut)}${peaks} ${origin(policy, command, hash, current)}`, "dim")
  );
}

const whoseLimits = (isHoldOut: boolean): string =>
  isHoldOut
    ? "No limit was chosen by these records."
    : "Limits were chosen by these records: the figures are too good.";

const origin = (policy: string, command: string, hash: string, current: string): string =>
  `Policy ${policy}. Made by \`${command}\`.${hash === current.slice(0, hash.length) ? "" : ` Of other weights than those in use: ${hash}.`}`;

/** "4 of 5, 80 % (28–99)". */
const shareOf = (part: number, of: number, share: number | null, interval: Interval): string => {
  if (of === 0) return "none";
  return unbroken(`${part} of ${of}, ${percent(share, 0)}${ends(interval, (value) => percentFigure(value, 0))}`);
};

/** A figure stays on one line; the table scrolls. */
const unbroken = (text: string): string => text.replaceAll(" ", "\u00a0").replaceAll("–", "\u2060–\u2060");

const ends = (interval: Interval, write: (value: number) => string): string =>
  interval ? ` (${write(interval[0])}–${write(interval[1])})` : "";
