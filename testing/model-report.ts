import type { Evaluation, ModelReport } from "../contracts/report.ts";

const figures = (f1: number, support = 100) => ({ se: f1, ppv: f1, f1, support });

/** Scored on strangers: N holds up, S rests on one patient, F is poor. */
export const holdOut: Evaluation = {
  name: "DS2",
  remark: "strangers",
  isHoldOut: true,
  command: "npm run evaluate",
  hash: "abc",
  records: ["100", "232"],
  figures: {
    accuracy: 0.95,
    macroF1: 0.7,
    classes: { N: figures(0.97), S: figures(0.75), V: figures(0.93), F: figures(0.3), Q: figures(0, 0) },
  },
  intervals: {
    level: 0.95,
    accuracy: [0.9, 0.97],
    macroF1: null,
    classes: { V: { se: null, ppv: null, f1: [0.85, 0.96] } },
  },
  without232: { accuracy: 0.95, macroF1: 0.6, classes: { S: figures(0.38) } },
};

/** A live model with that evaluation, and folds before it. */
export const model: ModelReport = {
  name: "live",
  hash: "abc",
  input: "a beat <in>",
  parameters: 1,
  training: { date: "2026-01-01", command: "npm run train", seed: 1, database: "d", records: [], beats: { N: 1 } },
  limits: ["none & all"],
  evaluations: [{ ...holdOut, name: "folds", isHoldOut: false }, holdOut],
};
