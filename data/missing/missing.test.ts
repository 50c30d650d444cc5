import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MissingSamples } from "../../signal/missing-samples.ts";
import { findMissing } from "./find-missing.ts";
import { rejectionOf, repairSignal } from "./repair.ts";

const RATE_HZ = 250;
/** A signal that never rests. */
const lively = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => Math.sin(i / 7));

/** What the live chain makes of the signal, NaN where it reports a gap. */
function live(millivolts: Float32Array): number[] {
  const out: number[] = [];
  const chain = new MissingSamples(RATE_HZ, {
    samples: (values, from, to) => out.push(...values.subarray(from, to)),
    interrupted: () => {},
    resumed: (_, to) => {
      while (out.length < to) out.push(NaN);
    },
  });
  chain.push(millivolts, millivolts.length);
  chain.end();
  while (out.length < millivolts.length) out.push(NaN);
  return out;
}

describe("finding", () => {
  test.each([
    ["missing", "NaN", NaN],
    ["missing", "beyond what an electrode gives", 2e4],
    ["flat", "a flat line", 0.3],
    ["saturated", "a line at an amplifier's rail", -5],
  ])("%s: %s, with its place", (kind, _, value) => {
    const signal = lively(1000).fill(value, 300, 400);
    expect(findMissing(signal, RATE_HZ)).toEqual([{ kind, from: 300, to: 400 }]);
  });

  test("a line that rests for less than 200 ms is an ECG's, unless it is at the converter's end", () => {
    const short = lively(1000).fill(4.9, 300, 330);
    expect(findMissing(short, RATE_HZ)).toEqual([]);
    expect(findMissing(short, RATE_HZ, { railsMillivolts: [-4.9, 4.8] })).toEqual([
      { kind: "saturated", from: 300, to: 330 },
    ]);
    const peak = lively(1000).fill(4.9, 300, 301);
    expect(findMissing(peak, RATE_HZ, { railsMillivolts: [-4.9, 4.8] })).toEqual([]);
  });

  test("nothing in a lively signal, all of an empty one", () => {
    expect(findMissing(lively(500), RATE_HZ)).toEqual([]);
    expect(findMissing(new Float32Array(500).fill(NaN), RATE_HZ)).toEqual([{ kind: "missing", from: 0, to: 500 }]);
    expect(findMissing(new Float32Array(0), RATE_HZ)).toEqual([]);
  });
});

describe("repairing", () => {
  test("100 ms are bridged by a line, one sample more is rejected with a reason", () => {
    const ramp = Float32Array.from({ length: 500 }, (_, i) => i / 10);
    const bridged = repairSignal(ramp.slice().fill(NaN, 100, 125), RATE_HZ);
    bridged.millivolts.forEach((value, i) => expect(value).toBeCloseTo(i / 10, 4));
    expect(bridged.counts.missing).toEqual({ runs: 1, samples: 25, bridgedRuns: 1, rejectedRuns: 0 });

    const long = ramp.slice().fill(NaN, 100, 126);
    const rejected = repairSignal(long, RATE_HZ);
    expect(rejected.rejected).toEqual([
      { kind: "missing", from: 100, to: 126, reason: "no samples for 104 ms, longer than the 100 ms that are bridged" },
    ]);
    expect(Number.isNaN(rejected.millivolts[110])).toBe(true);
    expect(rejectionOf(long, RATE_HZ)).toMatch(/104 ms/);
    expect(rejectionOf(ramp, RATE_HZ)).toBeNull();
  });

  test("runs that touch are one gap: two short ones make a long one", () => {
    const signal = lively(1000).fill(NaN, 300, 320);
    signal.fill(4.9, 320, 340);
    const { rejected, counts } = repairSignal(signal, RATE_HZ, { railsMillivolts: [-4.9, 4.8] });
    expect(rejected.map(({ kind }) => kind)).toEqual(["missing", "saturated"]);
    expect(rejected[0].reason).toMatch(/160 ms/);
    expect(counts.flat.runs).toBe(0);
  });

  test("gaps of NaN anywhere: the same samples as the live chain's", () => {
    const gap = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 5 }), (gaps) => {
        const signal = lively(300);
        for (const [from, length] of gaps) signal.fill(NaN, from, from + length);
        const { millivolts } = repairSignal(signal, RATE_HZ);
        expect(Array.from(millivolts)).toEqual(Array.from(Float32Array.from(live(signal))));
      }),
    );
  });
});
