import { expect, test } from "vitest";
import { verdictOn } from "../../../signal/rhythm/conditions/atrial/atrial-fibrillation-odds.ts";
import { whiteNoise } from "../../../testing/signal/bump-ecg.ts";
import { fitAtrialFibrillation } from "./fit.ts";
import { type AtrialTruth, heardPeaks, judgedBeats } from "./judged-beats.ts";
import type { AtrialPatient, Source } from "./patients.ts";

const RATE = 100;
const random = whiteNoise(5);
const even = (): number => 0.8 + 0.02 * random();
const uneven = (): number => Math.max(0.35, 0.7 + 0.16 * random());
const NONE: AtrialTruth = { fibrillation: [], flutter: [] };

/** R peaks so many seconds apart, as sample indices. */
function peaks(count: number, seconds: (i: number) => number): number[] {
  let at = 0;
  return Array.from({ length: count }, (_, i) => Math.round(RATE * (at += seconds(i))));
}
const judge = (samples: readonly number[], truth: AtrialTruth) => judgedBeats(heardPeaks(samples, RATE), RATE, truth);

test("beats that are judged together over a change of rhythm, or in flutter, show none", () => {
  const samples = peaks(120, () => 1);
  const is = judge(samples, { fibrillation: [{ from: 60, to: 120 }], flutter: [] }).map((one) => one.isFibrillating);
  expect(is[0]).toBe(false);
  expect(is.indexOf(null)).toBeGreaterThan(40);
  expect(is.indexOf(true)).toBeGreaterThan(is.indexOf(null) + 15);
  expect(is.at(-1)).toBe(true);
  expect(judge(samples, { fibrillation: [], flutter: [{ from: 0, to: 120 }] })[0].isFibrillating).toBeNull();
});

test("behind a long silence it is begun afresh", () => {
  const judged = judge(
    peaks(80, (i) => (i === 40 ? 9 : 0.8)),
    NONE,
  );
  expect(judged.flatMap(({ isFirst }, i) => (isFirst ? i : []))).toEqual([0, 24]);
});

test("learns to tell uneven intervals from even ones", () => {
  const patient = (source: Source, isFibrillating: boolean, name: string): AtrialPatient => ({
    patient: `${source}/${name}`,
    source,
    beats: judge(
      peaks(200, isFibrillating ? uneven : even),
      isFibrillating ? { fibrillation: [{ from: 0, to: 1000 }], flutter: [] } : NONE,
    ).map((beat) =>
      source === "afdb" ? beat : { ...beat, features: { ...beat.features, pWave: isFibrillating ? 0 : 0.7 } },
    ),
  });
  const learned = (["afdb", "mitdb", "challenge-2017"] as const).flatMap((source) => [
    patient(source, true, "a"),
    patient(source, false, "b"),
  ]);
  const weights = fitAtrialFibrillation(learned);
  expect(weights.entropy).toBeGreaterThan(0);
  expect(weights.pWave).toBeLessThan(0);
  const verdicts = (one: AtrialPatient) => new Set(one.beats.map(({ features }) => verdictOn(features, weights)));
  expect(verdicts(patient("afdb", true, "c"))).toEqual(new Set(["begins"]));
  expect(verdicts(patient("afdb", false, "d"))).toEqual(new Set(["ends"]));
});
