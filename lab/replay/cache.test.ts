import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importGraph } from "../../kit/import-graph.ts";
import { calibrationSums } from "../../scoring/calibration.ts";
import { cached } from "./cache.ts";
import type { ReplayedRecord } from "./replay-record.ts";
import type { ReplaySetting, ReplayTask } from "./setting.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "bedside-cache-"));
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
const task: ReplayTask = { record: "1", drift: null, stretch: { fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY } };

test("the same pass is replayed once; another model, seed, code, stretch or drift is another pass", async () => {
  const ran: ReplayTask[] = [];
  const run = async (asked: ReplayTask): Promise<ReplayedRecord> => {
    ran.push(asked);
    const sums = calibrationSums([]);
    const during = { record: asked.record, mitdb: null, confusion: [[ran.length]], ungated: [], calibration: sums };
    return { during: { ...during, coveredCalibration: sums }, after: null };
  };
  const options = { folder, code: "a" };
  const first = await cached(run, setting, "hash", options);
  const result = await first(task);
  expect(await first(task)).toEqual(result);
  expect(await (await cached(run, setting, "hash", options))(task)).toEqual(result);
  expect(ran).toHaveLength(1);

  await (
    await cached(run, setting, "other", options)
  )(task);
  await (
    await cached(run, { ...setting, seed: 2 }, "hash", options)
  )(task);
  await (
    await cached(run, setting, "hash", { folder, code: "b" })
  )(task);
  await first({ ...task, stretch: { fromSeconds: 0, toSeconds: 60 } });
  const injections = [{ kind: "gain", value: 2, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY }] as const;
  await first({ ...task, drift: { injections, family: null, severity: null } });
  expect(ran).toHaveLength(6);
  expect((await readdir(folder)).filter((name) => !name.endsWith(".json"))).toEqual([]);
});

test("what failed is not cached", async () => {
  const failing = await cached(() => Promise.reject(new Error("no")), setting, "hash", { folder, code: "c" });
  await expect(failing(task)).rejects.toThrow("no");
  const before = await readdir(folder);
  await expect(failing(task)).rejects.toThrow("no");
  expect(await readdir(folder)).toEqual(before);
});

test("what decides a beat is in the key: signal chain, gate, pipeline, engine and scoring; pages and tests are not", async () => {
  const { files, packages } = await importGraph([path.join(import.meta.dirname, "setting.ts")]);
  const names = files.map((file) => path.relative(path.join(import.meta.dirname, "../.."), file));
  expect(names).toEqual(
    expect.arrayContaining([
      "model/gate/gate.ts",
      "model/engines/onnx.ts",
      "signal/chain.ts",
      "server/pipeline/run-record.ts",
      "scoring/score.ts",
      "data/injection/inject-samples.ts",
      "lab/replay/replay-record.ts",
    ]),
  );
  expect(packages).toContain("onnxruntime-node");
  expect(names.filter((name) => /^(charts|client|bus|testing)\/|\.test\.|replay\/page/.test(name))).toEqual([]);
});
