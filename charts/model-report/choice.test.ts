import { expect, test } from "vitest";
import type { ModelReport, Report } from "../../contracts/report.ts";
import { holdOut, model } from "../../testing/model-report.ts";
import { choiceHtml } from "./choice.ts";

const rows: ModelReport = { ...model, name: "rows" };
const report = (live: ModelReport | null, own: ModelReport | null): Report => ({
  version: 1,
  date: "2026-01-01",
  command: "npm run report",
  live,
  rows: own,
});

test("both are told by what they are for, with what they reach on strangers, each set of records once", () => {
  const other = { ...holdOut, name: "SVDB report, R peaks as found", records: ["807"] };
  const again = { ...holdOut, name: "DS2, at the annotators' R peaks", figures: { ...holdOut.figures, accuracy: 1 } };
  const html = choiceHtml(report({ ...model, evaluations: [holdOut, other, again] }, rows));
  expect(html).toContain(
    "On patients it has never seen: DS2: 95.0 % right, F1 of S 0.75, of V 0.93; SVDB report: 95.0 % right, F1 of S 0.75, of V 0.93.</p>",
  );
  expect(html).toContain(
    "of little use: 95.0 % right, F1 of S 0.75, of V 0.93. Measured by <code>npm run evaluate</code>.</p>",
  );
});

test("known patients' figures of rows stand beside those of strangers, and are called what they are", () => {
  const known = { ...holdOut, isHoldOut: false, figures: { ...holdOut.figures, accuracy: 0.989 } };
  const html = choiceHtml(report(null, { ...rows, evaluations: [holdOut, known] }));
  expect(html).toMatch(
    /in training and test, as these files are split: 98\.9 % right.*never seen it is of little use: 95\.0 %/,
  );
});

test("what a model is for is said where nothing was measured", () => {
  const html = choiceHtml(report(null, null));
  expect(html).toContain("A beat is judged with those before it.</p>");
  expect(html).toContain("nor the rhythm.</p>");
});
