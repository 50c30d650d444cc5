import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Scoring } from "../../contracts/scoring.ts";
import { hasRecords, mitdbFolder } from "../../data/records.ts";
import type { Script } from "../../data/synthetic/script.ts";
import { readAnnotations, writeAnnotations } from "../../data/wfdb/annotations.ts";
import { readConfig } from "../../server/config.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { writeRecord } from "../../testing/data/heart-record.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { runCommand } from "../../testing/run-command.ts";
import { evaluate, type EvaluateOptions } from "./evaluate.ts";

const SECONDS = 40;
const sinus: Script = [{ rhythm: "sinus", seconds: SECONDS, bpm: 70, ectopy: [{ symbol: "V", every: 9 }] }];
const RATE = 360;

let db: string;
let json: string;

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "bedside-cases-"));
  db = path.join(folder, "db");
  json = path.join(folder, "out", "e.json");
  await mkdir(db);
});
afterEach(() => rm(path.dirname(db), { recursive: true }));

const good = (name: string): Promise<void> =>
  writeRecord(db, name, sinus, { samplingRateHz: RATE, leads: ["MLII", "V1"] });
const put = (name: string, content: string | Uint8Array): Promise<void> => writeFile(path.join(db, name), content);
const copy = (from: string, to: string): Promise<void> => cp(path.join(db, from), path.join(db, to));
const rhythm = { sample: 18, symbol: "+", subtype: 0, channel: 0, number: 0, aux: "(N" } as const;

/** As its user runs it. */
async function command(...args: readonly string[]) {
  const { out, err, code } = await runCommand("lab/commands/evaluate.ts", ["--db", db, "--json", json, ...args]);
  expect(err).not.toMatch(/^ +at /m);
  const scoring = await readFile(json, "utf8").then(
    (text) => JSON.parse(text) as Scoring,
    () => null,
  );
  return { out, err, code, scoring };
}

const run = (change: Partial<EvaluateOptions> = {}): Promise<Scoring> =>
  evaluate({ db, annotator: "atr", skipSeconds: 0, classifier: createFakeClassifier(FEATURE_NAMES.length), ...change });

const error = (code: string, message: RegExp): unknown =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("one record costs nobody but itself", () => {
  test("what can't be scored is named with its reason, in the JSON too; the rest is scored, and the code is 1", async () => {
    for (const name of ["a1", "bare", "cut", "late", "pressure", "rhythms", "z9"]) await good(name);
    await rm(path.join(db, "bare.atr"));
    await truncate(path.join(db, "cut.dat"), 1000);
    const beats = await readAnnotations(db, "a1");
    const late = beats.map((beat) => ({ ...beat, sample: beat.sample + 2 * SECONDS * RATE }));
    await writeAnnotations(db, "late", "atr", late);
    const header = await readFile(path.join(db, "pressure.hea"), "latin1");
    await put("pressure.hea", header.replaceAll("/mV", "/mmHg"));
    await writeAnnotations(db, "rhythms", "atr", [rhythm]);
    await put("zero.hea", "zero 0 360\n");
    await copy("a1.atr", "zero.atr");
    await put("slow.hea", "slow 1 0.01 2000\nslow.dat 16 200(1024)/mV 16 0 0 0 0 MLII\n");
    await put("slow.dat", Buffer.alloc(4000));
    await copy("a1.atr", "slow.atr");
    await put("._a1.hea", Buffer.from("\0\x05\x16\x07 Mac OS X"));
    await mkdir(path.join(db, "folder.hea"));
    for (const name of ["my record", "pat.1"]) await good(name);

    const { out, err, code, scoring } = await command();
    expect(code).toBe(1);
    expect(out).toContain("4 records");
    expect(scoring?.records).toEqual(["a1", "my record", "pat.1", "z9"]);
    expect(scoring?.qrs).toMatchObject({ falsePositives: 0 });
    const reasons = Object.fromEntries((scoring?.leftOut ?? []).map(({ record, reason }) => [record, reason]));
    expect(reasons).toMatchObject({
      bare: expect.stringMatching(/no annotations .*bare\.atr/),
      cut: expect.stringContaining("cut.dat"),
      late: expect.stringContaining("late.atr"),
      pressure: expect.stringContaining("mmHg"),
      rhythms: expect.stringMatching(/no beat, only \+; name another annotator/),
      slow: expect.stringMatching(/50 to 10000 Hz/),
      zero: expect.stringContaining("zero.hea"),
    });
    for (const [record, reason] of Object.entries(reasons)) expect(err).toContain(`  ${record}: ${reason}`);
  });

  test("where none is left, one line says why, and there is no JSON", async () => {
    for (const name of ["a1", "a2"]) {
      await good(name);
      await truncate(path.join(db, `${name}.dat`), 1000);
    }
    const { out, err, code, scoring } = await command();
    expect([code, out, scoring]).toEqual([1, "", null]);
    expect(err.match(/^evaluate: .*$/gm)).toEqual([
      expect.stringMatching(/none of the 2 records can be scored.*a1\.dat.*a2\.dat.*\[BAD_RECORD\]$/),
    ]);
  });

  test("a name that is not there is refused before anything is done", async () => {
    await good("a1");
    const begun: string[] = [];
    const named = run({ records: ["a1", "a7"], onProgress: (_, __, record) => begun.push(record) });
    await expect(named).rejects.toThrow(error("UNKNOWN_RECORD", /no record a7.*has a1/));
    expect(begun).toEqual([]);
  });

  test("an error that every record has is told", async () => {
    await good("a1");
    const broken = {
      ...createFakeClassifier(FEATURE_NAMES.length),
      encode: () => Promise.reject(new Error("no memory")),
    };
    await expect(run({ classifier: broken })).rejects.toThrow("no memory");
    await expect(run({ db: path.join(db, "a1.hea") })).rejects.toThrow(error("UNKNOWN_RECORD", /a1\.hea/));
  });

  test("rhythms without a beat are no reference: which annotators have beats is said", async () => {
    await good("b1");
    await copy("b1.atr", "b1.qrs");
    await writeAnnotations(db, "b1", "atr", [rhythm, { ...rhythm, sample: 900 }]);
    await expect(run()).rejects.toThrow(
      error("BAD_RECORD", /b1\.atr has no beat, only \+; name another annotator \(--annotator qrs\)/),
    );
    expect((await run({ annotator: "qrs" })).qrs.falsePositives).toBe(0);
  });

  test("annotations that are missing are said to be so, and which there are", async () => {
    await good("b1");
    await copy("b1.atr", "b1.qrs");
    await rm(path.join(db, "b1.atr"));
    const missing = error("UNKNOWN_RECORD", /no annotations .*b1\.atr; name another annotator \(--annotator qrs\)/);
    await expect(run({ records: ["b1"] })).rejects.toThrow(missing);
    await expect(run()).rejects.toThrow(missing);
  });
});

const { PHYSIONET_DIR } = readConfig();
const fetched = await hasRecords(PHYSIONET_DIR, ["208", "232"]);

describe("whose a record is goes by its samples", () => {
  test("a stranger with a record's name is of no split, not trained on, and no look at the hold-out", async () => {
    for (const name of ["00", "100", "208", "232"]) await good(name);
    const { out, err, code, scoring } = await command();
    expect([code, scoring?.splits, scoring?.trainedOn, scoring?.without232]).toEqual([0, {}, [], undefined]);
    expect(scoring?.perRecord.map(({ mitdb }) => mitdb)).toEqual([null, null, null, null]);
    expect(out + err).not.toMatch(/DS1|DS2|trained on|--log-opening/);
  });

  test.skipIf(!fetched)(
    "a renamed copy is recognised, counted once in its set, and told by its true name",
    async () => {
      const take = async (from: string, to: string): Promise<void> => {
        for (const extension of ["dat", "atr", "hea"]) {
          const bytes = await readFile(path.join(mitdbFolder(PHYSIONET_DIR), `${from}.${extension}`));
          await put(`${to}.${extension}`, extension === "hea" ? bytes.toString("latin1").replaceAll(from, to) : bytes);
        }
      };
      await take("208", "x1");
      await take("232", "101");
      await take("232", "twin");
      const { out, err, scoring } = await command();
      expect(scoring?.trainedOn).toEqual(["x1"]);
      expect(scoring?.splits).toMatchObject({ DS1: { records: ["x1"] }, DS2: { records: ["101"] } });
      expect(scoring?.without232?.qrs.truePositives).toBe(scoring?.splits.DS1.qrs.truePositives);
      expect(out).toMatch(/101 is MIT-BIH's 232, twin is MIT-BIH's 232, x1 is MIT-BIH's 208/);
      expect(err).toContain("--log-opening");
    },
  );
});
