import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { beatSamples, kaggleRow } from "../../testing/beat-csv.ts";
import { classifyBeats, type ClassifiedBatch } from "./classify-beats.ts";
import { createFakeRows, fakeClass } from "../../testing/classify/fake-rows.ts";
import { csvOf, jsonOf, rowsOf } from "./formats.ts";
import { Collection, MAX_LISTED } from "./collection.ts";
import { classesOf } from "./tally.ts";

const ROWS = 50;
const bytes = new TextEncoder().encode(
  Array.from({ length: ROWS }, (_, i) => (i % 10 === 7 ? "1,2" : kaggleRow(beatSamples(i), i % 5))).join("\n"),
);
const expected = Array.from({ length: ROWS }, (_, i) => i).filter((i) => i % 10 !== 7);

/** Names that leave nothing to be found out from the rows. */
const header = new TextEncoder().encode(`${Array.from({ length: 187 }, (_, i) => `s${i}`).join()},label\n`);

async function* pieces(size = 1000, onRead: () => void = () => {}, head = new Uint8Array(0)) {
  yield head;
  for (let at = 0; at < bytes.length; at += size) {
    onRead();
    yield bytes.subarray(at, at + size);
  }
}

async function all(batches: AsyncIterable<ClassifiedBatch>): Promise<ClassifiedBatch[]> {
  const list: ClassifiedBatch[] = [];
  for await (const batch of batches) list.push(batch);
  return list;
}

test("rows come in the order of the file, whichever call answers first", async () => {
  let call = 0;
  const rows = createFakeRows(() => sleep([15, 1, 8, 0][call++ % 4]));
  const batches = await all(classifyBeats(pieces(), rows, { batchRows: 4, inFlight: 4 }));
  expect(batches.flatMap((batch) => [...batch.rows])).toEqual(expected.map((i) => i + 1));
  expect(batches.flatMap((batch) => [...batch.labels])).toEqual(expected.map((i) => i % 5));
  expect(batches.flatMap((batch) => batch.rejected.map(({ row }) => row))).toEqual([8, 18, 28, 38, 48]);
  const classes = expected.map((i) => fakeClass(beatSamples(i).findLastIndex((value) => value !== 0)));
  expect(batches.flatMap((batch) => [...classesOf(batch)])).toEqual(classes);
  expect(new Set(classes).size).toBeGreaterThan(2);
});

test("no more is read than is taken, and so many calls under way", async () => {
  let read = 0;
  let most = 0;
  const rows = createFakeRows(async () => {
    most = Math.max(most, rows.underWay);
    await sleep(1);
  });
  const batches = classifyBeats(
    pieces(5000, () => read++, header),
    rows,
    { batchRows: 2, inFlight: 3 },
  );
  await batches.next();
  await sleep(20);
  // Three batches of two rows of 4.7 KB, from pieces of 5 KB.
  expect(read).toBeLessThanOrEqual(8);
  await all(batches);
  expect(most).toBe(3);
});

test("a reader that goes ends the reading", async () => {
  let ended = false;
  const source = async function* () {
    try {
      yield* pieces();
    } finally {
      ended = true;
    }
  };
  const batches = classifyBeats(source(), createFakeRows(), { batchRows: 2 });
  await batches.next();
  await batches.return();
  expect(ended).toBe(true);
});

test("what ends a file comes behind the rows before it", async () => {
  const source = async function* () {
    yield* pieces();
    yield Uint8Array.of(10, 0);
  };
  const got: ClassifiedBatch[] = [];
  const reading = async (): Promise<void> => {
    for await (const batch of classifyBeats(source(), createFakeRows(), { batchRows: 20 })) got.push(batch);
  };
  await expect(reading()).rejects.toMatchObject({ code: "BAD_CSV" });
  expect(got.flatMap((batch) => [...batch.rows])).toEqual(expected.map((i) => i + 1));
});

test("a classifier that fails ends it", async () => {
  let call = 0;
  const rows = createFakeRows(async () => {
    if (++call === 3) throw new Error("out of memory");
  });
  await expect(all(classifyBeats(pieces(), rows, { batchRows: 4 }))).rejects.toThrow("out of memory");
});

test("totals and scores are those of the rows, one by one", async () => {
  const collection = new Collection();
  for (const batch of await all(classifyBeats(pieces(), createFakeRows(), { batchRows: 7 }))) collection.add(batch);
  const { counts, metrics, batches } = collection.end({ name: "m", hash: "h", engine: "fake" });
  const rows = batches.flatMap(rowsOf);
  const count = (of: (row: (typeof rows)[number]) => boolean): number => rows.filter(of).length;
  expect(counts.rows).toBe(expected.length);
  expect(counts.rejected).toBe(5);
  let correct = 0;
  const f1: number[] = [];
  metrics?.order.forEach((name, k) => {
    expect(counts.classes[name]).toBe(count(({ beatClass }) => beatClass === name));
    const hits = count(({ beatClass, label }) => beatClass === name && label === name);
    const support = count(({ label }) => label === name);
    correct += hits;
    if (support + counts.classes[name] > 0) f1.push((2 * hits) / (support + counts.classes[name]));
    expect(metrics.classes[name].support).toBe(support);
    expect(metrics.classes[name].se).toBe(support === 0 ? null : hits / support);
    expect(metrics.classes[name].ppv).toBe(counts.classes[name] === 0 ? null : hits / counts.classes[name]);
    metrics.order.forEach((other, j) =>
      expect(metrics.confusion[k][j]).toBe(count((row) => row.label === name && row.beatClass === other)),
    );
  });
  expect(f1.length).toBeGreaterThan(1);
  expect(metrics?.accuracy).toBe(correct / expected.length);
  expect(metrics?.macroF1).toBeCloseTo(f1.reduce((a, b) => a + b) / f1.length, 12);
});

test("JSON is one document, CSV has a line for each row, refused ones too", async () => {
  const collection = new Collection();
  for (const batch of await all(classifyBeats(pieces(), createFakeRows(), { batchRows: 7 }))) collection.add(batch);
  const done = collection.end({ name: "m", hash: "h", engine: "fake" });
  const document = JSON.parse([...jsonOf(done)].join("")) as { rows: unknown[]; rejected: unknown[]; metrics: unknown };
  expect(document.rows).toEqual(done.batches.flatMap(rowsOf));
  expect(document.rejected).toHaveLength(5);
  expect(document.metrics).toEqual(done.metrics);
  const lines = [...csvOf(done)].join("").trim().split("\r\n");
  expect(lines[0]).toBe("row,beatClass,N,S,V,F,Q,label,rejected");
  expect(lines.slice(1).map((line) => Number(line.split(",")[0]))).toEqual(
    Array.from({ length: ROWS }, (_, i) => i + 1),
  );
  expect(lines[8]).toBe('8,,,,,,,,"2 cells, where this file\'s rows have 188"');
  expect(lines[9]).toMatch(/^9,[NSVFQ],0\.\d+,0\.\d+,0\.\d+,0\.\d+,0\.\d+,F,$/);
});

test("refusals past the most listed are counted", async () => {
  const source = async function* () {
    yield kaggleRow(beatSamples(1), 2);
    yield "\nx".repeat(MAX_LISTED + 5);
  };
  const collection = new Collection();
  for await (const batch of classifyBeats(source(), createFakeRows())) collection.add(batch);
  const done = collection.end({ name: "m", hash: "h", engine: "fake" });
  expect(done.counts.rejected).toBe(MAX_LISTED + 5);
  expect(JSON.parse([...jsonOf(done)].join(""))).toMatchObject({ rejected: { length: MAX_LISTED } });
});
