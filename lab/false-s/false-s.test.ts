import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Value } from "typebox/value";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { BeatClass } from "../../contracts/beat.ts";
import { FalseSSchema, falseSInShort } from "../../contracts/false-s.ts";
import { halfOf } from "../../data/splits/halves.ts";
import { readCard } from "../../model/card/live-folder.ts";
import { renderLiveCard } from "../../model/card/live-render.ts";
import type { Classifier } from "../../model/classifier.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { writeRecord } from "../../testing/data/heart-record.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { countS } from "./count.ts";
import { groupOf } from "./group.ts";
import { measureFalseS } from "./measure.ts";
import { openingsOf } from "./opening.ts";
import { fibrillationOf } from "./stretches.ts";
import { falseSTable } from "./table.ts";

const RATE = 100;
const rhythm = (sample: number, aux: string) => ({ sample, symbol: "+", aux });
const beat = (sample: number, beatClass: BeatClass, mostly: "N" | "S" = "S") => ({
  sample,
  beatClass,
  probabilities: { N: 0.1, S: 0.1, V: 0.1, F: 0.1, [mostly]: 0.7 },
});

test("fibrillation and flutter last to the next rhythm, the last one to the record's end", () => {
  const annotations = [
    rhythm(10, "(N"),
    rhythm(200, "(AFIB\0"),
    rhythm(500, "(AFL"),
    rhythm(600, "(N"),
    rhythm(900, "(AFIB"),
  ];
  expect(fibrillationOf([...annotations, { sample: 300, symbol: "N", aux: "" }], 1000)).toEqual([
    { from: 200, to: 499 },
    { from: 500, to: 599 },
    { from: 900, to: 999 },
  ]);
  expect(fibrillationOf([rhythm(0, "(N"), rhythm(5, "(AB")], 1000)).toEqual([]);
});

describe("beats called S", () => {
  const stretches = [{ from: 1000, to: 1999 }];
  const found = [
    beat(500, "S"),
    beat(1100, "S"),
    beat(1200, "S"),
    beat(1300, "Q"),
    beat(1400, "N", "N"),
    beat(1995, "S"),
    beat(2100, "S"),
  ];
  const reference = {
    beats: [1105, 1195, 1300, 1400].map((sample, i) => ({
      sample,
      beatClass: i === 0 ? ("S" as const) : ("N" as const),
    })),
    flutter: [],
  };
  const options = { record: "a", samplingRateHz: RATE, stretches };

  test("are false where the annotators say no S, also where they have no beat; nowhere outside, nor where rejected", () => {
    expect(countS(found, { ...options, reference })).toEqual({
      record: "a",
      hours: 10 / 3600,
      beats: 5,
      calledS: 3,
      falseS: 2,
      ungated: { calledS: 4, falseS: 3 },
    });
  });

  test("are all false where the rhythm has no S, and neither where nothing is known", () => {
    expect(countS(found, { ...options, reference: "none" })).toMatchObject({ calledS: 3, falseS: 3 });
    expect(countS(found, { ...options, reference: null })).toMatchObject({ calledS: 3, falseS: null });
  });
});

test("records together: rates of all their hours, an interval over them, unknown where one is", () => {
  const row = { record: "a", hours: 0.5, beats: 10, calledS: 4, falseS: 3, ungated: { calledS: 6, falseS: 5 } };
  const quiet = { ...row, record: "b", hours: 1.5, calledS: 0, falseS: 0 };
  const group = { name: "g", database: "d", truth: "beats" } as const;
  expect(groupOf(group, [row, quiet])).toMatchObject({
    records: 2,
    hours: 2,
    calledS: 4,
    calledPerHour: 2,
    falsePerHour: 1.5,
    interval: { falsePerHour: [0, 6] },
    shareWithS: 0.5,
    ungated: { calledS: 12, falseS: 10, falsePerHour: 5 },
  });
  expect(groupOf(group, [quiet])).toMatchObject({ falsePerHour: 0 });
  expect(groupOf(group, [row, { ...quiet, falseS: null }])).toMatchObject({ calledPerHour: 2, falsePerHour: null });
  expect(groupOf(group, [])).toMatchObject({ records: 0, falsePerHour: null, shareWithS: null });
});

describe("strips", () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), "bedside-false-s-"));
  });
  afterEach(() => rm(dir, { recursive: true }));

  const names = (half: "development" | "report", count: number): string[] =>
    Array.from({ length: 200 }, (_, i) => `A${String(i + 1).padStart(5, "0")}`)
      .filter((name) => halfOf("challenge-2017", name) === half)
      .slice(0, count);
  const [fibrillating, regular, other, noisy] = names("development", 4);
  const [reported] = names("report", 1);

  /** Says S of every beat. */
  const classifier: Classifier = {
    ...createFakeClassifier(FEATURE_NAMES.length),
    step: async (_, __, state, count) => ({
      probabilities: Float32Array.from({ length: 4 * count }, (___, i) => (i % 4 === 1 ? 1 : 0)),
      state,
    }),
  };
  const run = (split: "development" | "report") =>
    measureFalseS({ dir, split, command: "npm run false-s", date: new Date(0), classifier, trainedOn: [] });

  async function writeStrips(): Promise<void> {
    const root = path.join(dir, "challenge-2017/1.0.0");
    const labels = { [fibrillating]: "A", [regular]: "N", [other]: "O", [noisy]: "~", [reported]: "A" };
    await mkdir(path.join(root, "training", "A00"), { recursive: true });
    for (const name of Object.keys(labels)) {
      const folder = path.join(root, "training", name === regular ? "A00" : "");
      await writeRecord(folder, name, [{ rhythm: "sinus", seconds: 30, bpm: 72 }], {
        samplingRateHz: 300,
        leads: ["ECG"],
      });
    }
    const lines = Object.entries({ ...labels, A09999: "N" }).map(([name, label]) => `${name},${label}`);
    await writeFile(path.join(root, "REFERENCE-v3.csv"), `${lines.join("\r\n")}\r\n`);
  }

  test("of a half are counted by their rhythm; the other half and those too noisy are in no figure", async () => {
    await writeStrips();
    const card = await readCard("model/artifacts/live");
    const result = await run("development");
    expect([...Value.Errors(FalseSSchema, result)]).toEqual([]);
    expect(result.groups.map(({ truth, perRecord }) => [truth, perRecord.map(({ record }) => record)])).toEqual([
      ["beats", []],
      ["fibrillation", [fibrillating]],
      ["sinus", [regular]],
      ["unknown", [other]],
    ]);
    const [, fibrillation, , unknown] = result.groups;
    expect(fibrillation.calledS).toBeGreaterThan(30);
    expect(fibrillation).toMatchObject({ falseS: fibrillation.beats, hours: 30 / 3600, shareWithS: 1 });
    expect(unknown).toMatchObject({ falseS: null, calledS: unknown.beats });
    expect(result.leftOut).toHaveLength(22);
    expect(falseSTable(result)).toMatch(/AF strips +1 +0\.01/);

    expect(openingsOf(result)).toEqual([]);

    const report = await run("report");
    const openings = openingsOf(report);
    expect(openings.map(({ split }) => split)).toEqual(["DS2", "challenge-2017 report"]);
    expect(falseSInShort(openings[1].figures)).toMatch(
      /^AF strips: \d{4}\.\d false S an hour; sinus strips: none there/,
    );
    expect(
      renderLiveCard({ ...card, openings: openings.map((opening) => ({ ...opening, hash: card.hash })) }),
    ).toContain(falseSInShort(openings[1].figures));
    expect(report.groups.flatMap(({ perRecord }) => perRecord.map(({ record }) => record))).toEqual([reported]);
  });

  test("that were not fetched are told with the command that brings them", async () => {
    await expect(run("report")).rejects.toThrow(/npm run fetch -- challenge-2017/);
  });
});
