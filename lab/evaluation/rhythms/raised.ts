import type { ConditionKind } from "../../../contracts/condition.ts";
import type { RaisedCondition } from "../../../scoring/episodes/match.ts";

/** A change of a condition, of the monitor's or of the topic's. */
interface Change {
  readonly kind: string;
  readonly phase: "begin" | "update" | "end";
  readonly beginSample: number;
  readonly sample: number;
}

/** Conditions from their changes in order: from onset to end, the record's where it has none, and when each was said, in seconds. */
export function raisedConditions(
  changes: readonly Change[],
  { samplingRateHz, length }: { readonly samplingRateHz: number; readonly length: number },
): RaisedCondition[] {
  const raised: { kind: ConditionKind; from: number; to: number; saidAt: number }[] = [];
  const open = new Map<string, (typeof raised)[number]>();
  for (const { kind, phase, beginSample, sample } of changes) {
    if (phase === "begin") {
      const from = beginSample / samplingRateHz;
      const saidAt = sample / samplingRateHz;
      const begun = { kind: kind as ConditionKind, from, to: length / samplingRateHz, saidAt };
      raised.push(begun);
      open.set(kind, begun);
    } else if (phase === "end") {
      const ended = open.get(kind);
      if (ended) ended.to = sample / samplingRateHz;
      open.delete(kind);
    }
  }
  return raised;
}
