import { expect, test } from "vitest";
import { raisedConditions } from "./raised.ts";
import { runPeaks } from "./rr-record.ts";

const RATE = 250;

/** Peaks of `[beats, seconds between them]`. */
function peaksOf(...stretches: readonly (readonly [number, number])[]): number[] {
  const peaks = [RATE];
  for (const [beats, rrSeconds] of stretches) {
    for (let i = 0; i < beats; i++) peaks.push(peaks[peaks.length - 1] + Math.round(rrSeconds * RATE));
  }
  return peaks;
}

const conditions = (peaks: readonly number[], seconds: number) => {
  const recording = { samplingRateHz: RATE, length: seconds * RATE };
  return raisedConditions(runPeaks(peaks, recording), recording);
};

test("R peaks drive the monitor as a clean signal's would: slow, fast, and none", () => {
  const peaks = peaksOf([40, 0.8], [15, 2], [40, 0.8], [60, 0.4], [40, 0.8]);
  const seconds = Math.ceil((peaks.at(-1) ?? 0) / RATE) + 20;
  const raised = conditions(peaks, seconds);
  const slow = raised.find(({ kind }) => /bradycardia/.test(kind));
  const fast = raised.find(({ kind }) => /tachycardia/.test(kind));
  const none = raised.find(({ kind }) => kind === "asystole");
  expect(slow?.from).toBeCloseTo(33, 0);
  expect(fast?.from).toBeCloseTo(95, 0);
  expect(none).toMatchObject({ from: expect.closeTo(seconds - 20, -0.5), to: seconds });
  for (const { from, saidAt, to } of raised) expect([saidAt >= from, to >= saidAt]).toEqual([true, true]);
});

test("nothing is said by a peak that was not yet known", () => {
  const peaks = peaksOf([20, 0.8], [40, 0.4], [10, 2], [10, 0.8]);
  const recording = { samplingRateHz: RATE, length: 90 * RATE };
  const whole = runPeaks(peaks, recording);
  for (const last of peaks.filter((_, i) => i % 5 === 0)) {
    const known = runPeaks(
      peaks.filter((peak) => peak <= last),
      recording,
    );
    const before = ({ sample }: { readonly sample: number }): boolean => sample < last + 0.3 * RATE;
    expect(whole.filter(before)).toEqual(known.filter(before));
  }
});

test("an even rhythm raises nothing, however long; what lies behind the end is not heard", () => {
  expect(conditions(peaksOf([600, 0.8]), 480)).toEqual([]);
});
