import type { DriftFigures, Replay, ReplayOpeningFigures } from "../../contracts/replay.ts";
import { DS2 } from "../../data/splits/mitdb.ts";
import type { Opening } from "../../model/card/live-schema.ts";

/**
 * What a replay that looked at DS2, the hold-out, leaves in the model's card: the clean run and each drift in short.
 * Whether it did is told by the records' samples, not their names. null where it did not look there.
 */
export function openingOf(replay: Replay, date: Date): Omit<Opening, "hash"> | null {
  const { command, clean, cells } = replay;
  const records = clean.perRecord.map(({ record, mitdb }) => ({ record, mitdb: mitdb ?? null }));
  if (!records.some(({ mitdb }) => mitdb !== null && DS2.includes(mitdb))) return null;
  const figures: ReplayOpeningFigures = {
    records: records.map(({ record, mitdb }) => mitdb ?? record),
    clean: short(clean),
    drift: Object.fromEntries(cells.map((run) => [run.drift, short(run)])),
  };
  return { date: date.toISOString(), command, split: "DS2", figures };
}

/** Where a beat is called. */
function short({ coverage, covered }: DriftFigures): ReplayOpeningFigures["clean"] {
  const { accuracy, classes } = covered.beats;
  const f1 = Object.fromEntries(Object.entries(classes).map(([name, figures]) => [name, rounded(figures.f1)]));
  return { called: rounded(coverage), accuracy: rounded(accuracy), f1 };
}

const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(4)));
