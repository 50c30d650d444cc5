import { expect, test } from "vitest";
import type { PublicTools } from "../../contracts/public-tools.ts";
import type { Scoring } from "../../contracts/scoring.ts";
import type { Card } from "../../model/card/live-schema.ts";
import { readCard } from "../../model/card/live-folder.ts";
import { NO_SOURCES } from "../../testing/report-sources.ts";
import { scoringOf } from "../../testing/scoring.ts";
import { liveReport } from "./cards.ts";
import { gather } from "./gather.ts";
import { generalisationOf } from "./generalisation.ts";

const own = await readCard("model/artifacts/live-ds1");
const both: Card = { ...own, hash: "f".repeat(64), training: { ...own.training, records: ["101", "svdb/802"] } };
const by = (card: Pick<Card, "hash">, scoring: Scoring): Scoring => ({
  ...scoring,
  command: `npm run evaluate, ${card.hash.slice(0, 4)}`,
  model: { name: "live", hash: card.hash.slice(0, 12) },
});

const qrs = { truePositives: 9, falseNegatives: 1, falsePositives: 0, se: 0.9, ppv: 1 };
const result = { tool: "XQRS", version: "4.1", database: "svdb", records: ["807"], qrs };
const tools: PublicTools = {
  command: "python tools.py",
  date: "2026-01-01T00:00:00Z",
  toleranceMs: 150,
  results: [
    { ...result, split: "SVDB report" },
    { ...result, split: "SVDB development" },
  ],
};

test("a hold-out a group: the model in use, the published protocol's, other weights, tools, published figures", () => {
  const evaluate = [
    by({ hash: "0".repeat(64) }, scoringOf(["807", "809"], "SVDB report")),
    by(own, scoringOf(["807", "809"], "SVDB report")),
    by(both, scoringOf(["807", "809"], "SVDB report")),
    by(both, scoringOf(["101"], "DS1")),
    by(both, scoringOf(["100", "103"], "DS2")),
    { ...by(own, scoringOf(["100"], "DS2")), annotatedPeaks: true },
  ];
  const [ds2, svdb, ...others] = generalisationOf({ evaluate, models: [both, own], tools: [tools] });
  expect(others).toEqual([]);
  expect(ds2.rows.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "model Model in use",
    "published de Chazal et al. 2004",
    "published Llamedo & Martínez 2011",
  ]);
  expect(ds2).toMatchObject({ name: "DS2", remark: expect.stringMatching(/^2 of 22 records of MIT-BIH, /) });
  expect(ds2.beats).toEqual({ N: 90, S: 0, V: 10, F: 0 });
  expect(ds2.rows[1].classes?.["S"].f1.value).toBeCloseTo((2 * 0.76 * 0.38) / (0.76 + 0.38), 10);
  expect(svdb.rows.map(({ name, remark }) => `${name}: ${remark}`)).toEqual([
    "Model in use: trained on DS1 and SVDB development",
    "Published protocol: trained on DS1 alone",
    "other weights: 000000000000",
    "XQRS: version 4.1, QRS alone",
  ]);
  const [first, , , tool] = svdb.rows;
  expect(first).toMatchObject({
    command: "npm run evaluate, ffff",
    accuracy: { value: 0.9, interval: [0.9, 0.9] },
    coverage: 1,
    classes: { N: { se: { value: 1, interval: [1, 1] }, ppv: { value: 0.9 } } },
  });
  expect(first.ece).toBeCloseTo(0.2, 10);
  expect(tool).toMatchObject({ kind: "tool", qrs: { se: { value: 0.9 } }, command: "python tools.py" });
});

test("of several looks at one set the last is told; a database of no split is told by its folder", () => {
  const strangers = { ...scoringOf(["a1", "a2"], "DS2"), splits: {}, database: "/home/a/files/incartdb/1.0.0" };
  const evaluate = [
    by(own, scoringOf(["807"], "SVDB report")),
    by(own, scoringOf(["807", "809"], "SVDB report")),
    by(own, strangers),
  ];
  const sets = generalisationOf({ evaluate, models: [own], tools: [] });
  expect(sets.map(({ name, rows }) => [name, rows.length])).toEqual([
    ["SVDB report", 1],
    ["incartdb/1.0.0", 1],
  ]);
  expect(sets[0].rows[0].accuracy?.interval).not.toBeNull();
  expect(JSON.stringify(sets)).not.toContain("/home");
});

test("folds over two databases are told database by database", () => {
  const { pooled, each } = own.folds;
  const databases = pooled && { mitdb: pooled, svdb: { ...pooled, meanF1: 0.5 } };
  const folds = {
    ...own.folds,
    ...(databases && { databases }),
    each: [{ ...each[0], heldOut: ["mitdb/101", "svdb/802"] }],
  };
  const told = liveReport({ ...own, openings: [], folds }).evaluations;
  expect(told.map(({ name, records }) => [name, records])).toEqual([
    ["DS1, record-wise folds", ["mitdb/101"]],
    ["SVDB development, record-wise folds", ["svdb/802"]],
  ]);
  expect(told[1].figures.macroF1).toBe(0.5);
});

test("the published protocol's figures stand in the table, not among the live model's evaluations", () => {
  const evaluate = [by(own, scoringOf(["100", "103"], "DS2")), by(both, scoringOf(["807"], "SVDB report"))];
  const report = gather({ ...NO_SOURCES, live: { ...both, openings: [] }, protocol: own, evaluate });
  expect(report.live?.evaluations.map(({ name }) => name)).toEqual([
    "SVDB report, R peaks as found",
    "DS1, record-wise folds",
  ]);
  expect(report.generalisation?.map(({ name, rows }) => `${name}: ${rows[0].name}`)).toEqual([
    "DS2: Published protocol",
    "SVDB report: Model in use",
  ]);
});
