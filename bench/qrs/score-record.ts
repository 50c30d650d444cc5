import { leadToMillivolts } from "../../contracts/frame.ts";
import { mitdbFolder } from "../../data/records.ts";
import { readAnnotations } from "../../data/wfdb/annotations.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { figuresOf } from "../../scoring/figures.ts";
import { referenceOf } from "../../scoring/reference.ts";
import { type Confusion, scoreBeats } from "../../scoring/score.ts";
import { createSignalChain } from "../../signal/chain.ts";
import type { QrsEvent } from "../../signal/events.ts";

export interface QrsScore {
  readonly record: string;
  readonly confusion: Confusion;
  /** From R peak to decision, seconds, of beats not found by search-back; ascending. */
  readonly delays: readonly number[];
  readonly foundLate: number;
  readonly seconds: number;
}

/** What the live chain detects on the first lead of a MIT-BIH record, against its annotations (EC57, 150 ms, from 0:00). */
export async function scoreRecord(dir: string, record: string): Promise<QrsScore> {
  const folder = mitdbFolder(dir);
  const { samplingRateHz, leads } = await readRecord(folder, record);
  const reference = referenceOf(await readAnnotations(folder, record));
  const millivolts = new Float32Array(leads[0].samples.length);
  leadToMillivolts(leads[0], millivolts);
  const found: QrsEvent[] = [];
  const start = performance.now();
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  const hear = (event: { type: string }): void => void (event.type === "qrs" && found.push(event as QrsEvent));
  chain.push(millivolts, millivolts.length, hear);
  chain.end(hear);
  const seconds = (performance.now() - start) / 1000;
  const beats = found.map(({ sample }) => ({ sample, beatClass: "N" as const }));
  const prompt = found.filter(({ foundLate }) => !foundLate);
  return {
    record,
    confusion: scoreBeats(reference, beats, { samplingRateHz }),
    delays: prompt.map(({ decidedAt, sample }) => (decidedAt - sample) / samplingRateHz).sort((a, b) => a - b),
    foundLate: found.length - prompt.length,
    seconds,
  };
}

/** Sensitivity and positive predictivity of the sum of `confusions`, as text. */
export function qrsLine(name: string, confusion: Confusion): string {
  const { truePositives, falseNegatives, falsePositives, se, ppv } = figuresOf(confusion).qrs;
  const percent = (value: number | null): string => (value === null ? "–" : (100 * value).toFixed(2)).padStart(7);
  const counts = [truePositives + falseNegatives, falseNegatives, falsePositives].map((n) => String(n).padStart(7));
  return `${name.padEnd(8)}${counts.join("")}${percent(se)}${percent(ppv)}`;
}
