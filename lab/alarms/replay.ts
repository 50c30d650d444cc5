import type { AlarmLog, RecordLog } from "../../contracts/alarm-log.ts";
import type { ConditionKind } from "../../contracts/condition.ts";
import type { LeftOut } from "../../contracts/scoring.ts";
import { nothingLeft, throughRecords } from "../left-out.ts";
import type { ReplayedLog } from "./record-log.ts";

export interface ReplayOptions {
  readonly records: readonly string[];
  /** Those that are left out before anything is done. */
  readonly without?: readonly LeftOut[];
  readonly run: (record: string) => Promise<ReplayedLog>;
  /** Calls of `run` at the same time, at most. */
  readonly jobs: number;
  readonly onProgress?: (done: number, record: string) => void;
}

export interface Replayed {
  readonly logs: readonly ReplayedLog[];
  readonly leftOut: readonly LeftOut[];
}

/** Replays records; those that can't be are left out by name. Throws the reason where none is left. */
export async function replayAlarms({ records, without = [], run, jobs, onProgress }: ReplayOptions): Promise<Replayed> {
  const leftOut: LeftOut[] = [];
  let done = 0;
  const logs = await throughRecords(
    records,
    leftOut,
    async (record) => {
      try {
        return await run(record);
      } finally {
        onProgress?.(++done, record);
      }
    },
    jobs,
  );
  leftOut.push(...without);
  if (logs.length === 0) throw nothingLeft(leftOut, "replayed");
  return { logs, leftOut };
}

/** What was replayed, as it is written; `policy`: label, `model`: hash. */
export const alarmLog = ({ logs, leftOut }: Replayed, policy: string, model: string): AlarmLog => ({
  policy,
  model,
  records: logs.map(toRecordLog),
  ...(leftOut.length > 0 && { leftOut }),
});

/** What is written of one record. */
export const toRecordLog = ({ record, conditions, steps }: ReplayedLog): RecordLog => ({
  record,
  conditions: conditions.map(({ kind, priority, lead, beginSeconds, endSeconds }) => ({
    kind,
    priority,
    lead,
    beginSeconds,
    endSeconds,
  })),
  alarms: steps.flatMap(({ alarm, step, timeMs }) => {
    if (alarm === null) return [];
    const { kind, priority, lead, state } = alarm;
    return [{ kind: kind as ConditionKind, priority, lead, state, atSeconds: timeMs / 1000, step }];
  }),
});
