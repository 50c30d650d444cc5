import { expect, test } from "vitest";
import type { RhythmOpening } from "../../contracts/rhythm-scoring.ts";
import { figuresOf } from "../../scoring/figures.ts";
import { readCard } from "./live-folder.ts";
import { renderLiveCard } from "./live-render.ts";
import type { Opening } from "./live-schema.ts";

const card = await readCard("model/artifacts/live");

/** `right` of ten N, and no beat of another class. */
const opening = (right: number, change: Partial<Opening> = {}, annotatedPeaks = false): Opening => {
  const confusion = [[right, 0, 0, 0, 0, 10 - right], ...Array.from({ length: 5 }, () => [0, 0, 0, 0, 0, 0])];
  const figures = { records: ["100"], annotatedPeaks, ...figuresOf(confusion) };
  return { date: "2026-01-01T00:00:00Z", command: "npm run evaluate", hash: card.hash, figures, ...change };
};
const sectionOf = (openings: Opening[]): string =>
  renderLiveCard({ ...card, openings })
    .split("## On patients it has not seen\n\n")[1]
    .split("\n\n##")[0];

test("of each hold-out the last look of these weights at the R peaks they found", () => {
  const openings = [
    opening(2),
    opening(8),
    opening(9, { hash: "0".repeat(64) }),
    opening(10, {}, true),
    opening(5, { split: "SVDB report" }),
  ];
  const [, , ds2, svdb, ...others] = sectionOf(openings).split("\n");
  expect(ds2).toMatch(/^\| DS2 \| 1 \| 80\.00 \/ 100\.00 \| 80\.0 \| 80\.0 \/ 100\.0 \/ 88\.9 \| no such beat \|/);
  expect(svdb).toMatch(/^\| SVDB report \| 1 \| 50\.00 \//);
  expect(others).toEqual([]);
});

test("a look at rhythms stands among the openings, in words", () => {
  const episodes = {
    reference: 4,
    found: 3,
    se: 0.75,
    seInterval: null,
    raised: 3,
    right: 3,
    ppv: 1,
    ppvInterval: null,
  };
  const duration = {
    referenceSeconds: 40,
    foundSeconds: 30,
    se: 0.75,
    raisedSeconds: 30,
    rightSeconds: 30,
    ppv: 1,
  };
  const bySecond = {
    truePositives: 30,
    falseNegatives: 10,
    falsePositives: 0,
    trueNegatives: 60,
    se: 0.75,
    sp: 1,
    ppv: 1,
  };
  const row = {
    name: "ventricular-fibrillation",
    seconds: 100,
    episodes,
    duration,
    bySecond,
    delaySeconds: { median: 4, max: 9 },
    falsePerHour: 0.25,
    falsePerHourInterval: null,
  };
  const figures: RhythmOpening = { records: ["cu03"], rhythms: [row] };
  const rendered = renderLiveCard({ ...card, openings: [opening(9, { split: "CUDB report", figures })] });
  expect(rendered).toContain("| ventricular fibrillation 3 of 4 found, 0.25 false an hour |");
});

test("without such a look the command that measures it", () => {
  expect(sectionOf([opening(9, { hash: "0".repeat(64) })])).toMatch(/^Not measured: .*--split svdb-report/);
});
