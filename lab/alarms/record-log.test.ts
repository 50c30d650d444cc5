import { expect, test } from "vitest";
import { mitdbFolder, hasRecords } from "../../data/records.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { loadClassifier } from "../../model/load.ts";
import { readConfig } from "../../server/config.ts";
import type { WholeRecord } from "../../server/pipeline/run-record.ts";
import { recordLog } from "./record-log.ts";
import { alarmLog } from "./replay.ts";

const FRAMES_MS = [40, 200, 30_000];
const { PHYSIONET_DIR, MODEL } = readConfig();

async function logOf(record: WholeRecord, frameMs: number, commands = [silence]): Promise<string> {
  const classifier = await loadClassifier(MODEL, "onnx");
  const log = await recordLog(record, classifier, { frameMs, commands });
  await classifier.close();
  return JSON.stringify([log, alarmLog({ logs: [log], leftOut: [] }, "p", classifier.info.hash)]);
}

const silence = { id: "command-1", action: "silence", alarm: null, by: "Ada", reason: null, atMs: 41_234 } as const;

const synthetic: WholeRecord = {
  ...syntheticRecord(
    [
      { rhythm: "sinus", seconds: 20, bpm: 72 },
      { rhythm: "vt", beats: 30, bpm: 170 },
      { rhythm: "sinus", seconds: 15, bpm: 72 },
      { rhythm: "asystole", seconds: 8 },
      { rhythm: "sinus", seconds: 15, bpm: 72 },
      { rhythm: "lead-off", seconds: 10, form: "rail" },
      { rhythm: "asystole", seconds: 9 },
    ],
    { samplingRateHz: 360, seed: 1 },
  ),
};

test("a synthetic record's log is the same to the byte, however it is cut, and when it is replayed again", async () => {
  const logs = await Promise.all([...FRAMES_MS, FRAMES_MS[0]].map((frameMs) => logOf(synthetic, frameMs)));
  expect(new Set(logs).size).toBe(1);
  for (const words of ["ventricular-tachycardia", "asystole", "lead-off", '"latched"', '"command":"command-1"']) {
    expect(logs[0]).toContain(words);
  }
  expect(await logOf(synthetic, FRAMES_MS[1], [])).not.toBe(logs[0]);
});

test.skipIf(!(await hasRecords(PHYSIONET_DIR, ["207"])))("so is a real record's", async () => {
  const { leads, ...record } = await readRecord(mitdbFolder(PHYSIONET_DIR), "207");
  const part = leads.map((lead) => ({ ...lead, samples: lead.samples.subarray(0, 300 * record.samplingRateHz) }));
  const logs = await Promise.all(FRAMES_MS.map((frameMs) => logOf({ ...record, leads: part }, frameMs)));
  expect(new Set(logs).size).toBe(1);
  expect(logs[0]).toContain('"ventricular-tachycardia"');
});

test("what goes on when the record ends has no end", async () => {
  const classifier = await loadClassifier(MODEL, "onnx");
  const { conditions } = await recordLog(synthetic, classifier);
  await classifier.close();
  expect(conditions.filter(({ endSeconds }) => endSeconds === null).map(({ kind }) => kind)).toContain("asystole");
  for (const { beginSeconds, toldSeconds, endSeconds } of conditions) {
    expect(beginSeconds).toBeLessThanOrEqual(toldSeconds);
    expect(toldSeconds).toBeLessThanOrEqual(endSeconds ?? Number.POSITIVE_INFINITY);
  }
});
