import { describe, expect, test } from "vitest";
import { syntheticRecord } from "../../data/synthetic/record.ts";
import { knownIntervals } from "../../testing/signal/known-intervals.ts";
import { type BeatIntervals, beatIntervals } from "./intervals.ts";
import { type MedianBeat, medianBeat } from "./median-beat.ts";

/** A minute of sinus rhythm of the generator, laid over itself. */
function generated(bpm: number, samplingRateHz: number, noiseMv: number): MedianBeat {
  const { leads, annotations } = syntheticRecord([{ rhythm: "sinus", seconds: 60, bpm }], {
    samplingRateHz,
    seed: 7,
    noiseMv,
  });
  const [{ samples, baselineAdu, gainAduPerMv }] = leads;
  const peaks = annotations.filter(({ symbol }) => symbol === "N").map(({ sample }) => sample);
  const beat = medianBeat((at) => (samples[at] - baselineAdu) / gainAduPerMv, samplingRateHz, peaks.slice(1, -1));
  if (!beat) throw new Error("no median beat");
  return beat;
}

const measured = (beat: MedianBeat, bpm: number): BeatIntervals => {
  const intervals = beatIntervals(beat, 60_000 / bpm);
  if (!intervals) throw new Error("nothing measured");
  return intervals;
};

describe.each([45, 60, 75, 90, 110])("at %i/min", (bpm) => {
  test.each([
    [125, 0.012],
    [250, 0.03],
    [360, 0.06],
  ])("%i Hz, %f mV of noise: QRS, QT and ST within what is said of them", (rateHz, noiseMv) => {
    const known = knownIntervals(bpm);
    const { qrsMs, qtMs, stMv, qtcMs } = measured(generated(bpm, rateHz, noiseMv), bpm);
    expect(Math.abs(qrsMs - known.qrsMs)).toBeLessThan(25);
    expect(Math.abs((qtMs ?? 0) - known.qtMs)).toBeLessThan(25);
    expect(Math.abs(stMv - known.stMv)).toBeLessThan(0.05);
    expect(qtcMs).toBeCloseTo((qtMs ?? 0) / Math.cbrt(60 / bpm), 6);
  });
});

const clean = generated(75, 250, 0.012);
/** The beat with a step of `mV` behind the QRS, which falls off with T. */
const withSt = (mV: number): MedianBeat => ({
  ...clean,
  millivolts: clean.millivolts.map((value, i) => {
    const ms = ((i - clean.rIndex) / clean.rateHz) * 1000;
    return ms > 46 && ms < 300 ? value + mV : value;
  }),
});

test.each([-0.3, -0.1, 0.2, 0.4])("ST moves with a shift of %f mV behind the QRS", (shift) => {
  expect(measured(withSt(shift), 75).stMv - measured(clean, 75).stMv).toBeCloseTo(shift, 1);
});

test("a T wave that is too small has no end, and QT is not told", () => {
  const flat = clean.millivolts.map((value, i) => (i > clean.rIndex + 25 ? value * 0.1 : value));
  expect(measured({ ...clean, millivolts: flat }, 75)).toMatchObject({ tEndMs: null, qtMs: null, qtcMs: null });
  expect(measured({ ...clean, spreadMv: 0.2 }, 75).qtMs).toBeNull();
});

test("a T wave upside down has the same end", () => {
  const turned = clean.millivolts.map((value, i) => (i > clean.rIndex + 30 ? -value : value));
  expect(measured({ ...clean, millivolts: turned }, 75).tEndMs).toBeCloseTo(measured(clean, 75).tEndMs ?? 0, 6);
});

test("a flat line has no QRS, and beats with holes are left out", () => {
  expect(beatIntervals({ ...clean, millivolts: new Float32Array(clean.millivolts.length) }, 800)).toBeNull();
  const holed = (at: number): number => (at % 1000 === 500 ? Number.NaN : 0);
  expect(medianBeat(holed, 250, [400, 1400, 2400], 1)).toBeNull();
  expect(medianBeat(holed, 250, [400, 700, 1400], 1)?.beats).toBe(1);
});
