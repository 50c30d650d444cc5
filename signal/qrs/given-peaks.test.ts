import { expect, test } from "vitest";
import { createSignalChain } from "../chain.ts";
import { bumpEcg, regularBeats, WIDE } from "../../testing/signal/bump-ecg.ts";
import { type Heard, listen, sorted } from "../../testing/signal/listen.ts";

const SECONDS = 30;
const rhythm = regularBeats(SECONDS, 0.8).map((beat, i) => (i % 7 === 3 ? { ...beat, waves: WIDE } : beat));

function listenAt(rPeaks: readonly number[], samples: Float32Array, inputRateHz: number): Heard {
  const chain = createSignalChain({ inputRateHz, rPeaks });
  const heard = sorted([]);
  chain.push(samples, samples.length, (event) => heard.all.push(event));
  chain.end((event) => heard.all.push(event));
  return sorted(heard.all);
}

test.each([125, 250, 257.5, 360, 1000])("at %d Hz beats stand at the given samples, told within 0.3 s", (rate) => {
  const given = rhythm.map(({ atSeconds }) => Math.round(atSeconds * rate) + 3);
  const { qrs, beats } = listenAt(given, bumpEcg(SECONDS, rate, rhythm), rate);
  expect(qrs.map(({ sample }) => sample)).toEqual(given);
  expect(beats.map(({ sample }) => sample)).toEqual(given);
  for (const { sample, decidedAt } of qrs) expect((decidedAt - sample) / rate).toBeLessThanOrEqual(0.3);
  expect(qrs[5].rrMs).toBeCloseTo(((given[5] - given[4]) / rate) * 1000, 6);
});

test("given the detector's own peaks, windows and features are the detector's", () => {
  const samples = bumpEcg(SECONDS, 125, rhythm);
  const own = listen(samples, 125);
  const again = listenAt(
    own.qrs.map(({ sample }) => sample),
    samples,
    125,
  );
  expect(own.beats.length).toBeGreaterThan(30);
  expect(again.beats.map(({ window }) => window)).toEqual(own.beats.map(({ window }) => window));
  expect(again.beats.map(({ features }) => features)).toEqual(own.beats.map(({ features }) => features));
});

test("peaks in a gap are left out, those around it are not", () => {
  const samples = bumpEcg(SECONDS, 360, rhythm);
  samples.fill(Number.NaN, 10 * 360, 13 * 360);
  const given = [9.5, 9.99, 10, 11, 12.99, 13, 13.5].map((seconds) => Math.round(seconds * 360));
  const { beats } = listenAt(given, samples, 360);
  expect(beats.map(({ sample }) => sample / 360)).toEqual([9.5, expect.closeTo(9.99, 2), 13, 13.5]);
  expect(beats[2].rrMs).toBeNull();
});

test("restored from a snapshot, a chain with the same peaks goes on identically; one with a detector refuses it", () => {
  const rPeaks = rhythm.map(({ atSeconds }) => Math.round(atSeconds * 360));
  const samples = bumpEcg(SECONDS, 360, rhythm);
  const cut = 4321;
  const first = createSignalChain({ inputRateHz: 360, rPeaks });
  first.push(samples, cut, () => {});
  const second = createSignalChain({ inputRateHz: 360, rPeaks });
  second.restore(first.snapshot());
  const [one, two] = [first, second].map((chain) => {
    const { all } = sorted([]);
    chain.push(samples.subarray(cut), samples.length - cut, (event) => all.push(event));
    chain.end((event) => all.push(event));
    return all;
  });
  expect(one.length).toBeGreaterThan(20);
  expect(two).toEqual(one);
  expect(() => createSignalChain({ inputRateHz: 360 }).restore(first.snapshot())).toThrow(
    expect.objectContaining({ code: "BAD_SNAPSHOT" }),
  );
});

test.each([[[5, 5]], [[9, 4]], [[-1]], [[Number.NaN]]])("peaks %j are refused", (rPeaks) => {
  expect(() => createSignalChain({ inputRateHz: 360, rPeaks })).toThrow(
    expect.objectContaining({ code: "BAD_ARGUMENT" }),
  );
});
