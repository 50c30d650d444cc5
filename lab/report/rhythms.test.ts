import { expect, test } from "vitest";
import { reportSections } from "../../charts/model-report/sections.ts";
import type { ChallengeScore } from "../../contracts/challenge-score.ts";
import type { RhythmScoring } from "../../contracts/rhythm-scoring.ts";
import { readCard } from "../../model/card/live-folder.ts";
import { NO_SOURCES } from "../../testing/report-sources.ts";
import { gather, type Sources } from "./gather.ts";

const row: RhythmScoring["rows"][number] = {
  name: "asystole",
  label: "Asystole",
  kinds: ["asystole"],
  containers: [],
  records: ["a"],
  seconds: 7200,
  episodes: {
    reference: 5,
    found: 4,
    se: 0.8,
    seInterval: [0.28, 0.995],
    raised: 10,
    right: 6,
    ppv: 0.6,
    ppvInterval: [0.26, 0.88],
  },
  duration: { referenceSeconds: 50, foundSeconds: 45, se: 0.9, raisedSeconds: 90, rightSeconds: 45, ppv: 0.5 },
  bySecond: {
    truePositives: 45,
    falseNegatives: 5,
    falsePositives: 45,
    trueNegatives: 7105,
    se: 0.9,
    sp: 0.9937,
    ppv: 0.5,
  },
  delaySeconds: { median: 4.2, max: 7 },
  falsePerHour: 2,
  falsePerHourInterval: [0.55, 5.12],
};
const none = { ...row, label: "Pause", episodes: { ...row.episodes, reference: 0, raised: 0 } };
const rhythms = (split: string, hash: string): RhythmScoring => ({
  database: "data/files/cudb/1.0.0",
  split,
  records: ["a"],
  rPeaksAlone: [],
  skipSeconds: 0,
  slackMs: 150,
  model: { name: "live", hash },
  policy: "adult-1:0",
  rows: [row, none],
  runsByBeats: {
    couplets: { reference: 0, found: 0, se: null, raised: 0, right: 0, ppv: null },
    shortRuns: { reference: 0, found: 0, se: null, raised: 0, right: 0, ppv: null },
    longRuns: { reference: 0, found: 0, se: null, raised: 0, right: 0, ppv: null },
  },
  raised: [],
  perRecord: [],
  leftOut: [],
});

const counts = { truePositives: 3, falseNegatives: 1, falsePositives: 2, trueNegatives: 8 };
const interval = { tpr: [0.19, 0.99], tnr: [0.44, 0.97] } as const;
const figures = { ...counts, tpr: 0.75, tnr: 0.8, score: 0.6111, interval };
const challenge = (split: "development" | "report"): ChallengeScore => ({
  version: 1,
  command: `npm run alarms -- --split ${split}`,
  split,
  policy: "adult-1:0",
  model: "0123456789abcdef",
  decisionSeconds: 300,
  windowSeconds: 10,
  all: figures,
  kinds: [{ kind: "Ventricular_Flutter_Fib", ...figures }],
  perRecord: [],
  leftOut: [],
});

async function sectionOf(sources: Partial<Sources>): Promise<string> {
  const live = await readCard("model/artifacts/live");
  const sections = reportSections(gather({ ...NO_SOURCES, live, ...sources }));
  return (sections.find(({ heading }) => heading === "Rhythms and alarms")?.html ?? "")
    .replaceAll("\u00a0", " ")
    .replaceAll("\u2060", "");
}

test("episodes found, right and false stand with counts and intervals, a table a set, hold-outs first", async () => {
  const { hash } = await readCard("model/artifacts/live");
  const html = await sectionOf({ rhythms: [rhythms("CUDB development", hash), rhythms("CUDB report", "ffff")] });
  expect(html).toMatch(/CUDB report: 1 records, 2.0 hours.*CUDB development/s);
  expect(html).toMatch(/Asystole.*4 of 5, 80 % \(28–100\).*6 of 10, 60 % \(26–88\).*90\.0 %, 50\.0 %.*99\.4 %/s);
  expect(html).toMatch(/4\.2, 7\.0.*2\.00 \(0\.55–5\.12\)/s);
  expect(html).not.toContain("Pause");
  expect(html.match(/Of other weights than those in use: ffff/g)).toHaveLength(1);
  expect(html.match(/No limit was chosen by these records/g)).toHaveLength(1);
  expect(html).toContain("npm run evaluate -- --db data/files/cudb/1.0.0 --rhythms --json OUT");
});

test("true alarms raised and false ones kept silent stand with the score, the report half first", async () => {
  const html = await sectionOf({ challenge: [challenge("development"), challenge("report")] });
  expect(html).toMatch(/report half.*development half/s);
  expect(html).toMatch(/Ventricular Flutter Fib.*3 of 4, 75 % \(19–99\).*8 of 10, 80 % \(44–97\).*61\.1 %/s);
  expect(html).not.toContain(">–<");
  expect(html).toContain("told by minute 5 and open within 10 s before it");
});

test("what was not measured is said, with the command", async () => {
  expect(await sectionOf({})).toContain("npm run evaluate -- --rhythms");
});
