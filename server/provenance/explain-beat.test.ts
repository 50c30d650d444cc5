import { describe, expect, test } from "vitest";
import type { Beat } from "../../contracts/beat.ts";
import type { Frame } from "../../contracts/frame.ts";
import { loadClassifier } from "../../model/load.ts";
import { FEATURE_NAMES } from "../../signal/beat/features.ts";
import { createFakeClassifier } from "../../testing/model/fake-classifier.ts";
import { bumpEcg, whiteNoise, WIDE } from "../../testing/signal/bump-ecg.ts";
import { Beds } from "../pipeline/bed/beds.ts";
import { batchClassifier } from "../pipeline/classify-batch.ts";
import { conclude, interpretWith } from "../pipeline/interpret.ts";
import type { Classifier } from "../../model/classifier.ts";
import { explainBeat } from "./explain-beat.ts";

const RATE = 250;
const SECONDS = 100;

/** Frames of half a second: a heart of 75/min that makes a wide beat early, every ninth time. */
function framesOf(seed = 3): Frame[] {
  const random = whiteNoise(seed);
  const beats = [];
  for (let at = 0.5, i = 0; at < SECONDS; at += 0.8 + 0.02 * random(), i++) {
    beats.push(i % 9 === 8 ? { atSeconds: at - 0.25, waves: WIDE } : { atSeconds: at });
  }
  const samples = Int16Array.from(bumpEcg(SECONDS, RATE, beats, 0.02), (mV) => Math.round(mV * 200));
  const length = RATE / 2;
  return Array.from({ length: SECONDS * 2 }, (_, i) => ({
    bed: "b1",
    epoch: "e",
    epochStartMs: 1000,
    sequence: i,
    firstSample: i * length,
    producedAtMs: i,
    samplingRateHz: RATE,
    leads: [
      {
        name: "II",
        gainAduPerMv: 200,
        baselineAdu: 0,
        unit: "mV",
        samples: samples.slice(i * length, (i + 1) * length),
      },
    ],
    last: false,
    source: "test",
  }));
}

/** The beats that the live pipeline tells of the frames. */
async function told(frames: readonly Frame[], classifier: Classifier): Promise<Beat[]> {
  const bed = new Beds(classifier.info.stateSize).bed("b1", 0);
  const classify = batchClassifier(classifier);
  const interpret = interpretWith(classifier);
  const beats: Beat[] = [];
  for (const frame of frames) {
    for (const work of bed.push(frame, { partition: 0, offset: 0, receivedAtMs: 0, assignment: 0 })) {
      for (const beat of work.events) {
        if (beat.type === "beat") await classify([{ recurrent: work.epoch.recurrent[beat.lead], beat }]);
      }
      for (const { topic, data } of conclude(work, interpret)) if (topic === "beats") beats.push(data);
    }
  }
  return beats;
}

const around = (frames: readonly Frame[], beat: Beat, secondsBefore: number): Frame[] =>
  frames.filter(
    ({ firstSample }) => firstSample >= beat.sample - secondsBefore * RATE && firstSample < beat.sample + 3 * RATE,
  );

describe("a beat made anew", () => {
  const classifier = createFakeClassifier(FEATURE_NAMES.length);
  const frames = framesOf();

  test("from the epoch's first frame it is, to the bit, what was told", async () => {
    const beats = await told(frames, classifier);
    const beat = beats[70];
    const { anew } = await explainBeat(around(frames, beat, SECONDS), beat, classifier);
    expect(anew).toMatchObject({ probabilities: beat.probabilities, beatClass: beat.beatClass, fromEpochStart: true });
    expect(anew).toMatchObject({ difference: 0, quality: beat.quality, model: "fake00000000" });
    expect(anew.heardSeconds).toBeCloseTo(beat.sample / RATE);
  });

  test("from the midst of the epoch it says how far it is off", async () => {
    const beats = await told(frames, classifier);
    const beat = beats[100];
    const { anew } = await explainBeat(around(frames, beat, 30), beat, classifier);
    expect(anew.fromEpochStart).toBe(false);
    expect(anew.heardSeconds).toBeGreaterThan(29);
    expect(anew.heardSeconds).toBeLessThan(31);
    const off = Math.max(
      ...(["N", "S", "V", "F"] as const).map((c) => Math.abs(anew.probabilities[c] - beat.probabilities[c])),
    );
    expect(anew.difference).toBe(off);
    // The fake's memory goes back to the epoch's first beat.
    expect(off).toBeGreaterThan(0);
  });

  test("raw samples are the frames', the R peak at 0", async () => {
    const [beat] = (await told(frames, classifier)).slice(60);
    const { raw, filtered, window } = await explainBeat(around(frames, beat, 40), beat, classifier);
    const { leads } = frames[Math.floor(beat.sample / (RATE / 2))];
    const atR = Math.round((-raw.firstMs / 1000) * RATE);
    expect(raw.millivolts[atR]).toBeCloseTo(leads[0].samples[beat.sample % (RATE / 2)] / 200, 3);
    // The peak of what the chain hears lies within a sample of the peak told.
    const near = filtered.millivolts.map((value, i) => ({ value: value ?? 0, ms: filtered.firstMs + i * 8 }));
    const peak = near.filter(({ ms }) => Math.abs(ms) < 100).reduce((a, b) => (b.value > a.value ? b : a));
    expect(Math.abs(peak.ms)).toBeLessThanOrEqual(24);
    expect(window.values).toHaveLength(187);
    expect(window.values.indexOf(Math.max(...window.values))).toBeGreaterThan(window.rIndex - 4);
  });

  test("a beat that the frames do not have is said, with the reason", async () => {
    const beats = await told(frames, classifier);
    const beat = beats[90];
    await expect(explainBeat([], beat, classifier)).rejects.toThrow(/its signal is not kept/);
    const elsewhere = { ...beat, sample: beat.sample + 60 };
    await expect(explainBeat(around(frames, beat, 40), elsewhere, classifier)).rejects.toThrow(/no such QRS/);
    const early = around(frames, beat, 5);
    await expect(explainBeat(early, beat, classifier)).rejects.toThrow(/twelve seconds/);
  });
});

test("of a wide, early beat the live model goes by the QRS, not by the line behind it", async () => {
  const live = await loadClassifier("model/artifacts/live", "onnx");
  try {
    const frames = framesOf();
    const beats = await told(frames, live);
    const wide = beats.filter(({ beatClass, sample }) => beatClass === "V" && sample > 40 * RATE);
    expect(wide.length).toBeGreaterThan(3);
    const [beat] = wide;
    const { occlusion, anew } = await explainBeat(around(frames, beat, SECONDS), beat, live);
    expect(anew.difference).toBeLessThan(1e-6);
    expect(occlusion).toMatchObject({ beatClass: "V" });
    expect(occlusion.probability).toBeCloseTo(beat.probabilities.V, 5);
    expect(occlusion.window).toHaveLength(36);
    expect(occlusion.features).toHaveLength(FEATURE_NAMES.length);
    const falls = (from: number, to: number): number =>
      Math.max(
        ...occlusion.window
          .filter(({ fromMs, toMs }) => fromMs >= from && toMs <= to)
          .map(({ fall }) => Math.abs(fall)),
      );
    expect(falls(-160, 160)).toBeGreaterThan(falls(600, 1000));
  } finally {
    await live.close();
  }
});
