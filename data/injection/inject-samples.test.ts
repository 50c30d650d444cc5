import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDrift } from "../../contracts/drift.ts";
import { leadToMillivolts, MISSING_ADU } from "../../contracts/frame.ts";
import { noisePower, signalPower } from "../noise.ts";
import { syntheticRecord } from "../synthetic/record.ts";
import { injectSamples } from "./inject-samples.ts";
import type { NoiseRecord } from "./noise-records.ts";
import { type Injectable, SampleInjector } from "./sample-injector.ts";

const RATE = 360;

const record = syntheticRecord([{ rhythm: "sinus", seconds: 60, bpm: 70 }], { samplingRateHz: RATE, seed: 3 });
const source: Injectable = {
  name: "synthetic/test",
  samplingRateHz: RATE,
  leads: record.leads,
  annotations: record.annotations,
};

/** A noise of slow and fast sines, 40 s long, at another rate than the source's. */
const noise: NoiseRecord = {
  samplingRateHz: 250,
  millivolts: Float32Array.from({ length: 10_000 }, (_, i) => 0.3 * Math.sin(i / 5) + 0.2 * Math.sin(i / 17)),
};

function millivolts({ leads }: Injectable, lead = 0): Float32Array {
  const out = new Float32Array(leads[lead].samples.length);
  leadToMillivolts(leads[lead], out);
  return out;
}

const beats = record.annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample);
const inject = (drift: string, seed = 1): Injectable => injectSamples(source, parseDrift(drift), { em: noise }, seed);

test.each([
  ["em:6dB", 6],
  ["em:-6dB", -6],
  ["white:12dB", 12],
])("%s reaches its signal-to-noise ratio by NSTDB's definition", (drift, snrDb) => {
  const clean = millivolts(source);
  const added = millivolts(inject(drift)).map((value, i) => value - clean[i]);
  const measured = 10 * Math.log10(signalPower(clean, beats, RATE) / noisePower(added, RATE));
  expect(measured).toBeGreaterThan(snrDb - 0.7);
  expect(measured).toBeLessThan(snrDb + 0.7);
});

test("a range leaves what lies outside untouched", () => {
  const before = source.leads[0].samples;
  const after = inject("em:0dB@10..20s").leads[0].samples;
  expect(after.subarray(0, 10 * RATE)).toEqual(before.subarray(0, 10 * RATE));
  expect(after.subarray(20 * RATE)).toEqual(before.subarray(20 * RATE));
  expect(after.subarray(10 * RATE, 20 * RATE)).not.toEqual(before.subarray(10 * RATE, 20 * RATE));
});

test("gain, baseline step and lead-off act on millivolts", () => {
  const clean = millivolts(source);
  const at = beats[10];
  expect(millivolts(inject("gain:0.5"))[at]).toBeCloseTo(clean[at] / 2, 1);
  expect(millivolts(inject("baseline:1mV"))[at]).toBeCloseTo(clean[at] + 1, 1);
  expect(inject("lead-off:1").leads[0].samples.every((value) => value === source.leads[0].baselineAdu)).toBe(true);
  expect(() => inject("lead-off:9")).toThrow(/"lead-off:9": .* has \d leads/);
  expect(new Set(millivolts(inject("lead-off@5..8s")).subarray(5 * RATE, 8 * RATE))).toEqual(new Set([0]));
});

test("wander is slow and as high as it is said to be", () => {
  const clean = millivolts(source);
  const added = millivolts(inject("wander:0.8mV")).map((value, i) => value - clean[i]);
  const height = Math.max(...added) - Math.min(...added);
  expect(height).toBeGreaterThan(0.6);
  expect(height).toBeLessThan(0.82);
  const secondApart = added.subarray(RATE).map((value, i) => Math.abs(value - added[i]));
  expect(Math.max(...secondApart)).toBeLessThan(0.5 * height * 2 * Math.PI * 0.25);
  expect(added.subarray(1).every((value, i) => Math.abs(value - added[i]) < 0.02)).toBe(true);
});

test("the same seed mixes the same noise, another one another", () => {
  expect(inject("em:6dB", 7).leads[0].samples).toEqual(inject("em:6dB", 7).leads[0].samples);
  expect(inject("em:6dB", 8).leads[0].samples).not.toEqual(inject("em:6dB", 7).leads[0].samples);
});

test("missing samples stay missing", () => {
  const samples = source.leads[0].samples.slice();
  samples[100] = MISSING_ADU;
  const holed = { ...source, leads: [{ ...source.leads[0], samples }] };
  expect(injectSamples(holed, parseDrift("em:6dB"), { em: noise }, 1).leads[0].samples[100]).toBe(MISSING_ADU);
});

test("recorded noise that was not fetched is asked for by name", () => {
  expect(() => injectSamples(source, parseDrift("ma:6dB"), {}, 1)).toThrow(/npm run fetch -- nstdb/);
});

test("portions that follow one another are what the whole is, however it is cut", () => {
  const injections = parseDrift(
    "em:6dB@3..40s,white:12dB,wander:1mV@5s,gain:0.5@20s,baseline:1mV@8..9s,lead-off@50..52s",
  );
  const whole = injectSamples(source, injections, { em: noise }, 1);
  const injector = new SampleInjector(source, injections, { em: noise }, 1);
  const { length } = source.leads[0].samples;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: length - 1 }), { maxLength: 12 }), (places) => {
      const cuts = [0, ...new Set(places), length].toSorted((a, b) => a - b);
      const joined = cuts.slice(1).flatMap((end, i) => [...injector.portion(cuts[i], end)[0].samples]);
      expect(Int16Array.from(joined)).toEqual(whole.leads[0].samples);
    }),
    { numRuns: 10 },
  );
});
