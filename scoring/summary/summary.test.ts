import { expect, test } from "vitest";
import type { BeatClass } from "../../contracts/beat.ts";
import { referenceOf } from "../reference.ts";
import { type FoundBeat, type ScoredRecord, scoreRecord } from "./record.ts";
import { figureSet, summarise } from "./summary.ts";
import { coverageOf, coveredOnly } from "./gate.ts";
import { summaryTable } from "./table.ts";

const RATE = 100;
const certain = (name: "N" | "S" | "V" | "F") => ({ N: 0, S: 0, V: 0, F: 0, [name]: 1 });

/** `truth` and `found`: a letter a second; `.` no beat, lower case: what the model would say of a beat rejected (Q). */
function scored(record: string, truth: string, found: string): ScoredRecord {
  const symbols: Record<string, string> = { S: "A", Q: "/" };
  const reference = referenceOf(
    [...truth].flatMap((one, i) => (one === "." ? [] : { sample: (i + 1) * RATE, symbol: symbols[one] ?? one })),
  );
  const beats: FoundBeat[] = [...found].flatMap((one, i) => {
    if (one === ".") return [];
    const called = one.toUpperCase() as "N" | "S" | "V" | "F";
    const beatClass: BeatClass = one === called ? called : "Q";
    return { sample: (i + 1) * RATE, beatClass, probabilities: certain(called) };
  });
  return scoreRecord(record, reference, beats, { samplingRateHz: RATE });
}

test("rejected beats, by hand: covered, and as the model would have called them", () => {
  const one = scored("100", "NNNNVVSQ.", "NnvNVvN.f");
  const { gate, beats, calibration } = summarise([one]);
  expect(beats.classes.N).toMatchObject({ se: 2 / 4, ppv: 2 / 3 });
  expect(beats.accuracy).toBe(3 / 7);
  expect(gate.coverage).toBe(4 / 7);
  expect(gate.covered.beats.accuracy).toBe(3 / 4);
  expect(gate.covered.beats.classes.V).toMatchObject({ se: 1, ppv: 1, support: 1 });
  // Of seven beats five are right, and the false one is called F.
  expect(gate.ungated.beats.accuracy).toBe(5 / 8);
  expect(gate.ungated.beats.classes.V).toMatchObject({ se: 1, ppv: 2 / 3 });
  expect(calibration.all).toMatchObject({ beats: 7, ece: expect.closeTo(2 / 7, 12) });
  expect(calibration.covered).toMatchObject({ beats: 4, ece: expect.closeTo(1 / 4, 12) });
});

test("missed beats and reference Q do not count towards the coverage", () => {
  const { confusion } = scored("100", "NNNQ", "Nn.N");
  expect(coverageOf(confusion)).toBe(1 / 2);
  expect(coverageOf(scored("100", "N", ".").confusion)).toBeNull();
  expect(coveredOnly(confusion).map((row) => row[4])).toEqual([0, 0, 0, 0, 0, 0]);
});

test("gross figures weigh beats, averages weigh records; without record 232 its beats are not there", () => {
  const records = [scored("100", "NNNNNNNN", "NNNNNNNN"), { ...scored("x", "SSNN", "SNNN"), identity: "mitdb/232" }];
  const { beats, average, without232, fpr } = summarise(records);
  expect(beats.accuracy).toBe(11 / 12);
  expect(average.accuracy).toBe((1 + 3 / 4) / 2);
  expect(average.classes.N).toMatchObject({ se: 1, ppv: (1 + 2 / 3) / 2, records: 2 });
  expect(average.classes.S).toMatchObject({ se: 1 / 2, f1: 2 / 3, records: 1 });
  expect(average.classes.F).toEqual({ se: null, ppv: null, f1: null, fpr: 0, records: 0 });
  expect(fpr.N).toBe(1 / 2);
  expect(without232?.beats.accuracy).toBe(1);
  expect(without232?.beats.classes.S.support).toBe(0);
  expect(summarise(records.slice(0, 1)).without232).toBeUndefined();
});

test("EC57 leaves out the first five minutes", () => {
  const { beats, ec57 } = summarise([scored("100", "V".repeat(299) + "NNNNN", "N".repeat(304))]);
  expect(ec57.skipSeconds).toBe(300);
  expect(beats.accuracy).toBe(5 / 304);
  expect(ec57.beats).toMatchObject({ accuracy: 1, classes: { N: { support: 5 }, V: { support: 0 } } });
});

test("intervals hold the figure, and are the same each time", () => {
  const records = ["NNNV", "NNVV", "NNNN", "NVVV", "NNNN"].map((found, i) => scored(`${i}`, "NNVV", found));
  const { beats, intervals } = figureSet(records.map(({ confusion }) => confusion));
  const [low, high] = intervals.accuracy ?? [1, 0];
  expect(intervals).toMatchObject({ level: 0.95, resamples: 2000, seed: 1 });
  expect(low).toBeLessThan(beats.accuracy ?? 0);
  expect(high).toBeGreaterThan(beats.accuracy ?? 0);
  expect(intervals.classes.V.f1?.[0]).toBeLessThan(beats.classes.V.f1 ?? 0);
  expect(intervals.classes.F.f1).toBeNull();
  expect(figureSet(records.map(({ confusion }) => confusion)).intervals).toEqual(intervals);
});

test("as text: a line for each way of scoring, a dash where there is nothing", () => {
  const text = summaryTable(
    "some",
    summarise([scored("100", "NNNNVVSQ.", "NnvNVvN.f"), { ...scored("x", "SSNN", "SNNN"), identity: "mitdb/232" }]),
  );
  const lines = text.split("\n").map((line) => line.split(/ {2,}/).map((cell) => cell.trim()));
  expect(lines[0]).toEqual(["some", "acc. %", "macro-F1", "F1 N", "F1 S", "F1 V", "F1 F"]);
  expect(lines.map(([first]) => first).slice(1, 8)).toEqual([
    "gross",
    "",
    "average of records",
    "from 5:00 (EC57)",
    "without record 232",
    "where called (72.73 %)",
    "nothing rejected",
  ]);
  expect(lines[1].slice(1, 3)).toEqual(["54.55", "0.611"]);
  expect(lines[4].slice(1)).toEqual(["–", "–", "–", "–", "–", "–"]);
  expect(text).toContain("By the standard's rules, from 5:00: V Se –, +P –, FPR – %");
  expect(text).toContain("Calibration: ECE 0.273, Brier 0.545; where called 0.250, 0.500");
});
