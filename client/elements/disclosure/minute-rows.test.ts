import { expect, test } from "vitest";
import type { Frame } from "../../../contracts/frame.ts";
import { MINUTE_MS, MinuteRows } from "./minute-rows.ts";

const RATE = 100;

/** A second of a square of 1 mV in II, and of nothing in V1, from `atMs` of the hour on. */
const second = (atMs: number, hourMs: number): Frame => ({
  bed: "b1",
  epoch: "e",
  epochStartMs: hourMs,
  sequence: 0,
  firstSample: (atMs / 1000) * RATE,
  producedAtMs: 0,
  samplingRateHz: RATE,
  leads: [
    { name: "V1", gainAduPerMv: 200, baselineAdu: 0, unit: "mV", samples: new Int16Array(RATE) },
    {
      name: "II",
      gainAduPerMv: 200,
      baselineAdu: 0,
      unit: "mV",
      samples: Int16Array.from({ length: RATE }, (_, i) => (i < 20 ? 0 : 200)),
    },
  ],
  last: false,
  source: "test",
});

const HOUR = 3_600_000 * 10;
const known = (rows: MinuteRows, index: number): number => {
  const row = rows.row(index);
  return row
    ? Array.from({ length: row.length }, (_, i) => row.at(i)).filter((value) => !Number.isNaN(value)).length
    : 0;
};

test("each second lies in its minute, where it belongs, of the lead that is preferred", () => {
  const rows = new MinuteRows(HOUR);
  for (const atMs of [0, 59_000, 60_000]) expect(rows.add(second(atMs, HOUR))).toBe(true);
  expect(rows.lead).toBe("II");
  expect([known(rows, 0), known(rows, 1), known(rows, 2)]).toEqual([200, 100, 0]);
  const row = rows.row(0);
  expect(row?.at(0)).toBeCloseTo(0);
  expect(row?.at(25)).toBeGreaterThan(0.7);
  expect(row?.at(5900 + 25)).toBeGreaterThan(0.7);
  expect(row?.at(3000)).toBeNaN();
});

test("what is of another hour, rate or lead is left out", () => {
  const rows = new MinuteRows(HOUR);
  rows.add(second(0, HOUR));
  rows.add(second(60 * MINUTE_MS, HOUR));
  rows.add(second(-1000, HOUR));
  expect(known(rows, 0)).toBe(100);
  expect(known(rows, 59)).toBe(0);
  expect(rows.add({ ...second(1000, HOUR), samplingRateHz: 250 })).toBe(false);
  expect(rows.add({ ...second(1000, HOUR), leads: [second(0, HOUR).leads[0]] })).toBe(false);
});

test("of epochs that overlap, the one that began last is shown alone, whichever is read first", () => {
  const early = [0, 1000, 2000].map((atMs) => second(atMs, HOUR));
  // As from 1 s of the hour on, flat.
  const late = { ...second(0, HOUR + 1000), epoch: "late" };
  const flat = { ...late, leads: late.leads.map((lead) => ({ ...lead, samples: new Int16Array(RATE) })) };
  for (const frames of [
    [...early, flat],
    [flat, ...early],
    [early[0], flat, early[1], early[2]],
  ]) {
    const rows = new MinuteRows(HOUR);
    for (const frame of frames) rows.add(frame);
    expect(rows.hasOverlap).toBe(true);
    const heights = [25, 125, 225].map((at) => Math.round(rows.row(0)?.at(at) ?? Number.NaN));
    expect(heights).toEqual([1, 0, 1]);
    const epochs = [500, 1500, 2500, 9000, -1].map((atMs) => rows.epochAt(HOUR + atMs));
    expect(epochs).toEqual(["e", "late", "e", null, null]);
  }
  const alone = new MinuteRows(HOUR);
  for (const frame of early) alone.add(frame);
  expect(alone.hasOverlap).toBe(false);
});
