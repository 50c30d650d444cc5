import { openThreads, type ThreadPool } from "../thread-pool.ts";
import type { ReplayedLog } from "./record-log.ts";
import type { AlarmSetting, AlarmTask } from "./setting.ts";

/** `count` threads that replay records, each with a model of its own. */
export const openAlarmPool = (setting: AlarmSetting, count: number): ThreadPool<AlarmTask, ReplayedLog> =>
  openThreads(new URL("./worker.ts", import.meta.url), setting, count);
