import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeRecord } from "../../testing/data/heart-record.ts";
import { openReplayChildren, type ReplayChildren } from "./children.ts";
import { openReplayer, type ReplaySetting } from "./setting.ts";

let setting: ReplaySetting;
let children: ReplayChildren;
const stretch = { fromSeconds: 0, toSeconds: Number.POSITIVE_INFINITY };

beforeAll(async () => {
  const db = await mkdtemp(path.join(tmpdir(), "bedside-replay-"));
  await writeRecord(db, "100", [{ rhythm: "sinus", seconds: 20, bpm: 70 }], { samplingRateHz: 360, leads: ["MLII"] });
  setting = { db, physionetDir: db, noiseKinds: [], seed: 1, model: "model/artifacts/live", engine: "onnx" };
  children = openReplayChildren(setting, 2);
});

afterAll(async () => {
  children.close();
  await rm(setting.db, { recursive: true });
});

/** Two processes load a model each: seconds, on a busy machine minutes. */
const PATIENCE = 180_000;

test(
  "in processes of their own records give what they give in this one",
  async () => {
    const injections = [{ kind: "gain", value: 0.5, fromSeconds: 5, toSeconds: Number.POSITIVE_INFINITY }] as const;
    const task = { record: "100", drift: { injections, family: null, severity: null }, stretch };
    const replayer = await openReplayer(setting);
    const own = await replayer.run(task);
    await replayer.close();
    expect(own.during.calibration.beats).toBeGreaterThan(15);
    expect(await Promise.all([1, 2, 3].map(() => children.run(task)))).toEqual([own, own, own]);
  },
  PATIENCE,
);

test(
  "an error keeps its code on the way",
  async () => {
    await expect(children.run({ record: "10l", drift: null, stretch })).rejects.toThrow(
      expect.objectContaining({ code: "UNKNOWN_RECORD" }),
    );
  },
  PATIENCE,
);
