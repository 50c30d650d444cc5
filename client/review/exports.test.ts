import { expect, test } from "vitest";
import { encodeFrame, MISSING_ADU } from "../../contracts/frame.ts";
import { lengthPrefix } from "../../contracts/frame-stream.ts";
import { readAnnotations } from "../../data/wfdb/read-annotations.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { folderOf } from "../../testing/data/wfdb-files.ts";
import { beatAt, conditionAt, frameAt } from "../../testing/gateway/messages.ts";
import type { Strip } from "../source/ecg-source.ts";
import { joinFrames } from "../source/join-frames.ts";
import { toEdf } from "./export-edf.ts";
import { toWfdb } from "./export-wfdb.ts";

const START = 1e12;

const frameBytes = (sequence: number, epoch = "e1"): Uint8Array[] => {
  const one = frameAt("b1", sequence, { epoch });
  const samples = Int16Array.from({ length: 50 }, (_, i) => sequence * 50 + i - 300);
  const bytes = encodeFrame({ ...one, leads: one.leads.map((lead) => ({ ...lead, samples })) });
  return [lengthPrefix(bytes.length), bytes];
};

/** 4 s from sample 100 on, of which samples 200 to 249 are missing; another epoch's frames lie between. */
const strip = (): Strip => {
  const sequences = Array.from({ length: 20 }, (_, i) => i + 2).filter((i) => i !== 4);
  const bytes = Buffer.concat([...frameBytes(3, "other"), ...sequences.flatMap((sequence) => frameBytes(sequence))]);
  const joined = joinFrames(bytes, "e1");
  if (!joined) throw new Error("no frames");
  const beats = [beatAt("b1", 150), beatAt("b1", 400, { beatClass: "V" }), beatAt("b1", 9000)];
  return {
    bed: "b1",
    epoch: "e1",
    from: START,
    to: START + 5000,
    ...joined,
    beats,
    relabelled: [{ beat: beats[0].id, beatClass: "S", by: "Anna", atMs: START }],
    conditions: [{ condition: conditionAt("b1", "tachycardia", "begin", 300), endTimeMs: null }],
    rhythms: [],
  };
};

test("frames are laid behind one another, each at its samples; what never came is missing", () => {
  const { firstSample, beginMs, samplingRateHz, leads } = strip();
  expect({ firstSample, beginMs, samplingRateHz }).toEqual({
    firstSample: 100,
    beginMs: START + 400,
    samplingRateHz: 250,
  });
  expect(leads.map(({ name, adu }) => [name, adu.length])).toEqual([
    ["MLII", 1000],
    ["V1", 1000],
  ]);
  const { adu } = leads[1];
  expect([adu[0], adu[99], adu[100], adu[149], adu[150], adu[999]]).toEqual([
    -200,
    -101,
    MISSING_ADU,
    MISSING_ADU,
    -50,
    799,
  ]);
  expect(joinFrames(new Uint8Array(), "e1")).toBeNull();
});

test("as WFDB it reads back: samples, gain, beats with the class that somebody gave them, conditions as notes", async () => {
  const files = toWfdb(strip(), "b1_vt");
  const folder = await folderOf(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])));
  const record = await readRecord(folder, "b1_vt");
  expect(record).toMatchObject({ samplingRateHz: 250, length: 1000 });
  expect(record.leads.map(({ name, gainAduPerMv, baselineAdu }) => [name, gainAduPerMv, baselineAdu])).toEqual([
    ["MLII", 200, 0],
    ["V1", 200, 0],
  ]);
  expect(Array.from(record.leads[0].samples)).toEqual(Array.from(strip().leads[0].adu));
  const told = await readAnnotations(folder, "b1_vt");
  expect(told.map(({ sample, symbol }) => [sample, symbol])).toEqual([
    [50, "S"],
    [200, '"'],
    [300, "V"],
  ]);
});

test("a long way between two annotations is a skip", async () => {
  const base = strip();
  const adu = new Int16Array(100_000);
  const files = toWfdb(
    {
      ...base,
      firstSample: 0,
      leads: base.leads.map((lead) => ({ ...lead, adu })),
      beats: [beatAt("b1", 1023), beatAt("b1", 90_000, { beatClass: "F" })],
      conditions: [],
    },
    "long",
  );
  const folder = await folderOf(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])));
  expect((await readAnnotations(folder, "long")).map(({ sample, symbol }) => [sample, symbol])).toEqual([
    [1023, "N"],
    [90_000, "F"],
  ]);
});

test("as EDF+ it has the samples, a scale that gives back mV, and times that lie where the beats are", () => {
  const { name, bytes } = toEdf(strip(), "b1_vt");
  expect(name).toBe("b1_vt.edf");
  const text = Buffer.from(bytes).toString("latin1");
  const field = (at: number, width: number): string => text.slice(at, at + width).trim();
  expect([field(0, 8), field(192, 44), field(184, 8), field(236, 8), field(244, 8), field(252, 4)]).toEqual([
    "0",
    "EDF+C",
    "1024",
    "4",
    "1",
    "3",
  ]);
  expect([field(168, 8), field(176, 8)]).toEqual(["09.09.01", "01.46.40"]);
  expect([field(256, 16), field(272, 16), field(288, 16)]).toEqual(["ECG MLII", "ECG V1", "EDF Annotations"]);
  const column = (place: number, width: number): string => field(256 + 3 * place, width);
  const [physicalLow, physicalHigh] = [Number(column(16 + 80 + 8, 8)), Number(column(16 + 80 + 8 + 8, 8))];
  const mvPerAdu = (physicalHigh - physicalLow) / 65_535;
  expect(mvPerAdu).toBeCloseTo(1 / 200, 8);
  expect(physicalLow + 32_768 * mvPerAdu).toBeCloseTo(0, 4);
  const view = new DataView(bytes.buffer, 1024);
  expect([view.getInt16(0, true), view.getInt16(200, true), view.getInt16(500, true)]).toEqual([
    -200,
    MISSING_ADU,
    -200,
  ]);
  // Its own time, since the whole second in the header, and the beat that was given another class.
  const [own, beat, condition] = text.slice(1024 + 1000, 1024 + 1480).split("\0");
  expect([own, beat, condition].map((list) => list.split("\u0014"))).toEqual([
    ["+0.4", "", ""],
    ["+0.600", "S", ""],
    ["+1.200", "tachycardia", ""],
  ]);
});
