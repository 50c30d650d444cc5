import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeRecord } from "../../testing/data/heart-record.ts";
import { openReplayPool, type ReplayPool } from "./pool.ts";
import { openReplayer, type ReplaySetting } from "./setting.ts";

let setting: ReplaySetting;
let pool: ReplayPool;
const stretch = { fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY };

beforeAll(async () => {
  const db = await mkdtemp(path.join(tmpdir(), "bedside-replay-"));
  await writeRecord(db, "100", [{ rhythm: "sinus", seconds: 20, bpm: 70 }], { samplingRateHz: 360, leads: ["MLII"] });
  setting = { db, physionetDir: db, noiseKinds: [], seed: 1, model: "model/artifacts/live", engine: "onnx" };
  pool = openReplayPool(setting, 2);
});

afterAll(async () => {
  await pool.close();
  await rm(setting.db, { recursive: true });
});

/** Two threads load a model each: seconds, on a busy machine minutes. */
const PATIENCE = 180_000;

test(
  "in threads of their own records give what they give in this one",
  async () => {
    const injections = [{ kind: "gain", value: 0.5, fromSeconds: 5, toSeconds: Number.POSITIVE_INFINITY }] as const;
    const task = { record: "100", drift: { injections, family: null, severity: null }, stretch };
    const replayer = await openReplayer(setting);
    const own = await replayer.run(task);
    await replayer.close();
    expect(own.during.calibration.beats).toBeGreaterThan(15);
    expect(await Promise.all([1, 2, 3].map(() => pool.run(task)))).toEqual([own, own, own]);
  },
  PATIENCE,
);

test(
  "an error keeps its code on the way",
  async () => {
    await expect(pool.run({ record: "10l", drift: null, stretch })).rejects.toThrow(
      expect.objectContaining({ code: "UNKNOWN_RECORD" }),
    );
  },
  PATIENCE,
);
