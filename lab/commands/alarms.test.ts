import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeRecord } from "../../testing/data/heart-record.ts";
import { runCommand } from "../../testing/run-command.ts";

let db: string;
const alarms = (...args: string[]) => runCommand("lab/commands/alarms.ts", ["--db", db, "--jobs", "1", ...args]);

beforeAll(async () => {
  db = await mkdtemp(path.join(tmpdir(), "bedside-alarms-"));
  const script = [
    { rhythm: "sinus", seconds: 15, bpm: 70 },
    { rhythm: "asystole", seconds: 8 },
  ] as const;
  await writeRecord(db, "a1", script, { samplingRateHz: 250, leads: ["II", "V"] });
  await rm(path.join(db, "a1.atr"));
  await writeFile(path.join(db, "cut.hea"), "cut 1 250 5000\ncut.dat 16 200 16 0 0 0 0 II\n");
});
afterAll(() => rm(db, { recursive: true }));

test("a folder's log as JSON, without annotations; what can't be read is named, and the exit code is 1", async () => {
  const file = path.join(db, "out", "log.json");
  const { code, err } = await alarms("--json", file);
  expect(code).toBe(1);
  expect(err).toMatch(/Left out, in no figure \(1\):\n {2}cut: /);
  const { leftOut, ...log } = JSON.parse(await readFile(file, "utf8"));
  expect(leftOut).toEqual([expect.objectContaining({ record: "cut" })]);
  expect(Object.keys(log)).toEqual(["policy", "model", "records"]);
  expect(log).toMatchObject({ policy: expect.any(String), model: expect.stringMatching(/^[0-9a-f]{12,}$/) });
  const [{ record, conditions, alarms: steps }] = log.records;
  expect(record).toBe("a1");
  expect(conditions).toContainEqual({
    kind: "asystole",
    lead: "",
    priority: "high",
    beginSeconds: expect.any(Number),
    endSeconds: null,
  });
  expect(steps).toContainEqual({
    kind: "asystole",
    lead: "",
    priority: "high",
    state: "active",
    atSeconds: expect.any(Number),
    // From the pause that it was before.
    step: "rose",
  });
});

test("one record's log is printed, step by step", async () => {
  const { out, code } = await alarms("--record", "a1");
  expect(code).toBe(0);
  expect(out).toMatch(/^a1, 0:00:23\.0\n/);
  expect(out).toMatch(/0:00:\d\d\.\d {2}asystole \(high\) begins, at 0:00:1\d\.\d\n/);
  expect(out).toMatch(/alarm asystole \(high\), record\/record\/pause\/\d+ version 2 rose/);
});

test("with the challenge's labels true and false alarms are counted", async () => {
  await writeFile(path.join(db, "ALARMS"), "a1,Asystole,1\n");
  const { out, err, code } = await alarms();
  await rm(path.join(db, "ALARMS"));
  expect(code).toBe(1);
  expect(out).toMatch(/Asystole +1 +0 +0 +0 +100/);
  expect(err).toMatch(/--log-opening/);
  expect(err).toMatch(/cut: .*ALARMS has no line for it/);
});

test("two policies are compared: the record without annotations has its alarms told, none of them missed", async () => {
  const [mine, json] = [path.join(db, "mine.json"), path.join(db, "out", "comparison.json")];
  const limits = { asystoleSeconds: 10 };
  await writeFile(mine, JSON.stringify({ name: "mine", version: 1, population: "adult", base: "adult", limits }));
  const { out, err, code } = await alarms("--policy", "adult", "--against", mine, "--json", json);
  expect(code).toBe(1);
  expect(out).toMatch(/ {2}asystole +\d+\.\d\d +0\.00 +-\d/);
  expect(out).toMatch(/No record has annotations/);
  expect(err).toMatch(/\(1\):\n {2}cut: /);
  const comparison = JSON.parse(await readFile(json, "utf8"));
  expect(comparison.policies).toMatchObject({
    policy: expect.stringMatching(/^adult-/),
    against: expect.stringMatching(/^mine-1:/),
  });
  expect(comparison.records).toEqual([expect.objectContaining({ record: "a1", isAnnotated: false, differs: true })]);
});

test.each([
  [["--split", "report"], /--split is of the challenge/],
  [["--record", "a1", "--records", "a1"], /one of the three/],
  [["--commands", "x"], /give its --record/],
  [["--record", "a2"], /no record a2/],
  [["--policy", "adult", "--policy", "adult", "--against", "adult"], /two policies at most/],
  [["--record", "a1", "--against", "adult", "--commands", "x"], /without --commands/],
  [["--policy", "infant"], /infant.*adult, paediatric, neonate/],
])("%j is refused in one line", async (args, message) => {
  const { err, code } = await alarms(...args);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});
