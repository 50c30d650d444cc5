import { expect, test } from "vitest";
import { MissingSamples } from "./missing-samples.ts";

/** What comes out, at 100 Hz: up to 10 samples are bridged. Numbers are samples. */
function through(feed: (missing: MissingSamples) => void): unknown[] {
  const out: unknown[] = [];
  const missing: MissingSamples = new MissingSamples(100, {
    samples: (millivolts, from, to) => out.push(...millivolts.subarray(from, to)),
    interrupted: (from) => out.push(`none from ${from}, at ${missing.received - 1}`),
    resumed: (from, to) => out.push(`none from ${from} to ${to}, at ${missing.received - 1}`),
  });
  feed(missing);
  return out;
}

const push = (missing: MissingSamples, ...millivolts: number[]): void =>
  missing.push(Float32Array.from(millivolts), millivolts.length);

test("a short run is a straight line from one side to the other", () => {
  const out = through((missing) => {
    push(missing, 1, Number.NaN, Number.NaN, Number.NaN, 3);
  });
  expect(out).toEqual([1, 1.5, 2, 2.5, 3]);
});

test("ten missing samples are bridged, eleven are a gap known at once and ended by the next sample", () => {
  const around = (count: number) => (missing: MissingSamples) => {
    push(missing, 1);
    missing.skip(count);
    push(missing, 12);
  };
  expect(through(around(10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(through(around(11))).toEqual([1, "none from 1, at 11", "none from 1 to 12, at 12", 12]);
});

test("a short run at the start takes the value behind it; a long one is a gap", () => {
  expect(through((missing) => push(missing, Number.NaN, Number.NaN, 5))).toEqual([5, 5, 5]);
  expect(
    through((missing) => {
      missing.skip(20);
      push(missing, 5);
    }),
  ).toEqual(["none from 0, at 10", "none from 0 to 20, at 20", 5]);
});

test("the end leaves a short run out and closes a long one", () => {
  expect(
    through((missing) => {
      push(missing, 1);
      missing.skip(4);
      missing.end();
    }),
  ).toEqual([1, "none from 1, at 4"]);
  expect(
    through((missing) => {
      push(missing, 1);
      missing.skip(1_000_000_000);
      missing.end();
    }),
  ).toEqual([1, "none from 1, at 11", "none from 1 to 1000000001, at 1000000000"]);
});

test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -20_000])("%d mV counts as missing", (value) => {
  expect(through((missing) => push(missing, 0, value, 2))).toEqual([0, 1, 2]);
});

test("nothing skipped is nothing", () => {
  const out = through((missing) => {
    push(missing, 1);
    missing.skip(0);
    push(missing, 2);
  });
  expect(out).toEqual([1, 2]);
});

test("a bridge waits for the sample behind it, what is there waits for nothing", () => {
  const waits: number[] = [];
  const missing = new MissingSamples(100, {
    samples: (_, from, to, heldUntil) => waits.push(to - from, heldUntil),
    interrupted: () => {},
    resumed: () => {},
  });
  push(missing, 1, 2, Number.NaN, 4, 5);
  expect(waits).toEqual([2, -1, 1, 3, 2, -1]);
});
