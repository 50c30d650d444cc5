import { expect, test } from "vitest";
import { MISSING_ADU } from "../../contracts/frame.ts";
import { conditionAt } from "../../testing/gateway/messages.ts";
import type { Strip } from "../source/ecg-source.ts";
import { leadPictures, PAPER } from "./strip-picture.ts";

const RATE_HZ = 250;

/** 8 s of two leads of 0.5 mV beats; MLII comes off at 4 s and gives −20 mV from there on, which is told at 5 s; V1 lacks a second. */
function strip(endTimeMs: number | null): Strip {
  const beats = Int16Array.from({ length: 8 * RATE_HZ }, (_, at) => (at % RATE_HZ < 10 ? 100 : 0));
  const condition = { ...conditionAt("b1", "lead-off", "begin", 5 * RATE_HZ), beginTimeMs: 5000, lead: "MLII" };
  const lead = { gainAduPerMv: 200, baselineAdu: 0 };
  return {
    bed: "b1",
    epoch: "e1",
    from: 0,
    to: 8000,
    samplingRateHz: RATE_HZ,
    firstSample: 0,
    beginMs: 0,
    leads: [
      {
        ...lead,
        name: "MLII",
        adu: beats.slice().fill(-4000, 4 * RATE_HZ, endTimeMs === null ? undefined : 7 * RATE_HZ),
      },
      { ...lead, name: "V1", adu: beats.slice().fill(MISSING_ADU, RATE_HZ, 2 * RATE_HZ) },
    ],
    beats: [],
    relabelled: [],
    conditions: [{ condition, endTimeMs }],
    rhythms: [],
  };
}

const mmOf = (seconds: number): number => PAPER.gutter + seconds * PAPER.mmPerS;

test("a lead that is off has no line from where it went flat, and its swing lays nothing otherwise", () => {
  const [mlii, v1] = leadPictures(strip(null), 0, 8000);
  expect(mlii.off).toEqual([{ x: mmOf(4), width: 4 * PAPER.mmPerS }]);
  expect(mlii.fit.factor).toBe(1);
  const xs = [...mlii.path.matchAll(/[ML]([\d.]+)/g)].map(([, x]) => Number(x));
  expect(Math.max(...xs)).toBeLessThanOrEqual(mmOf(4));
  expect(mlii.missing).toEqual([]);
  expect(v1.off).toEqual([]);
  expect(v1.missing).toEqual([{ x: mmOf(1), width: PAPER.mmPerS }]);
});

test("it has a line again when it is on again, and a part of the strip shows its part", () => {
  const [mlii] = leadPictures(strip(7000), 4500, 8000);
  expect(mlii.off).toEqual([{ x: mmOf(0), width: 2.5 * PAPER.mmPerS }]);
  const xs = [...mlii.path.matchAll(/[ML]([\d.]+)/g)].map(([, x]) => Number(x));
  expect(Math.min(...xs)).toBeGreaterThanOrEqual(mmOf(2.5) - 0.2);
});
