import type { AlarmEvent } from "../../contracts/alarm.ts";
import type { ConditionSpan } from "../../contracts/alarm-log.ts";
import type { Command } from "../../contracts/command.ts";
import type { Condition, ConditionKind } from "../../contracts/condition.ts";
import type { Classifier } from "../../model/classifier.ts";
import { alarmsOf } from "../../server/alarms/alarms-of.ts";
import { runRecord, type RunOptions, type WholeRecord } from "../../server/pipeline/run-record.ts";

/** A condition and when it was told. */
export interface ToldCondition extends ConditionSpan {
  /** Of the record, s: the newest sample that was needed to tell. */
  readonly toldSeconds: number;
}

/** What is said of a record, from its first sample to its last. */
export interface ReplayedLog {
  readonly record: string;
  readonly seconds: number;
  /** By when they were told. */
  readonly conditions: readonly ToldCondition[];
  /** The life of its alarms. */
  readonly steps: readonly AlarmEvent[];
}

export interface LogOptions extends Pick<RunOptions, "frameMs" | "policy"> {
  /** What somebody asks of the alarms on the way; `atMs` from the record's first sample. */
  readonly commands?: readonly Omit<Command, "bed">[];
}

/**
 * The conditions and alarms of a recording, as the live pipeline tells them: a function of its samples, the model, the policies and
 * the commands, and of nothing else. Throws BAD_RECORD where no lead is an ECG.
 */
export async function recordLog(
  recording: WholeRecord,
  classifier: Classifier,
  { commands = [], ...options }: LogOptions = {},
): Promise<ReplayedLog> {
  const events = await runRecord(recording, classifier, options);
  const told = events.flatMap(({ topic, data }) => (topic === "conditions" ? data : []));
  const { name: record, samplingRateHz, leads } = recording;
  const { length } = leads[0].samples;
  return {
    record,
    seconds: length / samplingRateHz,
    conditions: spansOf(told, length),
    steps: alarmsOf({
      bed: "record",
      epoch: "record",
      epochStartMs: 0,
      publishFrom: 0,
      samplingRateHz,
      samples: length,
      conditions: told,
      commands: commands.map((command) => ({ ...command, bed: "record" })),
    }),
  };
}

/** Each condition once, in the order in which they were told. What ends with the record, at sample `length`, goes on. */
function spansOf(told: readonly Condition[], length: number): ToldCondition[] {
  const ends = new Map(told.filter(({ phase }) => phase === "end").map((one) => [one.id, one.sample]));
  return told
    .filter(({ phase }) => phase === "begin")
    .map(({ id, kind, priority, lead, beginSample, sample, samplingRateHz }) => {
      const end = ends.get(id) ?? length;
      return {
        kind: kind as ConditionKind,
        priority,
        lead,
        beginSeconds: beginSample / samplingRateHz,
        endSeconds: end >= length ? null : end / samplingRateHz,
        toldSeconds: sample / samplingRateHz,
      };
    });
}
