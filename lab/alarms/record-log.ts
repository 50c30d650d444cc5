import type { AlarmEntry, ConditionSpan, RecordLog } from "../../contracts/alarm-log.ts";
import type { Condition, ConditionKind } from "../../contracts/condition.ts";
import type { Classifier } from "../../model/classifier.ts";
import { runRecord, type RunOptions, type WholeRecord } from "../../server/pipeline/run-record.ts";

/** A condition and when it was told. */
export interface ToldCondition extends ConditionSpan {
  /** Of the record, s: the newest sample that was needed to tell. */
  readonly toldSeconds: number;
}

/** What is said of a record, from its first sample to its last. */
export interface ReplayedLog extends RecordLog {
  readonly conditions: readonly ToldCondition[];
  readonly seconds: number;
}

/**
 * The conditions and alarms of a recording, as the live pipeline tells them: a function of its samples, the model, the policy, and
 * of nothing else. Throws BAD_RECORD where no lead is an ECG.
 */
export async function recordLog(
  recording: WholeRecord,
  classifier: Classifier,
  { frameMs }: Pick<RunOptions, "frameMs"> = {},
): Promise<ReplayedLog> {
  const events = await runRecord(recording, classifier, frameMs === undefined ? {} : { frameMs });
  const told = events.flatMap(({ topic, data }) => (topic === "conditions" ? data : []));
  const { length } = recording.leads[0].samples;
  return {
    record: recording.name,
    seconds: length / recording.samplingRateHz,
    conditions: spansOf(told, length),
    alarms: alarmsOf(told),
  };
}

/** Each condition once, in the order in which they were told. What ends with the record, at sample `length`, goes on. */
function spansOf(told: readonly Condition[], length: number): ToldCondition[] {
  const ends = new Map(told.filter(({ phase }) => phase === "end").map((one) => [one.id, one.sample]));
  return told
    .filter(({ phase }) => phase === "begin")
    .map(({ id, kind, priority, beginSample, sample, samplingRateHz }) => {
      const end = ends.get(id) ?? length;
      return {
        kind: kind as ConditionKind,
        priority,
        beginSeconds: beginSample / samplingRateHz,
        endSeconds: end >= length ? null : end / samplingRateHz,
        toldSeconds: sample / samplingRateHz,
      };
    });
}

const alarmsOf = (told: readonly Condition[]): AlarmEntry[] =>
  told
    .filter(({ phase }) => phase !== "update")
    .map(({ kind, priority, phase, sample, samplingRateHz }) => ({
      kind: kind as ConditionKind,
      priority,
      state: phase === "end" ? "cleared" : "active",
      atSeconds: sample / samplingRateHz,
    }));
