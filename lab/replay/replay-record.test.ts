import { expect, test } from "vitest";
import { parseDrift } from "../../contracts/drift.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { figuresOf } from "../../scoring/figures.ts";
import { coverageOf } from "../../scoring/summary/gate.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { driftsOf, type ScoredStretch } from "./grid.ts";
import { type ReplayedRecord, replayRecord } from "./replay-record.ts";

const RATE = 360;
const SECONDS = 120;
const record = syntheticRecord([{ rhythm: "sinus", seconds: SECONDS, bpm: 75 }], { samplingRateHz: RATE, seed: 3 });
const source = {
  name: "s",
  samplingRateHz: RATE,
  leads: [record.leads[0]],
  annotations: record.annotations,
  mitdb: null,
};
/** Noise as large as electrodes make it: steps and slopes. */
const em = {
  samplingRateHz: RATE,
  millivolts: Float32Array.from({ length: 60 * RATE }, (_, i) => Math.sin(i / 9) * Math.sin(i / 400) + ((i >> 7) % 3)),
};
const stretch: ScoredStretch = { fromSeconds: 40, toSeconds: 80 };

const replayed = (drift: string | null, seed = 1): Promise<ReplayedRecord> =>
  replayRecord(source, createFakeClassifier(FEATURE_NAMES.length), {
    drift: drift === null ? null : driftsOf([parseDrift(drift)])[0],
    stretch,
    noise: { em },
    seed,
  });

const beats = (seconds: number): number => Math.round((seconds * 75) / 60);

test("the clean run finds all beats of the stretch and of what follows", async () => {
  const { during, after } = await replayed(null);
  const { qrs } = figuresOf(during.confusion);
  expect(qrs).toMatchObject({ se: 1, ppv: 1 });
  expect(Math.abs(qrs.truePositives - beats(40))).toBeLessThan(6);
  expect(figuresOf(after?.confusion ?? []).qrs).toMatchObject({ se: 1, ppv: 1 });
  expect(during.calibration.beats).toBe(qrs.truePositives);
});

test("drift disturbs its stretch, behind it the bed recovers", async () => {
  const { during, after } = await replayed("em:-6dB@40..80s");
  expect(coverageOf(during.confusion)).toBeLessThan(0.9);
  expect(during.coveredCalibration.beats).toBeLessThan(during.calibration.beats);
  expect(figuresOf(after?.confusion ?? []).qrs.se).toBeGreaterThan(0.9);
  expect(await replayed("em:-6dB@40..80s")).toEqual({ during, after });
});

test("frames that are lost are beats that are missed; frames late or doubled change nothing", async () => {
  const lost = figuresOf((await replayed("drop:20%@40..80s")).during.confusion).qrs;
  expect(lost.falseNegatives).toBeGreaterThan(3);
  expect(await replayed("late:20%,duplicate:30%")).toEqual(await replayed(null));
});

test("a drift to the record's end has nothing behind it", async () => {
  const drift = driftsOf([parseDrift("gain:0.5@40s")])[0];
  const { during, after } = await replayRecord(source, createFakeClassifier(FEATURE_NAMES.length), {
    drift,
    stretch: { fromSeconds: 40, toSeconds: Number.POSITIVE_INFINITY },
    noise: {},
    seed: 1,
  });
  expect(after).toBeNull();
  expect(figuresOf(during.confusion).qrs.se).toBe(1);
});
