import { describe, expect, it } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { MISSING_ADU } from "../../contracts/frame.ts";
import { SYNTHETIC_BEDS } from "./beds.ts";
import { type SyntheticRecord, syntheticRecord } from "./record.ts";
import type { Script } from "./script.ts";

const SINUS: Script = [{ rhythm: "sinus", seconds: 60, bpm: 72 }];
const QUIET = { noiseMv: 0, wanderMv: 0 };

const beatsOf = (record: SyntheticRecord, symbols = "NVAF"): number[] =>
  record.annotations.filter(({ symbol }) => symbols.includes(symbol)).map(({ sample }) => sample);

const spread = (samples: Int16Array): number => Math.max(...samples) - Math.min(...samples);

/** Seconds around `peak` in which the limb lead is beyond half of what it is at `peak`. */
function halfWidthS({ leads, samplingRateHz }: SyntheticRecord, peak: number): number {
  const { samples, baselineAdu } = leads[0];
  const height = Math.abs(samples[peak] - baselineAdu);
  let from = peak;
  let to = peak;
  while (Math.abs(samples[from] - baselineAdu) > height / 2) from--;
  while (Math.abs(samples[to] - baselineAdu) > height / 2) to++;
  return (to - from) / samplingRateHz;
}

describe("syntheticRecord", () => {
  it("gives the same record for the same seed, and another for another", () => {
    const options = { samplingRateHz: 360, seed: 5 };
    expect(syntheticRecord(SINUS, options)).toEqual(syntheticRecord(SINUS, options));
    const other = syntheticRecord(SINUS, { ...options, seed: 6 });
    expect(beatsOf(other)).not.toEqual(beatsOf(syntheticRecord(SINUS, options)));
  });

  it("leaves the beats where they are when the noise changes", () => {
    const quiet = syntheticRecord(SINUS, { samplingRateHz: 360, seed: 5, noiseMv: 0 });
    const noisy = syntheticRecord(SINUS, { samplingRateHz: 360, seed: 5, noiseMv: 0.3 });
    expect(noisy.annotations).toEqual(quiet.annotations);
    expect(noisy.leads[0].samples).not.toEqual(quiet.leads[0].samples);
  });

  it.each([125, 128, 250, 257, 360, 500, 1000])("annotates R within 1 sample of the extremum at %i Hz", (rate) => {
    const record = syntheticRecord(SINUS, { samplingRateHz: rate, seed: 2, noiseMv: 0 });
    const { samples } = record.leads[0];
    const reach = Math.round(0.2 * rate);
    const beats = beatsOf(record).filter((beat) => beat >= reach && beat < samples.length - reach);
    expect(beats.length).toBeGreaterThan(65);
    for (const beat of beats) {
      const around = samples.subarray(beat - reach, beat + reach + 1);
      const highest = Math.max(...around);
      const nearest = Math.max(samples[beat - 1], samples[beat], samples[beat + 1]);
      expect(nearest).toBe(highest);
    }
  });

  it("keeps its beats in place at another sampling rate", () => {
    const slow = syntheticRecord(SINUS, { samplingRateHz: 125, seed: 3, ...QUIET });
    const fast = syntheticRecord(SINUS, { samplingRateHz: 1000, seed: 3, ...QUIET });
    const seconds = (record: SyntheticRecord) => beatsOf(record).map((sample) => sample / record.samplingRateHz);
    expect(seconds(slow)).toHaveLength(seconds(fast).length);
    seconds(slow).forEach((at, index) => expect(Math.abs(at - seconds(fast)[index])).toBeLessThan(0.009));
  });

  it.each([30, 60, 72, 90, 150, 200])("has the mean heart rate that is asked for: %i", (bpm) => {
    const record = syntheticRecord([{ rhythm: "sinus", seconds: 300, bpm }], { samplingRateHz: 250, seed: 4 });
    const beats = beatsOf(record);
    const seconds = ((beats.at(-1) ?? 0) - beats[0]) / record.samplingRateHz;
    expect(Math.abs(((beats.length - 1) * 60) / seconds - bpm)).toBeLessThan(0.5);
  });

  it("draws ventricular beats more than twice as wide as normal ones, early, with a compensatory pause", () => {
    const script: Script = [{ rhythm: "sinus", seconds: 60, bpm: 70, ectopy: [{ symbol: "V", every: 8 }] }];
    const record = syntheticRecord(script, { samplingRateHz: 500, seed: 7, ...QUIET });
    const beats = record.annotations.filter(({ symbol }) => "NV".includes(symbol));
    const places = beats.flatMap(({ symbol }, index) => (symbol === "V" && index + 1 < beats.length ? [index] : []));
    expect(places.length).toBeGreaterThanOrEqual(7);
    for (const place of places) {
      const [before, early, after] = beats.slice(place - 1, place + 2).map(({ sample }) => sample);
      expect(halfWidthS(record, early)).toBeGreaterThan(2 * halfWidthS(record, before));
      const usual = beats[place - 1].sample - beats[place - 2].sample;
      expect((early - before) / usual).toBeLessThan(0.75);
      expect((after - before) / usual).toBeGreaterThan(1.85);
    }
  });

  it("draws premature atrial beats narrow and early, without a compensatory pause", () => {
    const script: Script = [{ rhythm: "sinus", seconds: 60, bpm: 70, ectopy: [{ symbol: "A", every: 6 }] }];
    const record = syntheticRecord(script, { samplingRateHz: 500, seed: 7, ...QUIET });
    const beats = record.annotations.filter(({ symbol }) => "NA".includes(symbol));
    const places = beats.flatMap(({ symbol }, index) => (symbol === "A" && index + 1 < beats.length ? [index] : []));
    expect(places.length).toBeGreaterThanOrEqual(9);
    for (const place of places) {
      const [before, early, after] = beats.slice(place - 1, place + 2).map(({ sample }) => sample);
      expect(halfWidthS(record, early) / halfWidthS(record, before)).toBeCloseTo(1, 0);
      const usual = beats[place - 1].sample - beats[place - 2].sample;
      expect((early - before) / usual).toBeLessThan(0.75);
      expect((after - before) / usual).toBeLessThan(1.8);
    }
  });

  it("plays a run of as many ventricular beats as asked, at the rate asked", () => {
    const script: Script = [...SINUS, { rhythm: "vt", beats: 12, bpm: 170 }, ...SINUS];
    const record = syntheticRecord(script, { samplingRateHz: 360, seed: 8 });
    const run = beatsOf(record, "V");
    expect(run).toHaveLength(12);
    expect(Math.abs((11 * 60 * 360) / (run[11] - run[0]) - 170)).toBeLessThan(4);
    const begin = record.annotations.find(({ aux }) => aux === "(VT");
    expect(begin?.sample).toBeLessThanOrEqual(run[0]);
    expect(record.annotations.filter(({ symbol }) => symbol === "+").map(({ aux }) => aux)).toEqual([
      "(N",
      "(VT",
      "(N",
    ]);
  });

  it("draws atrial fibrillation irregularly, with waves between the beats", () => {
    const options = { samplingRateHz: 360, seed: 9, ...QUIET };
    const record = syntheticRecord([{ rhythm: "afib", seconds: 120, bpm: 90 }], options);
    const beats = beatsOf(record);
    const rr = beats.slice(1).map((sample, index) => (sample - beats[index]) / 360);
    const mean = rr.reduce((sum, value) => sum + value, 0) / rr.length;
    const deviation = Math.sqrt(rr.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rr.length);
    expect(60 / mean).toBeGreaterThan(85);
    expect(60 / mean).toBeLessThan(95);
    expect(deviation / mean).toBeGreaterThan(0.15);
    const ripple = beats.slice(1).map((sample) => spread(record.leads[1].samples.subarray(sample - 60, sample - 25)));
    expect(Math.min(...ripple)).toBeGreaterThan(0.06 * 200);
    const asystole = syntheticRecord([{ rhythm: "asystole", seconds: 20 }], options);
    expect(spread(asystole.leads[1].samples)).toBe(0);
  });

  it("draws an electrode that is off as a line or as missing samples, with no beats", () => {
    for (const [form, adu] of [
      ["flat", 1024],
      ["rail", 2047],
      ["missing", MISSING_ADU],
    ] as const) {
      const script: Script = [...SINUS, { rhythm: "lead-off", seconds: 10, form }, ...SINUS];
      const record = syntheticRecord(script, { samplingRateHz: 200, seed: 10 });
      for (const { samples } of record.leads) {
        expect(new Set(samples.subarray(60 * 200, 70 * 200))).toEqual(new Set([adu]));
      }
      const off = beatsOf(record).filter((sample) => sample >= 60 * 200 && sample < 70 * 200);
      expect(off).toEqual([]);
      const changes = record.annotations.filter(({ symbol }) => symbol === "~").map(({ sample }) => sample);
      expect(changes).toEqual([60 * 200, 70 * 200]);
    }
  });

  it("adds noise of the amounts asked, where asked", () => {
    const still: Script = [{ rhythm: "asystole", seconds: 60 }];
    const deviation = (disturbance: object, samplingRateHz: number): number => {
      const script: Script = [...still, { rhythm: "asystole", seconds: 120, ...disturbance }];
      const { samples } = syntheticRecord(script, { samplingRateHz, seed: 12, ...QUIET }).leads[0];
      expect(spread(samples.subarray(0, 60 * samplingRateHz))).toBe(0);
      const noise = samples.subarray(60 * samplingRateHz);
      return Math.sqrt(noise.reduce((sum, adu) => sum + (adu - 1024) ** 2, 0) / noise.length) / 200;
    };
    for (const rate of [125, 500]) {
      expect(deviation({ noiseMv: 0.2 }, rate)).toBeCloseTo(0.2, 2);
      expect(deviation({ motionMv: 0.4 }, rate)).toBeCloseTo(0.4, 1);
    }
  });

  it("names leads as asked and sorts its annotations", () => {
    const script: Script = [...SINUS, { rhythm: "vt", beats: 5, bpm: 120 }, { rhythm: "asystole", seconds: 5 }];
    const record = syntheticRecord(script, { samplingRateHz: 250, seed: 1, leads: ["ECG"] });
    expect(record.leads.map(({ name }) => name)).toEqual(["ECG"]);
    const samples = record.annotations.map(({ sample }) => sample);
    expect(samples).toEqual([...samples].sort((a, b) => a - b));
  });

  it.each<[string, Script, object]>([
    ["no segment", [], {}],
    ["bpm", [{ rhythm: "sinus", seconds: 10, bpm: 0 }], {}],
    ["seconds", [{ rhythm: "asystole", seconds: Number.NaN }], {}],
    ["beats", [{ rhythm: "vt", beats: 0, bpm: 150 }], {}],
    ["samplingRateHz", SINUS, { samplingRateHz: 10 }],
    ["leads", SINUS, { leads: [] }],
  ])("refuses a wrong %s", (_, script, options) => {
    expect(() => syntheticRecord(script, { samplingRateHz: 250, seed: 1, ...options })).toThrow(BedsideError);
  });
});

describe("SYNTHETIC_BEDS", () => {
  it("are eight with different names; each plays for minutes within the converter's range", () => {
    expect(new Set(SYNTHETIC_BEDS.map(({ name }) => name)).size).toBe(8);
    for (const { script, seed } of SYNTHETIC_BEDS) {
      const record = syntheticRecord(script, { samplingRateHz: 125, seed });
      expect(record.leads[0].samples.length / 125).toBeGreaterThan(120);
      const clipped = beatsOf(record).filter((sample) => [0, 2047].includes(record.leads[0].samples[sample]));
      expect(clipped).toEqual([]);
    }
  });
});
