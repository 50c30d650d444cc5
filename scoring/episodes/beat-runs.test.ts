import { expect, test } from "vitest";
import type { BeatClass } from "../../contracts/beat.ts";
import type { ScoredBeat } from "../reference.ts";
import { countRuns, runFigures } from "./beat-runs.ts";

const RATE = 100;
const beats = (classes: string): ScoredBeat[] =>
  [...classes].map((beatClass, i) => ({ sample: i * 60, beatClass: beatClass as BeatClass }));
const figures = (reference: string, found: string, skipSeconds = 0) =>
  runFigures([
    countRuns({ beats: beats(reference), flutter: [] }, beats(found), { samplingRateHz: RATE, skipSeconds }),
  ]);

test("a run is found by one of its kind's least length within it", () => {
  const { couplets, shortRuns, longRuns } = figures("NVVNVVVVNVVVVVVVN", "NVVNNVVVNNVVVVVNN");
  expect(couplets).toMatchObject({ reference: 1, found: 1, raised: 1, right: 1 });
  expect(shortRuns).toMatchObject({ reference: 1, found: 1, raised: 2, right: 2 });
  expect(longRuns).toMatchObject({ reference: 1, found: 0, raised: 0, right: 0 });
});

test("fusion beats go on with a run, others break it; a longer one is right for no shorter one", () => {
  expect(figures("NVFVN", "NVQVN").shortRuns).toMatchObject({ reference: 1, found: 0, raised: 0 });
  expect(figures("NVVNNN", "NVVVNN")).toMatchObject({
    couplets: { found: 1, raised: 0 },
    shortRuns: { raised: 1, right: 0 },
  });
});

test("a run at the record's end counts, one in the learning period does not", () => {
  expect(figures("NNVV", "NNVV").couplets).toMatchObject({ reference: 1, found: 1 });
  expect(figures("VVNNNVV", "VVNNNVV", 2).couplets).toMatchObject({ reference: 1, raised: 1 });
});
