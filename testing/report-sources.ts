import type { Sources } from "../lab/report/gather.ts";

/** Sources of a report without a model or a measurement. */
export const NO_SOURCES: Sources = {
  live: null,
  protocol: null,
  rows: null,
  evaluate: [],
  tools: [],
  falseS: [],
  rhythms: [],
  challenge: [],
  replay: null,
  ablation: null,
  command: "npm run report",
  date: new Date(0),
};
