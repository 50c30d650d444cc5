import type { Scoring } from "../contracts/scoring.ts";
import { figuresOf } from "../scoring/figures.ts";
import { scoreRecord } from "../scoring/summary/record.ts";
import { summarise } from "../scoring/summary/summary.ts";

const PROBABILITIES = { N: 0.7, S: 0.1, V: 0.1, F: 0.1 };

/** What evaluate would write of these records: every tenth beat is V, and the pipeline says N of all. */
export function scoringOf(records: readonly string[], set: string): Scoring {
  const scored = records.map((record) => {
    const beats = Array.from({ length: 50 }, (_, i) => ({
      sample: 360 * (i + 1),
      beatClass: i % 10 === 0 ? ("V" as const) : ("N" as const),
    }));
    const found = beats.map(({ sample }) => ({ sample, beatClass: "N" as const, probabilities: PROBABILITIES }));
    return scoreRecord(record, { beats, flutter: [] }, found, { samplingRateHz: 360 });
  });
  const perRecord = scored.map(({ record, confusion }) => ({ record, coverage: 1, ...figuresOf(confusion) }));
  const summary = summarise(scored);
  return {
    database: "/somewhere/mitdb",
    records,
    toleranceMs: 150,
    skipSeconds: 0,
    annotatedPeaks: false,
    trainedOn: [],
    model: { name: "live", hash: "0123456789ab" },
    ...summary,
    perRecord,
    splits: { [set]: { records, ...summary } },
  };
}
