import { Value } from "typebox/value";
import { expect, test } from "vitest";
import type { AblationTable } from "../../contracts/ablation.ts";
import type { Replay } from "../../contracts/replay.ts";
import { ScoringSchema } from "../../contracts/scoring.ts";
import { readCard } from "../../model/card/live-folder.ts";
import { readRowCard } from "../../model/card/row-folder.ts";
import { NO_SOURCES } from "../../testing/report-sources.ts";
import { scoringOf } from "../../testing/scoring.ts";
import { evaluationsOf } from "./evaluation.ts";
import { gather, type Sources } from "./gather.ts";
import { modelReportPage } from "./page.ts";

const sources = async (): Promise<Sources> => ({
  ...NO_SOURCES,
  live: await readCard("model/artifacts/live"),
  rows: await readRowCard("model/artifacts/rows"),
});

test("cards alone make a report, and what is missing is said with its command", async () => {
  const report = gather(await sources());
  expect(report.live?.evaluations.map(({ name }) => name)).toContain("DS1, record-wise folds");
  expect(report.live?.openings?.length).toBeGreaterThan(0);
  const page = modelReportPage(report);
  expect(page).toMatch(/npm run replay -- --split ds2 --grid/);
  expect(page).not.toMatch(/<script|NaN|undefined/);
});

test("an evaluation brings intervals, calibration and records, and takes the card's place", async () => {
  const evaluate = [scoringOf(["100", "103", "105"], "DS2")];
  const { live } = gather({ ...(await sources()), evaluate });
  const own = live?.evaluations.filter(({ name }) => name === "DS2, R peaks as found");
  expect(own).toHaveLength(1);
  expect(own?.[0]).toMatchObject({ isHoldOut: true, hash: "0123456789ab", records: ["100", "103", "105"] });
  expect(own?.[0].figures.classes["V"]).toMatchObject({ se: 0, support: 15 });
  expect(own?.[0].intervals?.classes["N"].se).toEqual([1, 1]);
  expect(own?.[0].calibration).toMatchObject({ beats: 150 });
  expect(own?.[0].calibration?.ece).toBeCloseTo(0.2, 5);
  expect(own?.[0].riskCoverage?.points.length).toBeGreaterThan(0);
  expect(own?.[0].perRecord?.map(({ record }) => record)).toEqual(["100", "103", "105"]);
  expect(JSON.stringify(live)).not.toContain("/somewhere");
});

test("an evaluation says whom it left out; what an older one has not written is not missed", async () => {
  const whole = scoringOf(["100", "103"], "DS2");
  expect("leftOut" in whole || "mitdb" in whole.perRecord[0]).toBe(false);
  const leftOut = Array.from({ length: 9 }, (_, i) => ({ record: `r${i}`, code: "BAD_RECORD", reason: "cut" }));
  const remarks = [whole, { ...whole, leftOut }].flatMap(evaluationsOf).map(({ remark }) => remark);
  expect(remarks[0]).not.toContain("Left out");
  expect(remarks[1]).toMatch(/could not be scored: r0, r1, r2, r3, r4, r5, r6, r7 and 1 more\.$/);
});

test("a grid of drifts becomes curves, drifts that are not of it stay out; a table of recipes finds the floor", async () => {
  const records = ["101", "106"];
  const { qrs, beats, intervals } = scoringOf(records, "DS1");
  const variant = { qrs, beats, intervals, change: null };
  const none = { ece: null, brier: null };
  const calibration = { ...none, covered: none };
  const run = { ...variant, coverage: 0.9, covered: variant, ungated: variant, calibration, perRecord: [] };
  const drifts = [
    { family: "em", severity: 24, unit: "dB" },
    { family: null, severity: null, unit: null },
    { family: "em", severity: 6, unit: "dB" },
  ] as const;
  const replay: Replay = {
    version: 1,
    command: "npm run replay -- --grid --json OUT.json",
    database: "mitdb",
    records,
    seed: 1,
    toleranceMs: 150,
    stretch: { fromSeconds: 300, toSeconds: null },
    noise: "",
    model: { name: "live", hash: "0123" },
    trainedOn: [],
    clean: run,
    cells: drifts.map((drift) => ({ ...run, ...drift, drift: "x" })),
  };
  const folds = { meanF1: 0.6, classes: beats.classes };
  const row = { what: "", folds, otherRhythms: null, delta: 0 };
  const ablation: AblationTable = {
    command: "npm run ablate",
    epochs: 1,
    seed: 1,
    foldCount: 4,
    rows: [
      { ...row, recipe: "plain" },
      { ...row, recipe: "floor" },
    ],
  };
  const { live } = gather({ ...(await sources()), replay, ablation });
  const [low, high] = intervals.classes.N.f1 ?? [];
  expect(live?.robustness).toMatchObject({ command: replay.command, clean: { coverage: 0.9 } });
  expect(live?.robustness?.families).toMatchObject([
    { family: "em", unit: "dB", points: [{ severity: 24, intervals: { N: [low, high] } }, { severity: 6 }] },
  ]);
  expect(live?.ablation?.rows).toMatchObject([
    { recipe: "plain", meanF1: 0.6, f1: { V: beats.classes.V.f1 }, isFloor: false },
    { recipe: "floor", isFloor: true },
  ]);
});

test("what the fixture gives is what the commands may write", () => {
  expect([...Value.Errors(ScoringSchema, scoringOf(["100", "103"], "DS2"))]).toEqual([]);
});
