import { describe, expect, it } from "vitest";
import type { BeatClass } from "../../contracts/beat.ts";
import { conditionKind } from "../../contracts/condition.ts";
import { MISSING_ADU } from "../../contracts/frame.ts";
import { SYNTHETIC_BEDS } from "../../data/synthetic/beds.ts";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import type { Script } from "../../data/synthetic/script.ts";
import { createSignalChain } from "../chain.ts";
import type { ChainEvent } from "../events.ts";
import { type ConditionChange, createRhythmMonitor } from "./monitor.ts";
import { kinds, pairUp, type Told } from "../../testing/signal/scripted-conditions.ts";

/**
 * The demands on the generator's truth: the real chain hears the record; each beat has the class of the annotation
 * nearest to it.
 */

const CLASS_OF: Readonly<Record<string, BeatClass>> = { N: "N", A: "S", V: "V", F: "F" };
const MATCH_SECONDS = 0.15;

interface Truth {
  readonly sample: number;
  readonly symbol: string;
  readonly aux: string;
}

interface Run {
  readonly heard: Told[];
  /** Heart rates of the beats, at their R, s. */
  readonly rates: { readonly atS: number; readonly bpm: number }[];
  /** R peaks, s, with their symbols, and the beginnings of rhythms. */
  readonly truth: { readonly atS: number; readonly symbol: string; readonly aux: string }[];
}

function run(script: Script, { samplingRateHz = 250, seed = 1, noiseMv = 0.03, frameS = 0.2 } = {}): Run {
  const record = syntheticRecord(script, { samplingRateHz, seed, noiseMv });
  const [{ samples, baselineAdu, gainAduPerMv }] = record.leads;
  const peaks = record.annotations.filter(({ symbol }) => symbol in CLASS_OF);
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  const monitor = createRhythmMonitor({ samplingRateHz });
  const changes: ConditionChange[] = [];
  const emit = (change: ConditionChange): void => void changes.push(change);
  const rates: { atS: number; bpm: number }[] = [];
  const take = (event: ChainEvent): void => {
    if (event.type === "qrs") monitor.qrs(event, emit);
    else if (event.type === "quality") monitor.quality(event, emit);
    else if (event.type === "waveform") monitor.waveform(event, emit);
    else if (event.type === "gap") monitor.gap(event, emit);
    else {
      const beatClass = classAt(peaks, event.sample, MATCH_SECONDS * samplingRateHz);
      const ventricular = beatClass === "V" ? 1 : 0;
      monitor.beat({ ...event, beatClass, quality: event.signalQuality, ventricular }, emit);
      if (event.heartRateBpm !== null) rates.push({ atS: event.sample / samplingRateHz, bpm: event.heartRateBpm });
    }
  };
  const frame = Math.round(frameS * samplingRateHz);
  for (let from = 0; from < samples.length; from += frame) {
    const millivolts = Float32Array.from(samples.subarray(from, from + frame), (adu) =>
      adu === MISSING_ADU ? Number.NaN : (adu - baselineAdu) / gainAduPerMv,
    );
    chain.push(millivolts, millivolts.length, take);
    monitor.advance(from + millivolts.length, emit);
  }
  chain.end(take);
  monitor.end(samples.length, emit);
  return {
    heard: pairUp(changes, samplingRateHz),
    rates,
    truth: record.annotations.map(({ sample, symbol, aux }) => ({ atS: sample / samplingRateHz, symbol, aux })),
  };
}

function classAt(peaks: readonly Truth[], sample: number, reach: number): BeatClass {
  let low = 0;
  let high = peaks.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (peaks[middle].sample < sample - reach) low = middle + 1;
    else high = middle;
  }
  const found = peaks[low];
  return found && Math.abs(found.sample - sample) <= reach ? CLASS_OF[found.symbol] : "N";
}

const BEFORE: Script = [{ rhythm: "sinus", seconds: 30, bpm: 72 }];
const RATES_HZ = [125, 250, 360, 1000];

describe("of the generator's rhythms, heard by the real chain", () => {
  it.each([
    [60, 1, 0.01],
    [75, 2, 0.03],
    [90, 3, 0.05],
  ])(
    "30 minutes of sinus rhythm at %i (seed %i, noise %f mV) are quiet, their rate within 2/min",
    (bpm, seed, noiseMv) => {
      const { heard, rates, truth } = run([{ rhythm: "sinus", seconds: 1800, bpm }], { seed, noiseMv });
      expect(heard).toEqual([]);
      const peaks = truth.filter(({ symbol }) => symbol === "N").map(({ atS }) => atS);
      expect(rates.length).toBeGreaterThan(0.99 * peaks.length - 10);
      const settled = rates.filter(({ atS }) => atS > peaks[8]);
      const errors = settled.map(({ atS, bpm: told }) => Math.abs(told - trueRate(peaks, atS)));
      expect(Math.max(...errors)).toBeLessThanOrEqual(2);
    },
  );

  it.each(RATES_HZ)(
    "asystole begins within 5 s of the last beat and ends within 5 s of the first, at %i Hz",
    (rate) => {
      const { heard, truth } = run([...BEFORE, { rhythm: "asystole", seconds: 10 }, ...BEFORE], {
        samplingRateHz: rate,
      });
      expect(kinds(heard)).toEqual(["pause", "asystole"]);
      const [pause, asystole] = heard;
      expect(pause.endedS).toBe(asystole.beganS);
      const peaks = truth.filter(({ symbol }) => symbol === "N").map(({ atS }) => atS);
      const first = peaks.findIndex((at) => at > 40);
      expect(asystole.onsetS).toBeCloseTo(peaks[first - 1], 1);
      expect(asystole.beganS - peaks[first - 1]).toBeLessThanOrEqual(5);
      expect(asystole.endedS - peaks[first]).toBeLessThanOrEqual(5);
    },
  );

  it.each([
    [3, 150, "right"],
    [4, 130, "left"],
  ] as const)("a run of %i at %i is one", (beats, bpm, focus) => {
    const { heard, truth } = run([...BEFORE, { rhythm: "vt", beats, bpm, focus }, ...BEFORE]);
    expect(kinds(heard)).toEqual(["ventricular-run"]);
    const run1 = truth.filter(({ symbol }) => symbol === "V").map(({ atS }) => atS);
    expect(Math.abs(heard[0].onsetS - run1[0])).toBeLessThan(0.1);
    expect(heard[0].beganS - run1[0]).toBeLessThanOrEqual(5);
    expect(heard[0].endedS - run1[run1.length - 1]).toBeLessThanOrEqual(5);
  });

  it.each([
    [12, 170, "right", 250],
    [20, 120, "right", 360],
    [30, 200, "left", 125],
    [16, 150, "left", 1000],
  ] as const)("%i ventricular beats at %i are tachycardia (%s, %i Hz)", (beats, bpm, focus, samplingRateHz) => {
    const { heard, truth } = run([...BEFORE, { rhythm: "vt", beats, bpm, focus }, ...BEFORE], { samplingRateHz });
    expect(kinds(heard)).toEqual(["ventricular-run", "ventricular-tachycardia"]);
    const peaks = truth.filter(({ symbol }) => symbol === "V").map(({ atS }) => atS);
    expect(heard[1].beganS - peaks[0]).toBeLessThanOrEqual(5);
    expect(heard[1].endedS - peaks[peaks.length - 1]).toBeLessThanOrEqual(5);
    expect(Math.abs((heard[1].begin.heartRateBpm ?? 0) - bpm)).toBeLessThanOrEqual(5);
  });

  it.each([30, 36, 45])("bradycardia of %i begins within 5 s and ends", (bpm) => {
    const { heard, truth } = run([...BEFORE, { rhythm: "sinus", seconds: 30, bpm, bpmDeviation: 1 }, ...BEFORE]);
    expect(kinds(heard)).toEqual(bpm < 40 ? ["bradycardia", "extreme-bradycardia"] : ["bradycardia"]);
    const onset = truth.findLast(({ atS, symbol }) => symbol === "N" && atS < 30);
    expect(heard[0].beganS - (onset?.atS ?? 0)).toBeLessThanOrEqual(5);
    expect(heard[0].endedS).toBeLessThanOrEqual(66);
    expect(Math.abs((heard[0].begin.heartRateBpm ?? 0) - bpm)).toBeLessThanOrEqual(2);
  });

  it.each([130, 146, 180])("tachycardia of %i begins within 5 s and ends", (bpm) => {
    const { heard } = run([...BEFORE, { rhythm: "sinus", seconds: 30, bpm }, ...BEFORE]);
    // It sets in at once: at 180 that is paroxysmal.
    const first = bpm > 150 ? "supraventricular-tachycardia" : "tachycardia";
    expect(kinds(heard)).toEqual(bpm > 140 ? [first, "extreme-tachycardia"] : [first]);
    expect(heard[0].beganS - 30).toBeLessThanOrEqual(5);
    expect(heard[0].endedS - 60).toBeLessThanOrEqual(7.5);
  });

  it.each(["flat", "rail", "missing"] as const)(
    "an electrode that is off (%s) is told within 5 s, and as nothing else",
    (form) => {
      const { heard } = run([...BEFORE, { rhythm: "lead-off", seconds: 12, form }, ...BEFORE]);
      expect(kinds(heard)).toEqual(["lead-off"]);
      expect(heard[0].beganS - 30).toBeLessThanOrEqual(5);
      expect(heard[0].endedS - 42).toBeLessThanOrEqual(5);
    },
  );

  it.each([0.3, 0.6, 1])("an electrode that moves (%f mV) is told within 5 s, and as nothing else", (motionMv) => {
    const { heard } = run([...BEFORE, { rhythm: "sinus", seconds: 20, bpm: 72, motionMv }, ...BEFORE]);
    expect(kinds(heard)).toEqual(["noisy-signal"]);
    expect(heard[0].beganS - 30).toBeLessThanOrEqual(5);
    expect(heard[0].endedS - 50).toBeLessThanOrEqual(5);
  });

  it("early beats and bigeminy raise no more than low ones, atrial fibrillation at a normal rate is that and nothing else", () => {
    const early: Script = [
      { rhythm: "sinus", seconds: 90, bpm: 70, ectopy: [{ symbol: "V", every: 2 }] },
      {
        rhythm: "sinus",
        seconds: 90,
        bpm: 62,
        ectopy: [
          { symbol: "A", probability: 0.2 },
          { symbol: "V", probability: 0.1 },
        ],
      },
    ];
    const told = new Set(kinds(run(early).heard));
    for (const kind of told) expect(conditionKind(kind).priority).toBe("low");
    expect(told).toContain("bigeminy");
    const { heard } = run([{ rhythm: "afib", seconds: 300, bpm: 85 }]);
    expect(new Set(kinds(heard))).toEqual(new Set(["atrial-fibrillation"]));
    expect(heard[0].beganS).toBeLessThan(45);
  });

  it("the demonstration's beds show what they are named for", () => {
    const shown = (name: string): string[] => {
      const bed = SYNTHETIC_BEDS.find((candidate) => candidate.name === name);
      if (!bed) throw new Error(`no bed ${name}`);
      return [...new Set(kinds(run(bed.script, { seed: bed.seed, noiseMv: 0.012 }).heard))].sort();
    };
    for (const quiet of ["sinus", "atrial-beats"]) expect(shown(quiet)).toEqual([]);
    expect(shown("bigeminy")).toContain("bigeminy");
    expect(shown("fibrillation")).toContain("atrial-fibrillation");
    expect(shown("ventricular-runs")).toEqual(["ventricular-run", "ventricular-tachycardia"]);
    expect(shown("tachycardia")).toEqual(["extreme-tachycardia", "tachycardia"]);
    expect(shown("bradycardia")).toEqual(["bradycardia", "extreme-bradycardia"]);
    expect(shown("pauses")).toEqual(["asystole", "lead-off", "noisy-signal", "pause"]);
  });
});

/** Mean rate over the last eight R-R intervals up to the R peak nearest to `atS`. */
function trueRate(peaks: readonly number[], atS: number): number {
  const next = peaks.findIndex((peak) => peak > atS + MATCH_SECONDS);
  const last = (next < 0 ? peaks.length : next) - 1;
  const first = Math.max(0, last - 8);
  return (60 * (last - first)) / (peaks[last] - peaks[first]);
}
