import { expect, test } from "vitest";
import { BedsideError } from "../../contracts/errors.ts";
import { parseDrift } from "../../contracts/drift.ts";
import { calibrationSums } from "../../scoring/calibration.ts";
import { type Drift, driftsOf, gridDrifts, nameOf } from "./grid.ts";
import { openingOf } from "./opening.ts";
import { replayPage } from "./page.ts";
import { replay, type ReplayOptions } from "./replay.ts";
import type { RecordPass } from "./replay-record.ts";
import { replayTable } from "./table.ts";

/** Of 100 N and 10 V beats so many called right; so many N rejected. */
function pass(record: string, right: { n: number; v: number; rejected?: number }): RecordPass {
  const { n, v, rejected = 0 } = right;
  const confusion = Array.from({ length: 6 }, () => [0, 0, 0, 0, 0, 0]);
  confusion[0] = [n, 0, 100 - n - rejected, 0, rejected, 0];
  confusion[2] = [10 - v, 0, v, 0, 0, 0];
  const ungated = confusion.map((row) => [row[0] + row[4], ...row.slice(1, 4), 0, row[5]]);
  const sums = calibrationSums([{ truth: "N", probabilities: { N: 0.75, S: 0, V: 0.25, F: 0 } }]);
  return { record, mitdb: record, confusion, ungated, calibration: sums, coveredCalibration: sums };
}

const drifted = (drift: Drift | null): { n: number; v: number; rejected?: number } =>
  drift === null ? { n: 98, v: 9 } : nameOf(drift).startsWith("em") ? { n: 70, v: 6, rejected: 20 } : { n: 98, v: 8 };

const run = (change: Partial<ReplayOptions>) =>
  replay({
    command: "npm run replay -- --records <1>",
    database: "made",
    records: ["1", "2", "3"],
    drifts: driftsOf([parseDrift("em:0dB@60..120s"), parseDrift("gain:2@60..120s")]),
    seed: 1,
    model: { name: "m", hash: "h" },
    trainedOn: ["2", "4"],
    run: async (record, drift) => ({ during: pass(record, drifted(drift)), after: pass(record, { n: 97, v: 9 }) }),
    ...change,
  });

const result = await run({});
const grid = await run({
  drifts: gridDrifts(300),
  run: async (record, drift) => ({ during: pass(record, drifted(drift)), after: null }),
});

test("each drift by hand, against the clean run", () => {
  const { clean, cells, stretch } = result;
  expect(stretch).toEqual({ fromSeconds: 60, toSeconds: 120 });
  expect(clean.beats.accuracy).toBe(107 / 110);
  expect(clean.change).toBeNull();
  expect(result.trainedOn).toEqual(["2"]);
  expect(cells.map(({ drift }) => drift)).toEqual(["em:0dB@60..120s", "gain:2@60..120s"]);
  const [em, gain] = cells;
  expect(em.coverage).toBe(90 / 110);
  expect(em.beats.accuracy).toBe(76 / 110);
  expect(em.covered.beats.accuracy).toBe(76 / 90);
  expect(em.ungated.beats.accuracy).toBe(96 / 110);
  expect(em.change?.accuracy.value).toBeCloseTo(-31 / 110, 12);
  expect(em.change?.accuracy.interval?.[0]).toBeCloseTo(-31 / 110, 12);
  expect(em.covered.change?.classes.V.f1.value).toBeCloseTo(12 / (10 + 16) - 18 / (10 + 11), 12);
  expect(em.calibration.ece).toBeCloseTo(0.25, 12);
  expect(em.perRecord[1]).toMatchObject({ record: "2", coverage: 90 / 110, accuracy: 76 / 110, support: { V: 10 } });
  expect(gain.change?.classes.V.se.value).toBeCloseTo(-0.1, 12);
  expect(em.after?.change?.classes.N.se.value).toBe(0);
  expect("detectors" in em).toBe(false);
});

test("the grid's drifts say what is varied", () => {
  const { cells, clean } = grid;
  expect(cells[0]).toMatchObject({ family: "em", severity: 24, unit: "dB", drift: "em:24dB@300s" });
  expect(cells.at(-1)).toMatchObject({ family: "gain", severity: 4, unit: "" });
  expect("after" in clean).toBe(false);
});

test("as a page: curves for a grid, tables for any, and nothing from elsewhere", () => {
  const page = replayPage(grid);
  expect(page.match(/<svg/g)).toHaveLength(6);
  expect(page).toContain("npm run replay -- --records &lt;1&gt;");
  expect(page).toContain("gain\u00a0×0.25");
  expect(page).not.toMatch(/NaN|undefined|https?:\/\/(?!www\.w3\.org)/);
  expect(page).not.toContain("Behind the drift");
  const asked = replayPage(result);
  expect(asked.match(/<svg/g)).toBeNull();
  expect(asked).toContain("Behind the drift");
  expect(asked).toContain("trained on 2:");
  expect(asked).toContain("-12.8\u00a0[-12.8,\u00a0-12.8]");
});

test("several at a time give the same in the same order, and progress counts them all", async () => {
  const done: number[] = [];
  let running = 0;
  let most = 0;
  const parallel = await run({
    jobs: 3,
    onProgress: (count, total) => done.push(count / total),
    run: async (record, drift) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, record === "1" ? 8 : 1));
      running--;
      return { during: pass(record, drifted(drift)), after: pass(record, { n: 97, v: 9 }) };
    },
  });
  expect(most).toBe(3);
  expect(done).toEqual(Array.from({ length: 9 }, (_, i) => (i + 1) / 9));
  expect(parallel).toEqual(result);
});

test("a record that can't be replayed is left out of every pass, by name", async () => {
  const { records, clean, cells, leftOut } = await run({
    jobs: 2,
    run: async (record, drift) => {
      if (record === "2" && drift !== null) throw new BedsideError("BAD_RECORD", "2.dat is cut");
      return { during: pass(record, drifted(drift)), after: pass(record, { n: 97, v: 9 }) };
    },
  });
  expect(records).toEqual(["1", "3"]);
  for (const { perRecord } of [clean, ...cells]) expect(perRecord.map(({ record }) => record)).toEqual(records);
  expect(clean.beats.confusion[0][0]).toBe(2 * 98);
  expect(leftOut).toEqual([{ record: "2", code: "BAD_RECORD", reason: "2.dat is cut" }]);
});

test("where none is left the reason is told; what is no record's fault ends the replay", async () => {
  const failing = (error: Error) =>
    run({
      jobs: 2,
      run: async () => {
        throw error;
      },
    });
  const cut = failing(new BedsideError("BAD_RECORD", "cut"));
  await expect(cut).rejects.toThrow(/none of the 3 records can be replayed. 1: cut. 2: cut. 3: cut/);
  await expect(failing(new BedsideError("BAD_MODEL", "no model"))).rejects.toThrow(/^no model/);
});

test("a look at the hold-out is told in short, one elsewhere is none, whatever a record is called", () => {
  const date = new Date("2026-01-02T03:04:05Z");
  const strangers = result.clean.perRecord.map((record) => ({ ...record, record: "232", mitdb: null }));
  expect(openingOf({ ...result, records: ["232"], clean: { ...result.clean, perRecord: strangers } }, date)).toBeNull();
  expect(openingOf(result, date)).toBeNull();
  const perRecord = ["101", "232", null].map((mitdb, i) => ({ ...result.clean.perRecord[i], mitdb }));
  expect(openingOf({ ...result, clean: { ...result.clean, perRecord } }, date)).toEqual({
    date: "2026-01-02T03:04:05.000Z",
    command: "npm run replay -- --records <1>",
    split: "DS2",
    figures: {
      records: ["101", "232", "3"],
      clean: { called: 1, accuracy: 0.9727, f1: { N: 0.9849, S: null, V: 0.8571, F: null } },
      drift: {
        "em:0dB@60..120s": { called: 0.8182, accuracy: 0.8444, f1: { N: 0.9091, S: null, V: 0.4615, F: null } },
        "gain:2@60..120s": { called: 1, accuracy: 0.9636, f1: { N: 0.98, S: null, V: 0.8, F: null } },
      },
    },
  });
});

test("as text: a line a drift", () => {
  const lines = replayTable(result).split("\n");
  expect(lines[0]).toBe("3 records, scored from 60 s to 120 s");
  const row = (name: string): string[] => lines.find((line) => line.startsWith(name))?.split(/ {2,}/) ?? [];
  expect(row("clean").slice(1, 5)).toEqual(["100.00", "100.00", "100.00", "97.27"]);
  expect(row("em:0dB").slice(1, 6)).toEqual(["100.00", "100.00", "81.82", "69.09", "-28.2 (-28.2 to -28.2)"]);
});
