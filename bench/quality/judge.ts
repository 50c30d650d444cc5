import type { LeadRecording } from "../../data/lead-recording.ts";
import type { BeatEvent, QualityEvent } from "../../signal/events.ts";
import { createSignalChain } from "../../signal/chain.ts";

export interface Judged {
  readonly seconds: readonly QualityEvent[];
  readonly beats: readonly BeatEvent[];
}

/** What the signal chain says of a recording's quality. */
export function judge({ millivolts, samplingRateHz }: LeadRecording): Judged {
  const seconds: QualityEvent[] = [];
  const beats: BeatEvent[] = [];
  const chain = createSignalChain({ inputRateHz: samplingRateHz });
  chain.push(millivolts, millivolts.length, (event) => {
    if (event.type === "quality") seconds.push(event);
    else if (event.type === "beat") beats.push(event);
  });
  return { seconds, beats };
}

/** Means of `count` values in a row. */
export function meansOf(values: readonly number[], count: number): number[] {
  return Array.from({ length: Math.floor(values.length / count) }, (_, i) => {
    const group = values.slice(i * count, (i + 1) * count);
    return group.reduce((sum, value) => sum + value, 0) / count;
  });
}

/**
 * Area under the receiver operating characteristic: how often a value of `high` exceeds one of `low`, ties counting
 * half (Mann & Whitney's U over both counts; J. A. Hanley & B. J. McNeil, Radiology 143 (1982)).
 */
export function areaUnderCurve(low: readonly number[], high: readonly number[]): number {
  const all = [...low.map((value) => ({ value, high: 0 })), ...high.map((value) => ({ value, high: 1 }))];
  all.sort((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let i = 0; i < all.length;) {
    let end = i;
    let highs = 0;
    while (end < all.length && all[end].value === all[i].value) highs += all[end++].high;
    rankSum += highs * ((i + 1 + end) / 2);
    i = end;
  }
  return (rankSum - (high.length * (high.length + 1)) / 2) / (low.length * high.length);
}
