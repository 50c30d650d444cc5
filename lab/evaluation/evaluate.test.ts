import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SPLITS } from "../../data/splits/splits.ts";
import type { Script } from "../../data/synthetic/script.ts";
import { readAnnotations } from "../../data/wfdb/annotations.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import type { WfdbRecord } from "../../data/wfdb/record.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { evaluate, type EvaluateOptions } from "./evaluate.ts";
import { notesOn } from "./notes.ts";
import { openingFiguresOf, unloggedNote } from "./opening.ts";
import { writeRecord } from "../../testing/data/heart-record.ts";

const SECONDS = 60;
const sinus: Script = [{ rhythm: "sinus", seconds: SECONDS, bpm: 70, ectopy: [{ symbol: "V", every: 9 }] }];

let db: string;

beforeAll(async () => {
  db = await mkdtemp(path.join(tmpdir(), "bedside-evaluate-"));
  await writeRecord(db, "100", sinus, { samplingRateHz: 360, leads: ["MLII", "V1"] });
  await writeRecord(db, "101", sinus, { samplingRateHz: 250, leads: ["I", "V1"] });
  await writeRecord(db, "x1", sinus, { samplingRateHz: 360, leads: ["II", "V1"] });
  await rm(path.join(db, "x1.atr"));
});

afterAll(() => rm(db, { recursive: true }));

/** As if the made-up records were the ones of MIT-BIH that they are called after. */
const recognise = ({ name }: WfdbRecord): string => `mitdb/${name}`;

const run = (change: Partial<EvaluateOptions> = {}) => {
  const classifier = createFakeClassifier(FEATURE_NAMES.length);
  return evaluate({ db, annotator: "atr", skipSeconds: 0, classifier, recognise, ...change });
};

const error = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

test("every annotated record of a folder, whatever its rate; gross figures are sums", async () => {
  const progress: string[] = [];
  const scoring = await run({
    onProgress: (done, total, record) => Number.isInteger(done) && progress.push(`${done}/${total} ${record}`),
  });
  expect([...new Set(progress)]).toEqual(["0/2 100", "1/2 100", "1/2 101", "2/2 101", "2/2 figures"]);
  expect(scoring).toMatchObject({
    database: db,
    records: ["100", "101"],
    toleranceMs: 150,
    skipSeconds: 0,
    model: { name: "fake", hash: "fake00000000" },
    splits: { DS1: { records: ["101"] }, DS2: { records: ["100"] } },
  });
  const hits = scoring.perRecord.map(({ qrs }) => qrs.truePositives);
  expect(scoring.qrs.truePositives).toBe(hits[0] + hits[1]);
  expect(scoring.splits.DS1.qrs.truePositives).toBe(hits[1]);
  for (const { qrs } of scoring.perRecord) {
    expect(qrs.truePositives + qrs.falseNegatives).toBeGreaterThan(60);
    expect(qrs.se).toBeGreaterThan(0.97);
    expect(qrs.ppv).toBeGreaterThan(0.97);
  }
  expect(scoring.beats.order).toEqual(["N", "S", "V", "F", "Q", "O"]);
  expect(scoring.beats.classes.V.support).toBeGreaterThan(10);
});

test("intervals, averages and calibration stand beside the gross figures, of each split too", async () => {
  const scoring = await run({ trainedOn: ["mitdb/101", "mitdb/103"] });
  expect(scoring.trainedOn).toEqual(["101"]);
  const { beats, intervals, average, gate, calibration, riskCoverage, splits, perRecord } = scoring;
  const [low, high] = intervals.accuracy ?? [1, 0];
  expect(low).toBeLessThanOrEqual(beats.accuracy ?? -1);
  expect(high).toBeGreaterThanOrEqual(beats.accuracy ?? 2);
  const each = perRecord.map((record) => record.beats.accuracy ?? 0);
  expect(average.accuracy).toBeCloseTo((each[0] + each[1]) / 2, 12);
  expect(calibration.all.beats).toBe(scoring.qrs.truePositives);
  expect(gate.coverage).toBeGreaterThan(0.9);
  expect(gate.ungated.beats.confusion.every((row) => row[4] === 0)).toBe(true);
  expect(riskCoverage.points[0].coverage).toBe(1);
  expect(splits.DS1).toMatchObject({ records: ["101"], intervals: { accuracy: null }, ec57: { skipSeconds: 300 } });
  expect(scoring.without232).toBeUndefined();
});

test("of a split the records that have its names are gone through alone, and scored by their samples", async () => {
  const split = { ...SPLITS[3], records: ["100", "101", "x7"] };
  const begun = new Set<string>();
  const scoring = await run({
    split,
    recognise: ({ name }) => (name === "100" ? "svdb/100" : "mitdb/101"),
    onProgress: (_, __, record) => begun.add(record),
  });
  expect([...begun]).toEqual(["100", "101", "figures"]);
  expect(scoring.records).toEqual(["100"]);
  expect(scoring.leftOut).toMatchObject([
    { record: "101", code: "BAD_RECORD", reason: expect.stringContaining("it has the samples of MIT-BIH's 101") },
    { record: "x7", code: "UNKNOWN_RECORD", reason: expect.stringContaining("is not in") },
  ]);
  await expect(run({ split: { ...split, records: ["x7"] } })).rejects.toThrow(error("UNKNOWN_RECORD", /is not in/));
});

test("SVDB's halves are splits of their own, and looks at hold-outs are told one by one", async () => {
  const scoring = await run({ recognise: ({ name }) => (name === "100" ? "svdb/807" : "svdb/802") });
  expect(scoring.splits).toMatchObject({
    "SVDB development": { records: ["101"] },
    "SVDB report": { records: ["100"] },
  });
  expect(scoring.perRecord.map(({ identity, mitdb }) => [identity, mitdb])).toEqual([
    ["svdb/807", null],
    ["svdb/802", null],
  ]);
  const looked = openingFiguresOf(scoring);
  expect(looked.map(({ split, figures }) => [split, figures.records])).toEqual([["SVDB report", ["807"]]]);
  expect(looked[0].figures.qrs).toEqual(scoring.splits["SVDB report"].qrs);
  expect(notesOn(scoring)).toEqual(["By their samples: 100 is SVDB's 807, 101 is SVDB's 802."]);
  const both = await run({ recognise: ({ name }) => (name === "100" ? "svdb/807" : "mitdb/232") });
  expect(openingFiguresOf(both).map(({ split }) => split)).toEqual(["DS2", "SVDB report"]);
  expect(unloggedNote(["DS2", "SVDB report"])).toMatch(
    /^These records include some of DS2 and SVDB report, hold-outs: /,
  );
  const partly = await run({ recognise: ({ name }) => (name === "100" ? "svdb/100" : "svdb/802") });
  expect(openingFiguresOf(partly)).toEqual([]);
  const strangers = await run({ recognise: ({ name }) => (name === "100" ? null : "svdb/802") });
  expect(notesOn(strangers).at(-1)).toBe("Of no split, as their samples are not known: 100.");
});

test("written annotations read back score as the run did", async () => {
  const folder = path.join(db, "found");
  const scoring = await run({ records: ["100"], write: { extension: "bed", folder } });
  expect(await readdir(folder)).toEqual(["100.bed"]);
  const [note, ...found] = await readAnnotations(folder, "100", "bed");
  expect(note).toMatchObject({ sample: 0, symbol: '"', aux: "Bedside fake fake00000000" });
  expect(found).toHaveLength(scoring.qrs.truePositives + scoring.qrs.falsePositives);
  expect(found.map(({ sample }) => sample)).toEqual(found.map(({ sample }) => sample).toSorted((a, b) => a - b));
  const called = scoring.beats.confusion.reduce((sum, row) => sum + row[0], 0);
  expect(found.filter(({ symbol }) => symbol === "N")).toHaveLength(called);
});

test("at the annotators' peaks nothing is missed and nothing false", async () => {
  const { qrs, annotatedPeaks, beats } = await run({ records: ["100"], annotatedPeaks: true });
  const own = await run({ records: ["100"] });
  expect(annotatedPeaks).toBe(true);
  expect(own.annotatedPeaks).toBe(false);
  expect(qrs).toMatchObject({ truePositives: own.qrs.truePositives + own.qrs.falseNegatives, se: 1, ppv: 1 });
  expect(beats.classes.V.support).toBe(own.beats.classes.V.support);
});

test("skipped seconds are not scored", async () => {
  const whole = await run({ records: ["100"] });
  const { qrs } = await run({ records: ["100"], skipSeconds: SECONDS / 2 });
  const beats = qrs.truePositives + qrs.falseNegatives;
  expect(beats).toBeGreaterThan(0.4 * (whole.qrs.truePositives + whole.qrs.falseNegatives));
  expect(beats).toBeLessThan(0.6 * (whole.qrs.truePositives + whole.qrs.falseNegatives));
});

test("a long record tells how far it is", async () => {
  await writeRecord(db, "long", [{ rhythm: "sinus", seconds: 1200, bpm: 70 }], {
    samplingRateHz: 360,
    leads: ["MLII"],
  });
  const shares: number[] = [];
  await run({ records: ["long"], onProgress: (done) => shares.push(done) });
  await rm(path.join(db, "long.hea"));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.filter((share) => share > 0.1 && share < 0.9).length).toBeGreaterThan(2);
  expect(shares.at(-1)).toBe(1);
});

test("the lead is chosen by name, or the first", async () => {
  const found = async (lead?: string) => {
    const extension = lead ?? "live";
    await run({ records: ["101"], write: { extension, folder: db }, ...(lead === undefined ? {} : { lead }) });
    return (await readAnnotations(db, "101", extension)).map(({ sample }) => sample);
  };
  const live = await found();
  expect(await found("first")).toEqual(live);
  expect(await found("V1")).not.toEqual(live);
  await expect(run({ lead: "V5" })).rejects.toThrow(
    error("BAD_ARGUMENT", /record 100 has no lead V5; it has MLII, V1/),
  );
});

test("unknown records, and folders without records or annotations", async () => {
  await expect(run({ records: ["100", "10l"] })).rejects.toThrow(
    error("UNKNOWN_RECORD", /no record 10l: .* has 100, 101/),
  );
  await expect(run({ records: ["x1"] })).rejects.toThrow(error("UNKNOWN_RECORD", /x1\.atr/));
  await expect(run({ db: path.join(db, "none") })).rejects.toThrow(
    error("UNKNOWN_RECORD", /there is no folder .*none/),
  );
  await expect(run({ annotator: "qrs" })).rejects.toThrow(error("UNKNOWN_RECORD", /reference annotations \(\.qrs\)/));
});
