import { describe, expect, it } from "vitest";
import { kachueeRows, type AnnotatedBeat, ROW_LENGTH } from "./rows.ts";

/** A spike of height 1 + the beat's number / 100 at each R peak, over a saw-tooth that tells each sample apart. */
function recording(peaks: readonly number[], length: number): Float64Array {
  const signal = Float64Array.from({ length }, (_, i) => (i % 50) / 1000);
  peaks.forEach((peak, k) => (signal[peak] = 1 + k / 100));
  return signal;
}

function rowsOf(signal: ArrayLike<number>, peaks: readonly number[]): Map<number, Float32Array> {
  const beats: AnnotatedBeat[] = peaks.map((sample) => ({ sample, beatClass: "N" }));
  const rows = new Map<number, Float32Array>();
  kachueeRows(signal, beats, (index, row) => rows.set(index, row.slice()));
  return rows;
}

describe("rows of a recording", () => {
  const regular = Array.from({ length: 25 }, (_, i) => 20 + 100 * i);

  it("begin at the R peak, last 1.2 median R-R intervals, and are zeros behind", () => {
    const rows = rowsOf(recording(regular, 2600), regular);
    const row = rows.get(3) ?? new Float32Array();
    expect(row).toHaveLength(ROW_LENGTH);
    expect(row.subarray(0, 120).filter((value) => value === 0).length).toBeLessThan(5);
    expect([...row.subarray(120)].every((value) => value === 0)).toBe(true);
    expect(row.indexOf(Math.max(...row.subarray(50)), 50)).toBe(100);
  });

  it("are scaled by their ten seconds, not by themselves nor by the whole recording", () => {
    const signal = recording(regular, 2600);
    for (let i = 1250; i < signal.length; i++) signal[i] *= 10;
    const rows = rowsOf(signal, regular);
    const highest = 1 + 12 / 100;
    expect(rows.get(0)?.[0]).toBeCloseTo(1 / highest, 5);
    expect(rows.get(12)?.[0]).toBeCloseTo(1, 5);
    // The thirteenth beat's row runs into the louder window and is cut at 1; the next is scaled by that window.
    expect(rows.get(12)?.[100]).toBe(1);
    expect(rows.get(13)?.[0]).toBeCloseTo((1 + 13 / 100) / (1 + 24 / 100), 5);
  });

  it("are none for the last beat, whose interval is unknown, and one for each other", () => {
    const rows = rowsOf(recording(regular, 2600), regular);
    expect([...rows.keys()]).toEqual(regular.slice(0, -1).map((_, i) => i));
  });

  it("are cut at 187 samples where the heart is slow, and stay finite where the line is flat", () => {
    const slow = [10, 210, 410, 610, 810];
    const row = rowsOf(recording(slow, 1250), slow).get(0) ?? new Float32Array();
    expect(row[ROW_LENGTH - 1]).toBeGreaterThan(0);
    const flat = rowsOf(new Float64Array(1250).fill(0.3), slow).get(0) ?? new Float32Array(1).fill(Number.NaN);
    expect([...flat].every((value) => value === 0)).toBe(true);
  });
});
