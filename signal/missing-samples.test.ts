import { expect, test } from "vitest";
import { MissingSamples } from "./missing-samples.ts";

/** What comes out, at 100 Hz: up to 10 samples are bridged. Numbers are samples. */
function through(feed: (missing: MissingSamples) => void): unknown[] {
  const out: unknown[] = [];
  const missing: MissingSamples = new MissingSamples(100, {
    sample: (millivolts) => out.push(millivolts),
    interrupted: (from) => out.push(`none from ${from}, at ${missing.received - 1}`),
    resumed: (from, to) => out.push(`none from ${from} to ${to}, at ${missing.received - 1}`),
  });
  feed(missing);
  return out;
}

test("a short run is a straight line from one side to the other", () => {
  const out = through((missing) => {
    for (const value of [1, Number.NaN, Number.NaN, Number.NaN, 3]) missing.push(value);
  });
  expect(out).toEqual([1, 1.5, 2, 2.5, 3]);
});

test("ten missing samples are bridged, eleven are a gap known at once and ended by the next sample", () => {
  const around = (count: number) => (missing: MissingSamples) => {
    missing.push(1);
    missing.skip(count);
    missing.push(12);
  };
  expect(through(around(10))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  expect(through(around(11))).toEqual([1, "none from 1, at 11", "none from 1 to 12, at 12", 12]);
});

test("a short run at the start takes the value behind it; a long one is a gap", () => {
  expect(through((missing) => [Number.NaN, Number.NaN, 5].forEach((value) => missing.push(value)))).toEqual([5, 5, 5]);
  expect(
    through((missing) => {
      missing.skip(20);
      missing.push(5);
    }),
  ).toEqual(["none from 0, at 10", "none from 0 to 20, at 20", 5]);
});

test("the end leaves a short run out and closes a long one", () => {
  expect(
    through((missing) => {
      missing.push(1);
      missing.skip(4);
      missing.end();
    }),
  ).toEqual([1, "none from 1, at 4"]);
  expect(
    through((missing) => {
      missing.push(1);
      missing.skip(1_000_000_000);
      missing.end();
    }),
  ).toEqual([1, "none from 1, at 11", "none from 1 to 1000000001, at 1000000000"]);
});

test.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, -20_000])("%d mV counts as missing", (value) => {
  expect(through((missing) => [0, value, 2].forEach((one) => missing.push(one)))).toEqual([0, 1, 2]);
});

test("nothing skipped is nothing", () => {
  const out = through((missing) => {
    missing.push(1);
    missing.skip(0);
    missing.push(2);
  });
  expect(out).toEqual([1, 2]);
});
