import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Value } from "typebox/value";
import { RhythmOpeningSchema, RhythmScoringSchema } from "../../../contracts/rhythm-scoring.ts";
import { databaseFolder } from "../../../data/records.ts";
import { HALF_SPLITS } from "../../../data/splits/half-splits.ts";
import { halfOf } from "../../../data/splits/halves.ts";
import type { Script } from "../../../data/synthetic/script.ts";
import { readAnnotations, writeAnnotations } from "../../../data/wfdb/annotations.ts";
import { listRecords } from "../../../data/wfdb/names.ts";
import { readConfig } from "../../../server/config.ts";
import { FEATURE_NAMES } from "../../../signal/beat/features.ts";
import { writeRecord } from "../../../testing/data/heart-record.ts";
import { createFakeClassifier } from "../../../testing/model/fake-classifier.ts";
import { evaluateRhythms, type RhythmOptions } from "./evaluate-rhythms.ts";
import { rhythmOpening, rhythmText } from "./tell.ts";

const classifier = createFakeClassifier(FEATURE_NAMES.length);
const run = (db: string, change: Partial<RhythmOptions> = {}) =>
  evaluateRhythms({ db, annotator: "atr", skipSeconds: 0, classifier, ...change });

const script: Script = [
  { rhythm: "sinus", seconds: 30, bpm: 70 },
  { rhythm: "asystole", seconds: 12 },
  { rhythm: "sinus", seconds: 30, bpm: 70 },
];

/** A record of each half of a database, by their names. */
const named = (half: "development" | "report"): string => {
  for (let i = 1; ; i++) if (halfOf("cudb", `cu${i}`) === half) return `cu${i}`;
};

let root: string;
let db: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "bedside-rhythms-"));
  db = path.join(root, "cudb", "1.0.0");
  await mkdir(db, { recursive: true });
  for (const half of ["development", "report"] as const) {
    await writeRecord(db, named(half), script, { samplingRateHz: 250, leads: ["ECG"] });
  }
});
afterAll(() => rm(root, { recursive: true }));

test("asystole of a record is found, with its delay; nothing else is false", async () => {
  const { scoring } = await run(db, { records: [named("development")] });
  const row = scoring.rows.find(({ name }) => name === "asystole");
  expect(row?.episodes).toMatchObject({ reference: 1, found: 1, raised: 1, right: 1 });
  expect(row?.delaySeconds.max).toBeGreaterThan(4);
  expect(row?.delaySeconds.max).toBeLessThan(6);
  expect(scoring.rows.find(({ name }) => name === "ventricular-tachycardia")?.episodes.raised).toBe(0);
  expect([...Value.Errors(RhythmScoringSchema, scoring)]).toEqual([]);
  expect(rhythmText(scoring)).toMatch(/Asystole +1\/1 +100\.0/);
});

test("a half of a database goes by names; a look at the report half is told, with figures of its records alone", async () => {
  const split = (half: string) => HALF_SPLITS.find(({ option }) => option === `cudb-${half}`);
  const development = split("development");
  const report = split("report");
  if (!development || !report) throw new Error("no halves of CUDB");
  const learned = await run(db, { split: development });
  expect([learned.scoring.records, learned.scoring.split, learned.holdOuts]).toEqual([
    [named("development")],
    "CUDB development",
    [],
  ]);
  const { scoring, holdOuts } = await run(db);
  expect(scoring.records.length).toBe(2);
  expect(holdOuts.map((one) => [one.split, one.scoring.records])).toEqual([["CUDB report", [named("report")]]]);
  expect(Value.Check(RhythmOpeningSchema, rhythmOpening(holdOuts[0].scoring))).toBe(true);
  const other = path.join(root, "mine");
  await mkdir(other);
  await writeRecord(other, "x", script, { samplingRateHz: 250, leads: ["ECG"] });
  expect((await run(other)).holdOuts).toEqual([]);
  const elsewhere = halfOf("cudb", "x") === "report" ? development : report;
  await expect(run(other, { split: elsewhere })).rejects.toThrow(/no record in .*mine is of CUDB/);
});

test("R peaks in place of signals: AF is scored, nothing else", async () => {
  const folder = path.join(root, "peaks");
  await mkdir(folder);
  const mark = { subtype: 0, channel: 0, number: 0, aux: "" };
  await writeFile(path.join(folder, "p1.hea"), "p1 0 250 0\n");
  const peaks = Array.from({ length: 400 }, (_, i) => ({ ...mark, sample: 200 * (i + 1), symbol: "N" }));
  await writeAnnotations(folder, "p1", "qrs", peaks);
  await writeAnnotations(folder, "p1", "atr", [
    { ...mark, sample: 10, symbol: "+", aux: "(N" },
    { ...mark, sample: 40_000, symbol: "+", aux: "(AFIB" },
  ]);
  const { scoring } = await run(folder);
  expect(scoring.rPeaksAlone).toEqual(["p1"]);
  expect(scoring.rows.map(({ name }) => name)).toEqual(["atrial-fibrillation", "long-atrial-fibrillation"]);
  expect(scoring.rows[0].episodes).toMatchObject({ reference: 1, found: 0, raised: 0 });
  expect(scoring.rows[0].seconds).toBeCloseTo(320, 0);
});

test("a record about whose rhythm nothing is said is left out by name", async () => {
  const folder = path.join(root, "bare");
  await mkdir(folder);
  for (const name of ["a", "b"]) await writeRecord(folder, name, script, { samplingRateHz: 250, leads: ["ECG"] });
  await writeAnnotations(folder, "b", "atr", []);
  const { scoring } = await run(folder);
  expect(scoring.records).toEqual(["a"]);
  expect(scoring.leftOut).toEqual([
    { record: "b", code: "BAD_RECORD", reason: expect.stringMatching(/b\.atr has neither rhythms nor beats/) },
  ]);
});

const { PHYSIONET_DIR } = readConfig();
const vfdb = databaseFolder(PHYSIONET_DIR, "vfdb");
const fetched = (await listRecords(vfdb)).includes("607");

describe.skipIf(!fetched)("rhythms without beats (VFDB)", () => {
  test("episodes of the reference are its annotations; rows that need beats are not there", async () => {
    const { scoring } = await run(vfdb, { records: ["607"] });
    const said = await readAnnotations(vfdb, "607");
    const episodes = said.filter(({ aux }) => aux === "(VT").length;
    const rows = new Map(scoring.rows.map((row) => [row.name, row]));
    expect(episodes).toBeGreaterThan(1);
    expect(rows.get("ventricular-tachycardia")?.episodes.reference).toBe(episodes);
    for (const name of ["pause", "ventricular-run", "couplet"]) expect(rows.has(name)).toBe(false);
    expect(scoring.rows.every(({ seconds }) => seconds <= 2100)).toBe(true);
  });
});
