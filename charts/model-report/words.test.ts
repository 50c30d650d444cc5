import { expect, test } from "vitest";
import type { Report } from "../../contracts/report.ts";
import { faultOf } from "../../testing/charts.ts";
import { holdOut, model } from "../../testing/model-report.ts";
import { confusionFigure, noiseFigure, reliabilityFigure } from "./figures.ts";
import { reportSections } from "./sections.ts";
import { headline, leadingEvaluation, verdictsOf, warnings } from "./words.ts";

test("a class is judged by the lower end of its interval, by its F1 where there is none, not at all without beats", () => {
  const levels = Object.fromEntries(verdictsOf(holdOut).map(({ beatClass, level }) => [beatClass, level]));
  expect(levels).toEqual({ N: "good", S: "fair", V: "fair", F: "poor", Q: "none" });
});

test("a model is judged by strangers, before all other figures", () => {
  expect(leadingEvaluation(model)?.name).toBe("DS2");
  expect(headline(model)).toContain("patients it has never seen (2 records; DS2): 95.0 % of 400 beats right.");
  expect(headline({ ...model, hash: "def" })).toContain("of other weights");
  expect(headline({ ...model, evaluations: [] })).toMatch(/^Nothing has been measured/);
});

test("what must not be trusted is said: weak classes, one patient, no strangers, confidence, coverage", () => {
  expect(warnings(model).join()).toMatch(
    /F \(fusion\): of 100 such beats it finds 30.*0\.75 with record 232.*0\.38 without/,
  );
  const folds = { ...holdOut, isHoldOut: false, coverage: 0.8, calibration: { beats: 1, ece: 0.1, bins: [] } };
  expect(warnings({ ...model, evaluations: [folds] }).join()).toMatch(
    /never saw.*off by 10\.0 %.*20\.0 % of the beats/,
  );
});

test("what was not measured has no figure, and its section says so", () => {
  expect(confusionFigure(holdOut, 500)).toBeNull();
  expect(reliabilityFigure(holdOut, 500)).toBeNull();
  const clean = { coverage: 1, accuracy: 1, f1: {} };
  expect(noiseFigure({ command: null, hash: "", records: [], clean, families: [] }, "V", 500)).toBeNull();
  const report: Report = { version: 1, date: "2026-01-01", command: "npm run report", live: model, rows: null };
  const html = reportSections(report).map((section) => `<div>${section.html}</div>`);
  for (const each of html) expect(faultOf(each)).toBeNull();
  expect(html.join("")).toMatch(/How it holds up in noise: not measured.*npm run replay/);
  expect(html.join("")).toContain("a beat &lt;in&gt;");
});
