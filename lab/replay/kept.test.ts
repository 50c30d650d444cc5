import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { calibrationSums } from "../../scoring/calibration.ts";
import { keeping } from "./kept.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import type { ReplaySetting, ReplayTask } from "./setting.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bedside-kept-"));
});
afterAll(() => rm(folder, { recursive: true }));

const setting: ReplaySetting = {
  db: "db",
  physionetDir: "db",
  noiseKinds: [],
  seed: 1,
  model: "m",
  engine: "onnx",
};
const task: ReplayTask = { record: "1", cell: null, stretch: { fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY } };

test("the same pass is replayed once; another model, seed, code, stretch or drift is another pass", async () => {
  const ran: ReplayTask[] = [];
  const run = async (asked: ReplayTask): Promise<ReplayedRecord> => {
    ran.push(asked);
    const sums = calibrationSums([]);
    const during = { record: asked.record, confusion: [[ran.length]], ungated: [], calibration: sums };
    return { during: { ...during, coveredCalibration: sums }, after: null };
  };
  const options = { folder, code: "a" };
  const first = await keeping(run, setting, "hash", options);
  const result = await first(task);
  expect(await first(task)).toEqual(result);
  expect(await (await keeping(run, setting, "hash", options))(task)).toEqual(result);
  expect(ran).toHaveLength(1);

  await (
    await keeping(run, setting, "other", options)
  )(task);
  await (
    await keeping(run, { ...setting, seed: 2 }, "hash", options)
  )(task);
  await (
    await keeping(run, setting, "hash", { folder, code: "b" })
  )(task);
  await first({ ...task, stretch: { fromSeconds: 0, toSeconds: 60 } });
  const injections = [{ kind: "gain", value: 2, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY }] as const;
  await first({ ...task, cell: { injections, family: null, severity: null } });
  expect(ran).toHaveLength(6);
  expect((await readdir(folder)).filter((name) => !name.endsWith(".json"))).toEqual([]);
});

test("what failed is not kept", async () => {
  const failing = await keeping(() => Promise.reject(new Error("no")), setting, "hash", { folder, code: "c" });
  await expect(failing(task)).rejects.toThrow("no");
  const before = await readdir(folder);
  await expect(failing(task)).rejects.toThrow("no");
  expect(await readdir(folder)).toEqual(before);
});
