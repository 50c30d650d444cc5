import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importGraph } from "../../kit/import-graph.ts";
import { calibrationSums } from "../../scoring/calibration.ts";
import { writeRecord } from "../../testing/data/heart-record.ts";
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
  const hashOf = async (): Promise<string> => "files";
  const options = { folder, code: "a", hashOf };
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
    await cached(run, setting, "hash", { ...options, code: "b" })
  )(task);
  await (
    await cached(run, setting, "hash", { ...options, hashOf: async () => "other files" })
  )(task);
  await first({ ...task, stretch: { fromSeconds: 0, toSeconds: 60 } });
  const injections = [{ kind: "gain", value: 2, fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY }] as const;
  await first({ ...task, drift: { injections, family: null, severity: null } });
  expect(ran).toHaveLength(7);
  expect((await readdir(folder)).filter((name) => !name.endsWith(".json"))).toEqual([]);
});

test("what failed is not cached", async () => {
  const failing = await cached(() => Promise.reject(new Error("no")), setting, "hash", {
    folder,
    code: "c",
    hashOf: async () => "files",
  });
  await expect(failing(task)).rejects.toThrow("no");
  const before = await readdir(folder);
  await expect(failing(task)).rejects.toThrow("no");
  expect(await readdir(folder)).toEqual(before);
});

test("a record whose files change is replayed again; one that can't be read is not cached", async () => {
  const db = path.join(folder, "db");
  await mkdir(db);
  const write = (seed: number): Promise<void> =>
    writeRecord(db, "1", [{ rhythm: "sinus", seconds: 5, bpm: 70 }], { samplingRateHz: 360, leads: ["II"], seed });
  let runs = 0;
  const run = async (): Promise<ReplayedRecord> => {
    runs++;
    return { during: {} as ReplayedRecord["during"], after: null };
  };
  const pass = async (): Promise<number> => {
    const replayed = await cached(run, { ...setting, db }, "hash", { folder, code: "d" });
    await replayed(task);
    return runs;
  };
  expect([await pass(), await pass()]).toEqual([1, 2]);
  await write(1);
  expect([await pass(), await pass()]).toEqual([3, 3]);
  await write(2);
  expect([await pass(), await pass()]).toEqual([4, 4]);
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
