import type { Command } from "../../contracts/command.ts";
import type { RhythmPolicy } from "../../contracts/rhythm-policy.ts";
import { readRecord } from "../../data/wfdb/record.ts";
import { type EngineName, loadClassifier } from "../../model/load.ts";
import { recordLog, type ReplayedLog } from "./record-log.ts";

/** What records are replayed with; plain values, so that it can be handed to a thread. */
export interface AlarmSetting {
  /** A folder of WFDB records. */
  readonly db: string;
  /** The model's folder. */
  readonly model: string;
  readonly engine: EngineName;
  readonly policy: RhythmPolicy;
  /** Of the frames that a record is cut into, ms; what is said does not depend on it. */
  readonly frameMs?: number;
  /** That come on the way, from each record's first sample. */
  readonly commands?: readonly Omit<Command, "bed">[];
}

export interface AlarmTask {
  readonly record: string;
}

/** Replays in this thread. Throws what reading the model or a record throws. */
export async function openAlarmReplayer(setting: AlarmSetting): Promise<{
  run(task: AlarmTask): Promise<ReplayedLog>;
  close(): Promise<void>;
}> {
  const classifier = await loadClassifier(setting.model, setting.engine);
  return {
    run: async ({ record }) => recordLog(await readRecord(setting.db, record), classifier, setting),
    close: () => classifier.close(),
  };
}
