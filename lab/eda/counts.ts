import type { BeatClass } from "../../contracts/beat.ts";
import { beatClassOf } from "../../data/aami.ts";
import type { LeadRecording } from "../../data/lead-recording.ts";
import { DS1, DS2, PACED } from "../../data/splits/mitdb.ts";
import { type ClassCounts, EDA_CLASSES, type RecordCounts, type SplitName } from "./report.ts";

const SPLITS: Readonly<Record<SplitName, readonly string[]>> = { DS1, DS2, paced: PACED };

export const splitOf = (record: string): SplitName =>
  DS1.includes(record) ? "DS1" : PACED.includes(record) ? "paced" : "DS2";

/** Beats by class among annotation symbols. */
export function countClasses(symbols: readonly string[]): ClassCounts {
  const counts: Record<BeatClass, number> = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
  for (const symbol of symbols) {
    const beatClass = beatClassOf(symbol);
    if (beatClass) counts[beatClass]++;
  }
  return counts;
}

/** The annotated beats of MIT-BIH's record `name`. */
export const recordCounts = ({ name, annotations }: Pick<LeadRecording, "name" | "annotations">): RecordCounts => ({
  record: name,
  split: splitOf(name),
  beats: countClasses(annotations.map(({ symbol }) => symbol)),
});

/** The records' counts added up by split. */
export function sumBySplit(counts: readonly RecordCounts[]): Record<SplitName, ClassCounts> {
  const sum = (split: SplitName): ClassCounts => {
    const total: Record<BeatClass, number> = { N: 0, S: 0, V: 0, F: 0, Q: 0 };
    for (const record of counts) {
      if (record.split === split) for (const name of EDA_CLASSES) total[name] += record.beats[name];
    }
    return total;
  };
  return { DS1: sum("DS1"), DS2: sum("DS2"), paced: sum("paced") };
}

export const SPLIT_NAMES = Object.keys(SPLITS) as SplitName[];
