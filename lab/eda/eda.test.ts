import { expect, test } from "vitest";
import { createRandom } from "../../kit/random.ts";
import { WINDOW_LENGTH, WINDOW_R_INDEX } from "../../signal/events.ts";
import { SYNTHETIC_FEATURES, syntheticBeats } from "../../testing/model/synthetic-beats.ts";
import { gatherBeats, scatterOf, summarise } from "./beats.ts";
import { countClasses, splitOf, sumBySplit } from "./counts.ts";
import { edaPage } from "./page.ts";
import { quantilesOf } from "./quantiles.ts";
import { estimateSnr } from "./signals.ts";

test("quantiles lie between sorted values; missing ones do not count", () => {
  expect(quantilesOf([4, Number.NaN, 1, 3, 2, 5], [0, 0.25, 0.5, 0.9, 1])).toEqual([1, 2, 3, 4.6, 5]);
  expect(quantilesOf([], [0.5])).toEqual([null]);
});

test("annotations count by EC57 class and add up by split", () => {
  const beats = countClasses(["N", "L", "A", "V", "!", "+", "/"]);
  expect(beats).toEqual({ N: 2, S: 1, V: 1, F: 0, Q: 1 });
  expect(["101", "100", "102"].map(splitOf)).toEqual(["DS1", "DS2", "paced"]);
  const sums = sumBySplit(["101", "106", "100"].map((record) => ({ record, split: splitOf(record), beats })));
  expect([sums.DS1.N, sums.DS2.N, sums.paced.N]).toEqual([4, 2, 0]);
});

test.each([6, 20])("the ratio of %d dB that was mixed in is found again", (snrDb) => {
  const random = createRandom(1, "snr");
  const deviation = Math.sqrt(1 / 8 / 10 ** (snrDb / 10));
  const count = 60;
  const windows = new Float32Array(count * WINDOW_LENGTH).map((_, at) => {
    const distance = ((at % WINDOW_LENGTH) - WINDOW_R_INDEX) / 1.5;
    return Math.exp(-0.5 * distance ** 2) + deviation * random.normal();
  });
  const found = estimateSnr({ windows, targets: new Int8Array(count) }) ?? Number.NaN;
  // Noise adds to the peak-to-peak value it is measured by.
  expect(found).toBeGreaterThan(snrDb - 1);
  expect(found).toBeLessThan(snrDb + (snrDb < 10 ? 6 : 2));
  expect(estimateSnr({ windows, targets: new Int8Array(count).fill(2) })).toBeNull();
});

test("beats gathered by class: shapes, distributions, axes, and a page of them that stands alone", () => {
  const names = Array.from({ length: SYNTHETIC_FEATURES }, (_, i) => `feature${i}`);
  const record = syntheticBeats("x", 300, 1);
  const beats = gatherBeats([record], names);
  expect(beats.reduce((sum, { windows }) => sum + windows.length, 0)).toBe(300);
  const classes = beats.map((own) => summarise(own));
  const [normal, early, wide] = classes;
  expect(normal.shape.mean[WINDOW_R_INDEX]).toBeCloseTo(1, 1);
  expect(normal.shape.low[WINDOW_R_INDEX]).toBeLessThan(normal.shape.high[WINDOW_R_INDEX]);
  expect(early.features.feature0[2]).toBeCloseTo(-1, 0);
  expect(normal.rrMs[2]).toBeCloseTo(1000, 6);
  // A wide QRS leaves fewer samples at rest: less peaked.
  expect(wide.moments.kurtosis[2] ?? 0).toBeLessThan(normal.moments.kurtosis[2] ?? 0);
  const pca = scatterOf(beats);
  expect(pca.shares[0]).toBeGreaterThan(pca.shares[1]);

  const counts = [{ record: "101", split: "DS1" as const, beats: countClasses(["N", "V"]) }];
  const rest = { seed: 1, records: ["101"], leftOut: [], signals: [], minorities: [], tooFew: ["Q" as const] };
  const html = edaPage({ ...rest, counts, splits: sumBySplit(counts), classes, pca }, beats);
  expect(html).toMatch(/^<!doctype html>/i);
  expect(html).not.toMatch(/(?:src|href)="https?:/);
  expect(html).not.toMatch(/NaN|undefined/);
  expect(html.match(/<svg/g)?.length).toBeGreaterThan(5);
  expect(html).toContain("Q: too few beats for a generator");
});
