import Database from "libsql";
import { existsSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { admissionCodec } from "../../contracts/codec.ts";
import { decodeFrame, encodeFrame } from "../../contracts/frame.ts";
import { splitFrames } from "../../contracts/frame-stream.ts";
import { TOPICS } from "../../contracts/topics.ts";
import { frameAt } from "../../testing/gateway/messages.ts";
import { alarm, beat, condition, frame, historyPlace, message, START } from "../../testing/server/history.ts";
import { type HistoryFile, openFile, openReading, type Sql } from "./file.ts";
import { RangeReader } from "./reader.ts";
import { retain, usedBytes } from "./retention.ts";
import { admissionsOf } from "./seeds.ts";
import { TrendReader } from "./trend-reader.ts";
import { HistoryWriter } from "./writer.ts";

const place = historyPlace();
const open = (): HistoryFile => place.open();

const frames = (sql: Sql, from: number, to: number) =>
  [...splitFrames(new RangeReader(sql).signal("b1", from, to))].map((bytes) => decodeFrame(bytes).sequence);

test("frames come back as they were, by time and once, however often and late they came", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const sequences = Array.from({ length: 30 }, (_, i) => i).filter((i) => i !== 5);
  writer.write(
    sequences.map((i) => frame("b1", i)),
    0,
  );
  writer.flush();
  writer.write(
    [3, 4, 5, 6].map((i) => frame("b1", i)),
    0,
  );
  writer.flush();
  const again = new HistoryWriter(sql, null);
  again.write(
    Array.from({ length: 30 }, (_, i) => frame("b1", i)),
    0,
  );
  again.flush();
  expect(frames(sql, 0, 2e12)).toEqual(Array.from({ length: 30 }, (_, i) => i));
  expect(frames(sql, START + 1000, START + 1500)).toEqual([5, 6, 7]);
  const { firstSample, leads } = decodeFrame([...splitFrames(new RangeReader(sql).signal("b1", START, START + 1))][0]);
  expect([firstSample, leads[0].name, leads[0].samples.length]).toEqual([0, "MLII", 50]);
});

test("a block waits for its frames, though not for long, and a reading connection sees it when it is written", () => {
  const { sql } = open();
  const reading = openReading(place.file);
  const writer = new HistoryWriter(sql, null);
  writer.write([frame("b1", 0)], 1000);
  expect(frames(reading, 0, 2e12)).toEqual([]);
  writer.write([], 6000);
  expect(frames(reading, 0, 2e12)).toEqual([0]);
  reading.close();
});

test("events are kept once, with the sums of trends, in steps that lie side by side", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const beats = [0, 200, 400].map((sample) => beat("b1", sample));
  const others = [
    beat("b1", 600, { beatClass: "V", rrMs: 400 }),
    beat("b1", 800, { beatClass: "Q", rrMs: 100 }),
    beat("b1", 2600),
    condition("b1", "atrial-fibrillation", "begin", 1250),
    condition("b1", "atrial-fibrillation", "end", 3750, { beginSample: 1250 }),
    alarm("b1", "asystole", 500),
  ];
  for (let i = 0; i < 2; i++)
    writer.write([...beats, ...others, ...Array.from({ length: 60 }, (_, n) => frame("b1", n))], 0);
  writer.flush();
  const { points } = new TrendReader(sql).trend("b1", START, START + 20_000, 10_000);
  expect(points).toHaveLength(2);
  expect(points[0]).toMatchObject({
    timeMs: START,
    signalMs: 10_000,
    beats: { N: 3, S: 0, V: 1, F: 0, Q: 1 },
    heartRateBpm: 60_000 / 700,
    minBpm: 75,
    maxBpm: 150,
    conditionMs: { "atrial-fibrillation": 5000 },
  });
  expect(points[1]).toMatchObject({
    signalMs: 2000,
    beats: { N: 1, V: 0 },
    conditionMs: { "atrial-fibrillation": 5000 },
  });
  expect(points[0].alarms.high + points[1].alarms.high).toBe(1);
  const whole = new TrendReader(sql).trend("b1", START, START + 60_000, 60_000).points;
  expect(whole).toMatchObject([{ signalMs: 12_000, beats: { N: 4, V: 1, Q: 1 } }]);
});

test("what was open in a range: with its end, without one while it goes on, as long as its recording where nobody told its end", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const told = [
    condition("b1", "bradycardia", "begin", 0),
    condition("b1", "bradycardia", "end", 250, { beginSample: 0 }),
    condition("b1", "tachycardia", "begin", 300),
  ];
  const seen = (from: number) =>
    new RangeReader(sql)
      .conditions("b1", START + from, START + 1e6)
      .conditions.map(({ condition: { kind }, endTimeMs }) => [kind, endTimeMs === null ? null : endTimeMs - START]);
  writer.write([...told, ...Array.from({ length: 20 }, (_, i) => frame("b1", i))], 0);
  writer.flush();
  expect(seen(500)).toEqual([
    ["bradycardia", 1000],
    ["tachycardia", null],
  ]);
  expect(seen(1000)).toEqual([["tachycardia", null]]);
  writer.write([frame("b1", 400, { epoch: "e2" })], 0);
  writer.flush();
  expect(seen(1500)).toEqual([["tachycardia", 4000]]);
  expect(seen(4000)).toEqual([]);
});

describe("the file", () => {
  test("goes on where it ended, and reading goes on behind what is in it", () => {
    const first = openFile(place.file);
    const writer = new HistoryWriter(first.sql, "kafka");
    writer.write([{ ...beat("b1", 0), meta: { partition: 2, offset: 41 } }], 0);
    // Of frames those that are in no block yet are read again.
    writer.write([{ ...frame("b1", 0), meta: { partition: 1, offset: 7 } }, beat("b1", 1)], 0);
    expect(writer.positions(TOPICS.frames, 3)).toEqual([undefined, 7, undefined]);
    writer.flush();
    first.close();
    const { sql, note } = open();
    expect(note).toBeNull();
    const again = new HistoryWriter(sql, "kafka");
    expect(again.positions(TOPICS.beats, 3)[2]).toBe(42);
    expect(again.positions(TOPICS.frames, 3)).toEqual([undefined, 8, undefined]);
    expect(new HistoryWriter(sql, null).positions(TOPICS.beats, 3)).toEqual([undefined, undefined, undefined]);
    expect(new RangeReader(sql).beats("b1", START, START + 100).beats).toHaveLength(2);
  });

  test.each([
    ["a damaged one", () => writeFileSync(place.file, "no database ".repeat(1000)), /is damaged/],
    [
      "one of another version",
      () => {
        const other = new Database(place.file);
        other.exec("CREATE TABLE t (a)");
        other.pragma("user_version = 99");
        other.close();
      },
      /is of version 99, not \d/,
    ],
  ])("%s is set aside, and said so in a line", (_, spoil, line) => {
    spoil();
    const { sql, note } = open();
    expect(note).toMatch(line);
    expect(note).toContain(`${place.file}.aside`);
    expect(existsSync(`${place.file}.aside`)).toBe(true);
    expect(frames(sql, 0, 2e12)).toEqual([]);
  });

  test("another process's is not touched, one that cannot be written says what to do", () => {
    open();
    expect(() => openFile(place.file)).toThrow(/is another process's: set HISTORY/);
    expect(() => openFile("/dev/null/history.sqlite")).toThrow(/cannot be written .*: set HISTORY/);
  });

  test("what a full disk did not take is written when there is room", () => {
    const { sql } = open();
    const writer = new HistoryWriter(sql, null);
    sql.pragma(`max_page_count = ${String((sql.pragma("page_count") as { page_count: number }[])[0].page_count)}`);
    const many = Array.from({ length: 3000 }, (_, i) =>
      beat("b1", i, { probabilities: { N: Math.random(), S: 0, V: 0, F: 0 } }),
    );
    expect(() => writer.write(many, 0)).toThrow(/full/);
    expect(new RangeReader(sql).beats("b1", 0, 2e12).beats).toEqual([]);
    sql.pragma("max_page_count = 1000000");
    writer.write([], 0);
    expect(new RangeReader(sql).beats("b1", 0, 2e12).beats).toHaveLength(3000);
  });

  test("loses what is too old, and the oldest signal first where it is too large", () => {
    const { sql } = open();
    const writer = new HistoryWriter(sql, null);
    const noisy = (sequence: number) => {
      const one = frameAt("b1", sequence, { samples: 5000 });
      const samples = Int16Array.from({ length: 5000 }, () => Math.random() * 60_000 - 30_000);
      return message("frames", encodeFrame({ ...one, leads: one.leads.map((lead) => ({ ...lead, samples })) }));
    };
    writer.write([...Array.from({ length: 600 }, (_, i) => noisy(i)), beat("b1", 0), beat("b1", 500_000)], 0);
    const all = usedBytes(sql);
    expect(retain(sql, { maxBytes: all, maxAgeMs: 1e9 }, START)).toBe(0);
    expect(frames(sql, 0, 2e12)).toHaveLength(600);
    const dropped = retain(sql, { maxBytes: all / 2, maxAgeMs: 1e9 }, START);
    expect(dropped).toBe(600 - frames(sql, 0, 2e12).length);
    expect(usedBytes(sql)).toBeLessThan(all / 2);
    expect(frames(sql, 0, 2e12).at(-1)).toBe(599);
    expect(new RangeReader(sql).beats("b1", 0, 2e12).beats).toHaveLength(2);
    retain(sql, { maxBytes: all, maxAgeMs: 1000 }, START + 1000 * 1000);
    expect(new RangeReader(sql).beats("b1", 0, 2e12).beats.map(({ sample }) => sample)).toEqual([500_000]);
  });
});

test("of a bed, who lies in it as last told is kept, and nothing of who has left", () => {
  const { sql } = open();
  const writer = new HistoryWriter(sql, null);
  const admit = (bed: string, version: number, name: string | null) =>
    message(
      "admissions",
      admissionCodec.encode({
        bed,
        version,
        change: name === null ? "discharged" : "admitted",
        patient: name === null ? null : { name, sinceMs: START },
        command: "admission-1",
        by: "Anna",
        atMs: START,
      }),
    );
  writer.write([admit("b1", 1, "Ada"), admit("b2", 1, "Grace"), admit("b1", 2, null), admit("b1", 1, "late")], START);
  expect(admissionsOf(sql).map(({ bed, version, patient }) => [bed, version, patient?.name ?? null])).toEqual([
    ["b1", 2, null],
    ["b2", 1, "Grace"],
  ]);
  expect(JSON.stringify(sql.prepare("SELECT * FROM admissions").all())).not.toContain("Ada");
});
